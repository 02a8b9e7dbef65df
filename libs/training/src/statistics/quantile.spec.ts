import { boxStatistics, percentiles, quantile } from './quantile.js';

describe('quantile', () => {
  test.each([
    [0, 1],
    [0.25, 1.75],
    [0.5, 2.5],
    [0.9, 3.7],
    [1, 4],
  ])('q %f of 1 to 4 in any order is %f', (q, expected) => {
    expect(quantile([3, 1, 4, 2], q)).toBeCloseTo(expected, 12);
  });

  it('leaves the values as they are', () => {
    const values = [2, 1];
    quantile(values, 0.5);
    expect(values).toEqual([2, 1]);
  });

  test.each<[number[], number, string]>([
    [[], 0.5, 'values has no values'],
    [[NaN], 0.5, 'values[0] is NaN'],
    [[1], 1.1, 'q is 1.1, not from 0 to 1'],
    [[1], NaN, 'q is NaN, not from 0 to 1'],
  ])('refuses %p at %f', (values, q, message) => {
    expect(() => quantile(values, q)).toThrow(message);
  });
});

describe('percentiles', () => {
  it('are the 101 quantiles, and none of nothing', () => {
    const all = percentiles([3, 1, 4, 2]);
    expect(all).toHaveLength(101);
    expect([all[0], all[25], all[90], all[100]]).toEqual([1, 1.75, expect.closeTo(3.7, 12), 4]);
    expect(percentiles([])).toEqual([]);
    expect(() => percentiles([NaN])).toThrow('values[0] is NaN');
  });
});

describe('boxStatistics', () => {
  it('ends the whiskers before what lies far out', () => {
    // Quartiles 3 and 7, so the whiskers end within −3 to 13.
    expect(boxStatistics([-9, 2, 3, 4, 5, 6, 7, 8, 20])).toEqual({
      min: -9,
      q1: 3,
      median: 5,
      q3: 7,
      max: 20,
      lowWhisker: 2,
      highWhisker: 8,
    });
  });

  it('ends the whiskers at the ends when nothing lies far out', () => {
    expect(boxStatistics([4, 2, 3])).toMatchObject({ min: 2, lowWhisker: 2, max: 4, highWhisker: 4 });
  });

  it('is one number for one value', () => {
    const box = boxStatistics([7]);
    expect(new Set(Object.values(box))).toEqual(new Set([7]));
  });
});
