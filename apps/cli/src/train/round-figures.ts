import { type Level, type RoundReport } from '@ricochet/training';

/** Smallest and largest weight of a level's last update in a round; `undefined` when there was none. */
export function weightRange(
  { levels }: RoundReport,
  level: Level,
): { readonly min: number; readonly max: number } | undefined {
  const weights = levels[level].weights.map(({ weight }) => weight);
  return weights.length === 0 ? undefined : { min: Math.min(...weights), max: Math.max(...weights) };
}

/** Wall time of rounds by where it went, ms. */
export function timesOf(rounds: readonly RoundReport[]): RoundReport['times'] & { readonly total: number } {
  const sum = (phase: keyof RoundReport['times']) =>
    rounds.reduce((total, { times }) => total + times[phase], 0);
  const [environment, inference, learning] = [sum('environment'), sum('inference'), sum('learning')];
  return { environment, inference, learning, total: environment + inference + learning };
}

/** Low-level decisions for each second of wall time. */
export function decisionsPerSecond(rounds: readonly RoundReport[]): number {
  const decisions = rounds.reduce((sum, round) => sum + round.decisions, 0);
  return (1000 * decisions) / Math.max(1, timesOf(rounds).total);
}

/** Mean reward over all DUs and the last rounds, at most so many. */
export function lastReward(rounds: readonly RoundReport[], count: number): number {
  const last = rounds.slice(-count);
  return last.reduce((sum, { reward }) => sum + reward, 0) / Math.max(1, last.length);
}
