import { movingMean, roundsToConverge } from './paper-tables.js';
import { percent, plusMinus, signed } from './report-section.js';

describe('roundsToConverge', () => {
  it('tells from when on the moving mean stays near its end', () => {
    expect(roundsToConverge([0.1, 0.5, 0.9, ...Array.from({ length: 20 }, () => 0.9)])).toBe(11);
    expect(roundsToConverge(Array.from({ length: 10 }, () => 0.8))).toBe(1);
    expect(roundsToConverge([])).toBe(1);
  });

  it('counts from the last time that it strayed', () => {
    const curve = Array.from({ length: 60 }, (_, i) => (i === 30 ? 0 : 0.9));
    expect(roundsToConverge(curve)).toBe(41);
  });
});

describe('movingMean', () => {
  it('takes what there is at the beginning', () => {
    expect(movingMean([1, 3, 5, 7], 2)).toEqual([1, 2, 4, 6]);
  });
});

describe('numbers in tables', () => {
  it('carry their intervals and signs', () => {
    expect(plusMinus({ mean: 0.9312, halfWidth: 0.0114 })).toBe('0.931 ± 0.011');
    expect(plusMinus({ mean: 0.9312, halfWidth: Infinity })).toBe('0.931');
    expect(signed({ mean: -0.0123, halfWidth: 0.004 })).toBe('−0.012 ± 0.004');
    expect(signed({ mean: 0.0123, halfWidth: 0.004 })).toBe('+0.012 ± 0.004');
    expect(percent(0.9734)).toBe('97.3 %');
  });
});
