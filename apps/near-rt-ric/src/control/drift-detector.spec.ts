import fc from 'fast-check';
import { DriftDetector, type Drift } from './drift-detector.js';

/** Takes a value every 100 ms; the drifts that it found. */
function feed(detector: DriftDetector, values: readonly number[]): Drift[] {
  return values.map((value, i) => detector.take(value, i * 100)).filter((drift) => drift !== undefined);
}

/** Always the same noise, from -1 to 1. */
const noise = (i: number): number => ((i * 387) % 1_000) / 500 - 1;
const around = (mean: number, spread: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => mean + spread * noise(i));

describe('DriftDetector', () => {
  it('finds a step of the mean, up or down, and says from when on', () => {
    for (const to of [0.5, 1.5]) {
      const [drift, ...more] = feed(new DriftDetector(), [...around(1, 0.1, 100), ...around(to, 0.1, 50)]);
      expect(more).toEqual([]);
      expect(drift?.fromMean).toBeCloseTo(1, 1);
      expect(Math.abs((drift?.toMean ?? 0) - to)).toBeLessThan(0.2);
      expect(Math.abs((drift?.sinceMs ?? 0) - 10_000)).toBeLessThanOrEqual(300);
    }
  });

  it('finds none in noise, nor in a KPI that stands still', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 100, noNaN: true }), fc.nat(1_000), (mean, offset) => {
        const noisy = Array.from({ length: 300 }, (_, i) => mean * (1 + 0.3 * noise(i + offset)));
        expect(feed(new DriftDetector(), noisy)).toEqual([]);
        expect(feed(new DriftDetector(), Array<number>(200).fill(mean))).toEqual([]);
      }),
    );
  });

  it('passes a single outlier over', () => {
    const values = around(1, 0.1, 100);
    values[60] = 1.5;
    expect(feed(new DriftDetector(), values)).toEqual([]);
  });

  it('takes the new mean for the reference, and finds the way back', () => {
    const values = [...around(1, 0.1, 60), ...around(2, 0.1, 60), ...around(1, 0.1, 60)];
    expect(feed(new DriftDetector(), values)).toHaveLength(2);
  });
});
