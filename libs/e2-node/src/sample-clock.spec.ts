import fc from 'fast-check';
import { SampleClock } from './sample-clock.js';

const START_MS = 1_800_000_000_000;
const HOUR_MS = 3_600_000;

describe('the time of samples', () => {
  let clock: SampleClock;
  let ownMs: number;

  /** A report that tells a time after the start, `afterMs` after the one before by our clocks. */
  const next = (toldMs: number, afterMs = 1_000) => {
    ownMs += afterMs;
    const { endMs, ...rest } = clock.next(START_MS + toldMs, { nowMs: START_MS + ownMs, monotonicMs: ownMs });
    return { endMs: endMs - START_MS, ...rest };
  };

  beforeEach(() => {
    clock = new SampleClock(1_000);
    ownMs = 0;
  });

  it('is the gNB’s, and a period is what lies between two', () => {
    expect(next(10_000)).toMatchObject({ endMs: 10_000, periodMs: 1_000 });
    expect(next(11_003)).toMatchObject({ endMs: 11_003, periodMs: 1_003 });
  });

  it('gives a report after missing ones the configured period', () => {
    next(10_000);
    expect(next(54_000, 44_000)).toEqual({ endMs: 54_000, periodMs: 1_000 });
  });

  it('gives one that was asked late all the time since the last', () => {
    clock = new SampleClock(1_000, 10);
    next(10_000);
    expect(next(12_400, 2_400)).toEqual({ endMs: 12_400, periodMs: 2_400 });
  });

  it('is ours where the gNB tells none', () => {
    expect(clock.next(undefined, { nowMs: 7_000, monotonicMs: 1 })).toEqual({
      endMs: 7_000,
      periodMs: 1_000,
    });
  });

  it('goes on when the clock is set back, and says so once', () => {
    next(100_000);
    expect(next(41_000)).toEqual({
      endMs: 101_000,
      periodMs: 1_000,
      note: 'its clock went back by 60.0 s',
    });
    expect(next(42_000)).toEqual({ endMs: 102_000, periodMs: 1_000 });
  });

  it('follows a clock that is set ahead when two reports say so', () => {
    next(10_000);
    expect(next(11_000 + HOUR_MS)).toEqual({
      endMs: 11_000,
      periodMs: 1_000,
      note: 'it told a time 3601.0 s ahead',
    });
    expect(next(12_000 + HOUR_MS)).toEqual({
      endMs: 12_000 + HOUR_MS,
      periodMs: 1_000,
      note: 'its clock went ahead by 3601.0 s',
    });
  });

  it.each([
    ['an hour', HOUR_MS, /^it told a time 3601.0 s ahead$/],
    ['a century', 876_600 * HOUR_MS, /^its clock is \d+\.0 s from ours$/],
  ])('is not moved by one report of %s ahead', (_, aheadMs, note) => {
    next(10_000);
    expect(next(11_000 + aheadMs)).toEqual({
      endMs: 11_000,
      periodMs: 1_000,
      note: expect.stringMatching(note),
    });
    expect(next(12_000)).toEqual({ endMs: 12_000, periodMs: 1_000 });
  });

  it('begins anew after an absence, but never before what was', () => {
    next(100_000);
    clock.restart();
    expect(next(160_000)).toEqual({ endMs: 160_000, periodMs: 1_000 });
    clock.restart();
    expect(next(1_000)).toEqual({ endMs: 160_001, periodMs: 1_000 });
  });

  it('always goes on', () => {
    const told = fc.oneof(fc.integer({ min: -1e8, max: 1e8 }), fc.double({ noNaN: false }));
    fc.assert(
      fc.property(fc.array(fc.tuple(told, fc.nat(100_000)), { minLength: 2 }), (reports) => {
        clock = new SampleClock(1_000);
        const ends = reports.map(([toldMs, afterMs]) => next(toldMs, afterMs));
        for (const [place, { endMs, periodMs }] of ends.entries()) {
          if (place > 0) expect(endMs).toBeGreaterThan(ends[place - 1]!.endMs);
          expect(periodMs).toBeGreaterThan(0);
        }
      }),
    );
  });
});
