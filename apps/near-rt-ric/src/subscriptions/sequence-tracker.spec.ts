import fc from 'fast-check';
import { SequenceTracker } from './sequence-tracker.js';

/** What is missing before each of these, numbered from `first`. */
function missedBefore(arrived: readonly number[], first = 0): number[] {
  const tracker = new SequenceTracker();
  return arrived.map((i) => tracker.missedBefore((first + i) % 65_536, 10 * i));
}

describe('SequenceTracker', () => {
  it('finds nothing missing in a row, wherever it begins', () => {
    expect(missedBefore([0, 1, 2, 3], 0)).toEqual([0, 0, 0, 0]);
    expect(missedBefore([0, 1, 2, 3], 4_711)).toEqual([0, 0, 0, 0]);
  });

  it('counts a gap directly after it, and once', () => {
    expect(missedBefore([0, 1, 5, 6])).toEqual([0, 0, 3, 0]);
  });

  it.each([65_533, 65_534, 65_535])('counts across the wrap-around from %d', (first) => {
    expect(missedBefore([0, 1, 4, 5], first)).toEqual([0, 0, 2, 0]);
  });

  it('finds all that is missing, whatever is lost', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(500), { minLength: 2 }), fc.nat(65_535), (kept, first) => {
        const arrived = kept.sort((a, b) => a - b);
        const sum = missedBefore(arrived, first).reduce((total, missed) => total + missed, 0);
        const [from = 0, to = 0] = [arrived[0], arrived.at(-1)];
        expect(sum).toBe(to - from + 1 - arrived.length);
      }),
    );
  });

  it('finds nothing missing when the node began anew', () => {
    const tracker = new SequenceTracker();
    tracker.missedBefore(500, 5_000);
    expect(tracker.missedBefore(1, 10)).toBe(0);
    expect(tracker.missedBefore(2, 20)).toBe(0);
    expect(tracker.missedBefore(5, 50)).toBe(2);
  });
});
