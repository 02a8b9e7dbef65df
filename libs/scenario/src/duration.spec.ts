import fc from 'fast-check';
import { parseDuration } from './duration.js';

describe('parseDuration', () => {
  test.each([
    ['1.5s', 1500],
    ['200ms', 200],
    ['2 min', 120_000],
    ['1h', 3_600_000],
    ['250', 250],
    [250, 250],
    ['1.1s', 1100],
    [0, 0],
  ])('reads %p as %p ms', (value, ms) => {
    expect(parseDuration(value)).toBe(ms);
  });

  test.each(['', 'soon', '-1s', '1.5', '1e3', '1s 2ms', '0.0001s', NaN, Infinity, -5, 1e300])(
    'refuses %p and quotes it',
    (value) => {
      expect(() => parseDuration(value)).toThrow(RangeError);
      expect(() => parseDuration(value)).toThrow(JSON.stringify(value));
    },
  );

  it('reads every whole number of milliseconds back, in seconds too', () => {
    fc.assert(
      fc.property(fc.nat(1e9), (ms) => {
        expect(parseDuration(`${ms}ms`)).toBe(ms);
        expect(parseDuration(`${(ms / 1000).toFixed(3)}s`)).toBe(ms);
      }),
    );
  });
});
