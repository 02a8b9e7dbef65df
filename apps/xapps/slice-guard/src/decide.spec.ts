import fc from 'fast-check';
import { decide, type DecideOptions, type GuardState, type SliceNeed } from './decide.js';

const OPTIONS: DecideOptions = { dangerAt: 0.7, safeAt: 0.4, stepPercent: 5, calmPeriods: 5, givePeriods: 2 };
const SLICES = 4;

const needOf = fc.record<SliceNeed>({
  requiredPercent: fc.integer({ min: 0, max: 100 }),
  pressure: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 3, noNaN: true })),
  isUrgent: fc.boolean(),
  mayRise: fc.boolean(),
});
const needsOf = fc.array(needOf, { minLength: SLICES, maxLength: SLICES });
/** Minima, and bases, that can be in force together. */
const percentsOf = fc.array(fc.nat(100), { minLength: SLICES, maxLength: SLICES }).map((parts) => {
  const sum = Math.max(
    100,
    parts.reduce((all, part) => all + part, 0),
  );
  return parts.map((part) => Math.floor((100 * part) / sum));
});
const stateOf = fc
  .tuple(percentsOf, percentsOf, fc.nat(20))
  .map(([minima, bases, calmPeriods]): GuardState => ({
    grants: minima.map((minPercent, i) => ({ minPercent, basePercent: bases[i] ?? 0, inDanger: false })),
    calmPeriods,
  }));

const minimaOf = ({ grants }: GuardState): number[] => grants.map(({ minPercent }) => minPercent);
const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

describe('decide', () => {
  it('gives integer minima that never add up to more than 100, whatever is needed', () => {
    fc.assert(
      fc.property(stateOf, fc.array(needsOf, { minLength: 1, maxLength: 30 }), (state, periods) => {
        let now = state;
        for (const needs of periods) {
          now = decide(now, needs, OPTIONS);
          for (const percent of minimaOf(now)) {
            expect(Number.isInteger(percent)).toBe(true);
            expect(percent).toBeGreaterThanOrEqual(0);
          }
          expect(sum(minimaOf(now))).toBeLessThanOrEqual(100);
        }
      }),
    );
  });

  it('takes from nobody what it requires itself', () => {
    fc.assert(
      fc.property(stateOf, needsOf, (state, needs) => {
        const after = minimaOf(decide(state, needs, OPTIONS));
        minimaOf(state).forEach((before, i) => {
          expect(after[i]).toBeGreaterThanOrEqual(Math.min(before, needs[i]?.requiredPercent ?? 0));
        });
      }),
    );
  });

  it('comes to rest while nothing changes, and each minimum turns once at most until then', () => {
    fc.assert(
      fc.property(stateOf, needsOf, (state, needs) => {
        const series = [state];
        for (let i = 0; i < 400; i++) series.push(decide(series.at(-1) ?? state, needs, OPTIONS));
        const minima = series.map(minimaOf);
        for (let slice = 0; slice < SLICES; slice++) {
          const moves = minima
            .slice(1)
            .map((now, i) => Math.sign((now[slice] ?? 0) - (minima[i]?.[slice] ?? 0)))
            .filter((move) => move !== 0);
          expect(moves.filter((move, i) => i > 0 && move !== moves[i - 1]).length).toBeLessThanOrEqual(1);
        }
        expect(minima.slice(-50).every((each) => each.join() === minima.at(-1)?.join())).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  // In a period that gives back, one that needs nothing more may have its base again before one that needs a little.
  it('gives a slice no less for needing more, in a period that gives nothing back', () => {
    const nothingGivenBack = stateOf.map((state) => ({ ...state, calmPeriods: 0 }));
    fc.assert(
      fc.property(nothingGivenBack, needsOf, fc.nat(SLICES - 1), fc.nat(100), (state, needs, slice, more) => {
        const greater = needs.map((need, i) =>
          i === slice ? { ...need, requiredPercent: Math.min(100, need.requiredPercent + more) } : need,
        );
        const before = minimaOf(decide(state, needs, OPTIONS))[slice];
        expect(minimaOf(decide(state, greater, OPTIONS))[slice]).toBeGreaterThanOrEqual(before ?? 0);
      }),
      { numRuns: 1_000 },
    );
  });

  const calm: SliceNeed = { requiredPercent: 5, pressure: 0, isUrgent: false, mayRise: true };
  const thirds: GuardState = {
    grants: [33, 33, 34].map((percent) => ({ minPercent: percent, basePercent: percent, inDanger: false })),
    calmPeriods: 0,
  };

  it('raises a slice at once out of what others have to spare, and gives it back a percent at a time', () => {
    const raised = decide(thirds, [calm, { ...calm, requiredPercent: 60 }, calm], OPTIONS);
    expect(minimaOf(raised)).toEqual([20, 60, 20]);
    let now = raised;
    for (let period = 0; period < OPTIONS.calmPeriods; period++) {
      now = decide(now, [calm, calm, calm], OPTIONS);
    }
    expect(minimaOf(now)).toEqual([20, 60, 20]);
    for (let period = 0; period < 2; period++) now = decide(now, [calm, calm, calm], OPTIONS);
    expect(sum(minimaOf(now))).toBe(100);
    expect(minimaOf(now)[1]).toBe(59);
    for (let period = 0; period < 100; period++) now = decide(now, [calm, calm, calm], OPTIONS);
    expect(minimaOf(now)).toEqual([33, 33, 34]);
  });

  it('goes on raising under pressure, holds in between, and does not raise what raising does not help', () => {
    const pressed = (pressure: number, mayRise = true): SliceNeed[] => [
      calm,
      { ...calm, pressure, mayRise },
      calm,
    ];
    const once = decide(thirds, pressed(0.8), OPTIONS);
    const twice = decide(once, pressed(0.8), OPTIONS);
    expect([minimaOf(once)[1], minimaOf(twice)[1]]).toEqual([38, 43]);
    expect(minimaOf(decide(twice, pressed(0.5), OPTIONS))[1]).toBe(43);
    expect(decide(twice, pressed(0.5), OPTIONS).grants[1]?.inDanger).toBe(true);
    expect(minimaOf(decide(twice, pressed(0.8, false), OPTIONS))[1]).toBe(43);
  });

  it('serves urgent slices first when there is not enough for all', () => {
    const want = { ...calm, requiredPercent: 90 };
    const [first, second] = minimaOf(decide(thirds, [want, { ...want, isUrgent: true }, calm], OPTIONS));
    expect([first, second]).toEqual([33, 62]);
  });
});
