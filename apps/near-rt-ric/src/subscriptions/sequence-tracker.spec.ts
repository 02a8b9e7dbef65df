import fc from 'fast-check';
import { SequenceTracker } from './sequence-tracker.js';

const PERIOD_MS = 10;

/** What is told of indications that arrive in this order, numbered from `first`, each of the period of its place. */
function taken(arrived: readonly number[], first = 0): (number | string)[] {
  const tracker = new SequenceTracker();
  return arrived.map((i) => take(tracker, (first + i) % 65_536, PERIOD_MS * i));
}

const take = (tracker: SequenceTracker, sequenceNumber: number, timeMs: number) =>
  tracker.take(sequenceNumber, { timeMs, periodMs: PERIOD_MS });

describe('SequenceTracker', () => {
  it('finds nothing missing in a row, wherever it begins', () => {
    expect(taken([0, 1, 2, 3], 0)).toEqual([0, 0, 0, 0]);
    expect(taken([0, 1, 2, 3], 4_711)).toEqual([0, 0, 0, 0]);
  });

  it('counts a gap directly after it, and once', () => {
    expect(taken([0, 1, 5, 6])).toEqual([0, 0, 3, 0]);
  });

  it.each([65_533, 65_534, 65_535])('counts across the wrap-around from %d', (first) => {
    expect(taken([0, 1, 4, 2, 5, 5], first)).toEqual([0, 0, 2, 'late', 0, 'duplicate']);
  });

  it('knows what it has had, the last one or an earlier one', () => {
    expect(taken([0, 1, 1, 2, 0, 1, 3])).toEqual([0, 0, 'duplicate', 0, 'duplicate', 'duplicate', 0]);
  });

  it('knows what comes after later ones, the first time and again', () => {
    expect(taken([0, 2, 1, 1, 5, 4, 3, 6])).toEqual([0, 1, 'late', 'duplicate', 2, 'late', 'late', 0]);
  });

  it('lets each pass once and in order, and accounts for all, whatever becomes of them on the way', () => {
    const journey = fc.array(fc.nat(60), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(journey, fc.nat(65_535), (arrived, first) => {
        const told = taken(arrived, first);
        const passed = arrived.filter((_, at) => typeof told[at] === 'number');
        expect(passed).toEqual([...new Set(passed)].sort((a, b) => a - b));
        const missed = told.reduce<number>((sum, each) => sum + (typeof each === 'number' ? each : 0), 0);
        const [from = 0, to = 0] = [passed[0], passed.at(-1)];
        expect(missed).toBe(to - from + 1 - passed.length);
        // What is late was missing, and is so once: what then is missing has never come.
        const late = arrived.filter((_, at) => told[at] === 'late');
        expect(new Set(late).size).toBe(late.length);
        const seen = new Set(arrived.filter((i) => i >= from));
        expect(missed - late.length).toBe(to - from + 1 - seen.size);
      }),
    );
  });

  it('finds nothing missing, and nothing late, when the node began anew', () => {
    const tracker = new SequenceTracker();
    take(tracker, 500, 5_000);
    tracker.resume();
    expect(take(tracker, 1, 10)).toBe(0);
    expect(take(tracker, 1, 10)).toBe('duplicate');
    expect(take(tracker, 2, 20)).toBe(0);
    expect(take(tracker, 5, 50)).toBe(2);
  });

  it('finds nothing missing when the node counts anew, but its time goes on', () => {
    const tracker = new SequenceTracker();
    take(tracker, 500, 5_000);
    tracker.resume();
    expect(take(tracker, 0, 7_000)).toBe(0);
    expect(take(tracker, 1, 7_010)).toBe(0);
  });

  it.each([7, 65_536, 200_000])('counts the %d periods that a node was away, when it counts on', (away) => {
    const tracker = new SequenceTracker();
    take(tracker, 500, 5_000);
    tracker.resume();
    expect(take(tracker, (501 + away) % 65_536, 5_010 + PERIOD_MS * away)).toBe(away);
  });

  it('drops nothing of a node that does not count, or whose time is coarse', () => {
    const tracker = new SequenceTracker();
    expect([10, 20, 30].map((timeMs) => take(tracker, 0, timeMs))).toEqual([0, 0, 0]);
    const coarse = new SequenceTracker();
    expect([1, 2, 3, 5].map((number) => take(coarse, number, 1_000))).toEqual([0, 0, 0, 1]);
  });

  it('remembers the latest of very many that are missing', () => {
    expect(taken([0, 5_000, 4_999, 10])).toEqual([0, 4_999, 'late', 'duplicate']);
  });
});
