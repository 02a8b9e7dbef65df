import { FloodMeter } from './flood-meter.js';

describe('FloodMeter', () => {
  let seconds: (() => void)[];
  let over: number;
  let meter: FloodMeter;

  beforeEach(() => {
    seconds = [];
    over = 0;
    meter = new FloodMeter({
      limits: { maxPdusPerS: 3, maxOctetsPerS: 1_000 },
      timers: {
        after: (delayMs, call) => {
          expect(delayMs).toBe(1_000);
          seconds.push(call);
          return () => seconds.splice(seconds.indexOf(call), 1);
        },
      },
      onSecondOver: () => (over += 1),
    });
  });

  it('lets pass what is within the limits', () => {
    expect([meter.count(1, 10), meter.count(2, 990), meter.count(0, 0)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('says what there is too much of', () => {
    expect(meter.count(4, 0)).toBe('more than 3 PDUs within a second');
    seconds.pop()?.();
    expect(meter.count(0, 600)).toBeUndefined();
    expect(meter.count(0, 600)).toBe('more than 1000 octets within a second');
  });

  it('begins anew after a second, which begins with what comes first', () => {
    meter.count(3, 0);
    meter.count(1, 0);
    expect(seconds).toHaveLength(1);
    seconds.pop()?.();
    expect(over).toBe(1);
    expect(seconds).toHaveLength(0);
    expect(meter.count(3, 0)).toBeUndefined();
  });

  it('leaves no timer when it is stopped', () => {
    meter.count(1, 1);
    meter.stop();
    expect(seconds).toHaveLength(0);
  });
});
