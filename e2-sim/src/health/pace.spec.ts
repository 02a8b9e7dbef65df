import { Pace } from './pace.js';

describe('Pace', () => {
  it('is simulated over wall time since the look before', () => {
    const pace = new Pace();
    expect(pace.factor).toBeUndefined();
    pace.look(500, 10_000);
    expect(pace.factor).toBeUndefined();
    pace.look(1_500, 11_000);
    expect(pace.factor).toBe(1);
    pace.look(2_000, 12_000);
    expect(pace.factor).toBe(0.5);
    pace.look(2_000, 13_000);
    expect(pace.factor).toBe(0);
  });

  it('takes no two looks at the same moment for a standstill', () => {
    const pace = new Pace();
    pace.look(0, 0);
    pace.look(100, 100);
    pace.look(100, 100);
    expect(pace.factor).toBe(1);
  });
});
