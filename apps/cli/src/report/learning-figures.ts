import { LEARNING_LEVELS, type LearningLevel, type RoundClosed } from '@ricochet/contracts';
import { meanOrNull } from '../run/mean.js';
import { inGroups } from './thinned.js';

/** How one level learned, round by round; several rounds together where there are many. */
export interface LearningFigures {
  readonly level: LearningLevel;
  /** Simulation time, s. */
  readonly timesS: readonly number[];
  /** Mean over the DUs, 0..1; `null` where no reward came in. */
  readonly reward: readonly (number | null)[];
  readonly tdVariance: readonly (number | null)[];
  /** Smallest and largest of the DUs' weights. */
  readonly lowWeight: readonly (number | null)[];
  readonly highWeight: readonly (number | null)[];
}

/** Of the levels that learned. */
export function learningFigures(rounds: readonly RoundClosed[]): LearningFigures[] {
  return LEARNING_LEVELS.flatMap((level) => {
    const own = rounds.filter((round) => round.level === level && round.contributions.length > 0);
    if (own.length === 0) return [];
    const groups = inGroups(own.toSorted((a, b) => a.timeMs - b.timeMs));
    const series = (of: (round: RoundClosed) => number | null): (number | null)[] =>
      groups.map((group) => meanOrNull(group.map(of)));
    return [
      {
        level,
        timesS: groups.map((group) => (group.at(-1)?.timeMs ?? 0) / 1_000),
        reward: series(({ contributions }) => meanOrNull(contributions.map(({ meanReward }) => meanReward))),
        tdVariance: series(({ contributions }) => meanOrNull(contributions.map((one) => one.tdVariance))),
        lowWeight: series(({ contributions }) => Math.min(...contributions.map(({ weight }) => weight))),
        highWeight: series(({ contributions }) => Math.max(...contributions.map(({ weight }) => weight))),
      },
    ];
  });
}
