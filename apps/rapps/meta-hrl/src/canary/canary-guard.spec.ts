import fc from 'fast-check';
import { CanaryGuard, canaryOptionsSchema, type CanaryOptions } from './canary-guard.js';

const DEFAULTS = canaryOptionsSchema.parse(undefined);
const SMALL: CanaryOptions = { window: 2, margin: 0.1, patience: 2, horizon: 5 };

/** Versions count up from 1, one a round. */
function after(options: CanaryOptions, rewards: readonly number[]): CanaryGuard {
  const guard = new CanaryGuard(options);
  rewards.forEach((reward, index) => guard.observe(index + 1, reward));
  return guard;
}
const times = (count: number, reward: number): number[] => new Array<number>(count).fill(reward);

describe('CanaryGuard', () => {
  it('sends back to the version that the best mean ended with', () => {
    // Means from round 2 on: .7 .8 .75 | .6 .5: more than .1 below .8 twice.
    const rewards = [0.6, 0.8, 0.8, 0.7, 0.5, 0.5];
    expect(after(SMALL, rewards.slice(0, 5)).verdict).toBeUndefined();
    const { verdict } = after(SMALL, rewards);
    expect(verdict?.checkpoint.version).toBe(3);
    expect(verdict?.checkpoint.meanReward).toBeCloseTo(0.8, 12);
    expect(verdict?.meanReward).toBeCloseTo(0.5, 12);
  });

  it('takes the latest of equally good versions', () => {
    expect(after(SMALL, [0.8, 0.8, 0.8, 0.8, 0.2, 0.2, 0.2]).verdict?.checkpoint.version).toBe(4);
  });

  it('stays calm at a drop within the margin, however long', () => {
    expect(after(DEFAULTS, [...times(40, 0.9), ...times(120, 0.76)]).verdict).toBeUndefined();
  });

  it('stays calm when the mean recovers before its patience ends', () => {
    // Means: .8 | .6 .6 is one too many in a row, .6 .75 .6 is not.
    expect(after(SMALL, [0.8, 0.8, 0.4, 0.8]).verdict).toBeDefined();
    expect(after(SMALL, [0.8, 0.8, 0.4, 1.1, 0.1]).verdict).toBeUndefined();
  });

  it('keeps its verdict while nothing changes, and measures anew once it was followed', () => {
    const guard = after(SMALL, [0.8, 0.8, 0.4, 0.4]);
    expect(guard.verdict).toBeDefined();
    guard.observe(5, 0.4);
    expect(guard.verdict).toBeDefined();
    guard.forget();
    expect([guard.verdict, guard.meanReward]).toEqual([undefined, undefined]);
    // The traffic has changed: the old version earns no more than that either.
    times(50, 0.4).forEach((reward, round) => guard.observe(6 + round, reward));
    expect(guard.verdict).toBeUndefined();
  });

  it('does not hold a slow change of the traffic against the model', () => {
    const slope = Array.from({ length: 2_000 }, (_, round) => 0.95 - 0.0005 * round);
    expect(after(DEFAULTS, slope).verdict).toBeUndefined();
  });

  it('stays calm at a burst that is over soon', () => {
    const burst = [...times(30, 0.9), ...times(3, 0.5), ...times(30, 0.9)];
    for (let rounds = 1; rounds <= burst.length; rounds++) {
      expect(after(DEFAULTS, burst.slice(0, rounds)).verdict).toBeUndefined();
    }
  });

  it('is not moved by one round alone, whatever the rewards in [0, 1] before and after were', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 90 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (at, steady) => {
          const rewards = times(120, steady);
          rewards[at] = steady > 0.5 ? 0 : 1;
          expect(after(DEFAULTS, rewards).verdict).toBeUndefined();
        },
      ),
    );
  });

  it('finds any lasting drop of more than twice the margin within a window and its patience', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 30, max: 80 }),
        fc.double({ min: 0.4, max: 1, noNaN: true }),
        fc.double({ min: 0.31, max: 0.4, noNaN: true }),
        (rounds, good, drop) => {
          const rewards = [...times(rounds, good), ...times(60, good - drop)];
          const { verdict } = after(DEFAULTS, rewards);
          expect(verdict?.checkpoint.version).toBeLessThanOrEqual(rounds);
          expect(verdict?.checkpoint.meanReward).toBeCloseTo(good, 9);
        },
      ),
    );
  });
});
