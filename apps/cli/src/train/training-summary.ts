import { modelDigest, type RoundReport, type StoredModel } from '@ricochet/training';
import { decisionsPerSecond, lastReward, timesOf } from './round-figures.js';

/** Rounds that the final reward is the mean of. */
const FINAL_ROUNDS = 10;

/** What a training came to: `summary.json`. */
export interface TrainingSummary extends Omit<StoredModel['training'], 'createdBy'> {
  readonly name: string;
  readonly versions: Readonly<Record<string, string>>;
  /** SHA-256 of both levels' parameters. */
  readonly modelSha256: string;
  /** Mean over all DUs and the last 10 rounds, with exploration. */
  readonly finalReward: number;
  /** Low-level ones, of all DUs. */
  readonly decisions: number;
  readonly decisionsPerSecond: number;
  /** Of the rounds, by where it went; saving and drawing are not in it. */
  readonly wallMs: ReturnType<typeof timesOf>;
}

export function trainingSummary(
  model: StoredModel,
  history: readonly RoundReport[],
  versions: TrainingSummary['versions'],
): TrainingSummary {
  const { createdBy: _, ...training } = model.training;
  return {
    name: model.name,
    ...training,
    versions,
    modelSha256: modelDigest(model),
    finalReward: lastReward(history, FINAL_ROUNDS),
    decisions: history.reduce((sum, { decisions }) => sum + decisions, 0),
    decisionsPerSecond: decisionsPerSecond(history),
    wallMs: timesOf(history),
  };
}

/** The summary in a few lines. */
export function summaryLines(summary: TrainingSummary): string[] {
  const { wallMs, finalReward, rounds } = summary;
  const share = (ms: number) => `${((100 * ms) / Math.max(1e-9, wallMs.total)).toFixed(0)} %`;
  return [
    `reward ${finalReward.toFixed(4)} in the last ${Math.min(FINAL_ROUNDS, rounds)} of ${rounds} rounds, with exploration`,
    `time: environment ${share(wallMs.environment)}, inference ${share(wallMs.inference)}, ` +
      `update ${share(wallMs.learning)}; ${summary.decisionsPerSecond.toFixed(0)} decisions/s`,
    `model ${summary.modelSha256.slice(0, 16)}`,
  ];
}
