import { meanInterval, pairedDifference } from './mean-interval.js';

describe('meanInterval', () => {
  // Two-sided t(n − 1) of the published tables.
  test.each([
    [2, 0.95, 12.7062],
    [5, 0.95, 2.7764],
    [10, 0.95, 2.2622],
    [30, 0.95, 2.0452],
    [5, 0.99, 4.6041],
    [5, 0.9, 2.1318],
  ])('takes t of %i values at the level %f from Student', (n, level, t) => {
    const values = Array.from({ length: n }, (_, i) => i + 1);
    const interval = meanInterval(values, level);
    // The variance of 1 to n is n (n + 1) / 12.
    const standardError = Math.sqrt((n * (n + 1)) / 12 / n);
    expect(interval.mean).toBeCloseTo((n + 1) / 2, 12);
    expect(interval.halfWidth / standardError).toBeCloseTo(t, 4);
    expect(interval.low).toBe(interval.mean - interval.halfWidth);
    expect(interval.high).toBe(interval.mean + interval.halfWidth);
    expect(interval.n).toBe(n);
  });

  it('knows the mean but no bound of one value', () => {
    expect(meanInterval([3])).toEqual({ mean: 3, halfWidth: Infinity, low: -Infinity, high: Infinity, n: 1 });
  });

  it('is a point for equal values', () => {
    expect(meanInterval([2, 2, 2])).toEqual({ mean: 2, halfWidth: 0, low: 2, high: 2, n: 3 });
  });

  test.each<[number[], number | undefined, string]>([
    [[], undefined, 'values has no values'],
    [[1, NaN], undefined, 'values[1] is NaN'],
    [[-Infinity, 1], undefined, 'values[0] is -Infinity'],
    [[1, 2], 1, 'level is 1, not above 0 and below 1'],
    [[1, 2], NaN, 'level is NaN, not above 0 and below 1'],
  ])('refuses %p at the level %p', (values, level, message) => {
    expect(() => meanInterval(values, level)).toThrow(message);
  });
});

describe('pairedDifference', () => {
  it('leaves out what the pairs have in common', () => {
    const common = [10, 200, 3000];
    const difference = pairedDifference([11, 202, 3003], common);
    expect(difference.mean).toBeCloseTo(2, 12);
    // Differences 1, 2, 3: s = 1, t(2) = 4.3027.
    expect(difference.halfWidth).toBeCloseTo(4.3027 / Math.sqrt(3), 4);
    expect(difference.n).toBe(3);
  });

  test.each<[number[], number[], string]>([
    [[1, 2], [1], 'pairs of 2 and 1 values'],
    [[1, 2], [1, NaN], 'b[1] is NaN'],
    [[], [], 'a has no values'],
  ])('refuses %p and %p', (a, b, message) => {
    expect(() => pairedDifference(a, b)).toThrow(message);
  });
});
