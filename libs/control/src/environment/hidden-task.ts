import type { HiddenInformation } from '@ricochet/scenario';
import { seedOfNode } from '../per-node.js';
import { SeededRandom } from '../seeded-random.js';

/** What the controllers of one DU are not told. */
export interface HiddenTask {
  /** Of eMBB, mMTC and URLLC in the reward, adding up to 1. */
  readonly sliceWeights: readonly number[];
  /** Reward lost for each unit of share that changes hands. */
  readonly reslicingCost: number;
  /** Reports are so old when they come; a multiple of 100 ms. */
  readonly reportDelayMs: number;
  /** Probability that a report does not come. */
  readonly reportLoss: number;
  /** Noise rise of a burst of outside interference. */
  readonly noiseRiseDb: number;
}

const PERIOD_MS = 100;

/** The hidden part of a DU's task: the same for the same task seed and cell. */
export function drawHiddenTask(hidden: HiddenInformation, taskSeed: number, cell: number): HiddenTask {
  // A stream for each part, so that one does not move another.
  const drawn = (part: string) => new SeededRandom(seedOfNode(taskSeed, `${part} of ${cell}`));
  const { slaWeights, reslicingCost, reports, interference } = hidden;
  const weights = drawn('weights');
  const powers = [0, 1, 2].map(() => Math.exp((slaWeights?.spread ?? 0) * weights.normal()));
  const total = powers.reduce((sum, power) => sum + power, 0);
  const between = (range: { readonly min: number; readonly max: number } | undefined, part: string) =>
    range === undefined ? 0 : range.min + (range.max - range.min) * drawn(part).uniform();
  const periods = Math.floor(drawn('delay').uniform() * ((reports?.maxDelay ?? 0) / PERIOD_MS + 1));
  return {
    sliceWeights: powers.map((power) => power / total),
    reslicingCost: between(reslicingCost, 'cost'),
    reportDelayMs: periods * PERIOD_MS,
    reportLoss: (reports?.maxLoss ?? 0) * drawn('loss').uniform(),
    noiseRiseDb: between(interference?.noiseRiseDb, 'noise'),
  };
}
