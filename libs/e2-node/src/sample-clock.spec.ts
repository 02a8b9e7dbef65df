import fc from 'fast-check';
import { SampleClock } from './sample-clock.js';

describe('the time of samples', () => {
  it('is the gNB’s, and a period is what lies between two', () => {
    const clock = new SampleClock(1_000);
    expect(clock.next(10_000)).toMatchObject({ endMs: 10_000, periodMs: 1_000 });
    expect(clock.next(11_003)).toMatchObject({ endMs: 11_003, periodMs: 1_003 });
  });

  it('gives a report after missing ones the configured period', () => {
    const clock = new SampleClock(1_000);
    clock.next(10_000);
    expect(clock.next(14_000)).toEqual({ endMs: 14_000, periodMs: 1_000 });
  });

  it('gives one that was asked late all the time since the last', () => {
    const clock = new SampleClock(1_000, 10);
    clock.next(10_000);
    expect(clock.next(12_400)).toEqual({ endMs: 12_400, periodMs: 2_400 });
  });

  it('goes on when the clock is set back, and says so once', () => {
    const clock = new SampleClock(1_000);
    clock.next(100_000);
    expect(clock.next(41_000)).toEqual({
      endMs: 101_000,
      periodMs: 1_000,
      note: 'its clock went back by 60.0 s',
    });
    expect(clock.next(42_000)).toEqual({ endMs: 102_000, periodMs: 1_000 });
  });

  it('follows a clock that is set ahead', () => {
    const clock = new SampleClock(1_000);
    clock.next(10_000);
    expect(clock.next(3_611_000)).toEqual({
      endMs: 3_611_000,
      periodMs: 1_000,
      note: 'its clock went ahead by 3601.0 s',
    });
  });

  it('begins anew after an absence, but never before what was', () => {
    const clock = new SampleClock(1_000);
    clock.next(100_000);
    clock.restart();
    expect(clock.next(160_000)).toEqual({ endMs: 160_000, periodMs: 1_000 });
    clock.restart();
    expect(clock.next(1_000)).toEqual({ endMs: 160_001, periodMs: 1_000 });
  });

  it('always goes on', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4e12 }), { minLength: 2 }), (told) => {
        const clock = new SampleClock(1_000);
        const ends = told.map((toldMs) => clock.next(toldMs));
        for (const [place, { endMs, periodMs }] of ends.entries()) {
          expect(endMs).toBeGreaterThan(ends[place - 1]?.endMs ?? 0);
          expect(periodMs).toBeGreaterThan(0);
        }
      }),
    );
  });
});
