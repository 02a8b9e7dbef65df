import {
  createSchedulerRule,
  createSplitRule,
  type DuPolicy,
  RulePolicy,
  type SchedulerRuleName,
  type SplitRuleName,
  UrllcFirstSplit,
} from '@ricochet/control';
import { playTestEpisode, type TestEpisodeOptions } from './test-episode.js';

/** A pair of rules with a name that says how it is set. */
export interface RuleCandidate {
  readonly name: string;
  policy(seed: number): DuPolicy;
}

const SPLITS: readonly SplitRuleName[] = [
  'equal',
  'static-demand',
  'demand-proportional',
  'need',
  'urllc-first',
];
const SCHEDULERS: readonly SchedulerRuleName[] = ['rr', 'pf', 'max-cqi', 'm-lwdf', 'need', 'srpt'];
const URLLC_FACTORS = [1, 1.2, 1.5];
const URLLC_RESERVES = [0.05, 0.1, 0.15];
const MMTC_SETTINGS = [
  { factor: 1, reserve: 0 },
  { factor: 1.1, reserve: 0.03 },
  { factor: 1.3, reserve: 0.06 },
];
const SMOOTHINGS = [1, 0.5, 0.25];

/** One of the classical controllers by name. */
export function namedRule(split: SplitRuleName, scheduler: SchedulerRuleName): RuleCandidate {
  return {
    name: `${split}+${scheduler}`,
    policy: (seed) =>
      new RulePolicy({
        split: createSplitRule(split, { seed }),
        scheduler: createSchedulerRule(scheduler, { seed }),
      }),
  };
}

/** All pairs of rules, and the settings of the one with most of them. */
export function ruleCandidates(): RuleCandidate[] {
  const pairs = SPLITS.flatMap((split) => SCHEDULERS.map((scheduler) => namedRule(split, scheduler)));
  const tuned = URLLC_FACTORS.flatMap((factor) =>
    URLLC_RESERVES.flatMap((reserve) =>
      MMTC_SETTINGS.flatMap((mMTC) =>
        SMOOTHINGS.map((smoothing) => urllcFirst({ factor, reserve, mMTC, smoothing })),
      ),
    ),
  );
  return [...pairs, ...tuned];
}

function urllcFirst(setting: {
  readonly factor: number;
  readonly reserve: number;
  readonly mMTC: { readonly factor: number; readonly reserve: number };
  readonly smoothing: number;
}): RuleCandidate {
  const { factor, reserve, mMTC, smoothing } = setting;
  return {
    name:
      `urllc-first(URLLC ${factor}×+${reserve}, mMTC ${mMTC.factor}×+${mMTC.reserve}, ` +
      `smoothing ${smoothing})+srpt`,
    policy: (seed) =>
      new RulePolicy({
        split: new UrllcFirstSplit({
          precedence: [
            { type: 'URLLC', factor, reserve },
            { type: 'mMTC', ...mMTC },
          ],
          smoothing,
        }),
        scheduler: createSchedulerRule('srpt', { seed }),
      }),
  };
}

/** Mean reward of a candidate over the DUs of an episode. */
export function rewardOfRule(candidate: RuleCandidate, options: TestEpisodeOptions): number {
  const { duRewards } = playTestEpisode(options, ({ duCount }) =>
    Array.from({ length: duCount }, (_, du) => candidate.policy(du)),
  );
  return duRewards.reduce((sum, reward) => sum + reward, 0) / duRewards.length;
}

/** Candidates that are left after each episode but the last. */
const SHORT_LISTS = [40, 15];

/**
 * The best candidate on these episodes, of validation: never of the test. All are played on the first episode, fewer on
 * each that follows: those with the best mean so far. The first of equals.
 */
export function bestRule(
  candidates: readonly RuleCandidate[],
  episodes: readonly TestEpisodeOptions[],
): { readonly rule: RuleCandidate; readonly reward: number } {
  let left = candidates.map((rule) => ({ rule, sum: 0 }));
  episodes.forEach((episode, round) => {
    left = left
      .slice(0, round === 0 ? undefined : SHORT_LISTS[round - 1])
      .map(({ rule, sum }) => ({ rule, sum: sum + rewardOfRule(rule, episode) }))
      .sort((a, b) => b.sum - a.sum);
  });
  const [best] = left;
  if (best === undefined) throw new RangeError('no rules to choose from');
  return { rule: best.rule, reward: best.sum / episodes.length };
}
