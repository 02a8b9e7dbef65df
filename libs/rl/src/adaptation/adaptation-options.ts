import { LearningError } from '../learning.error.js';

export interface AdaptationOptions {
  /** Of Adam, for the critic. Default 1e-3. */
  readonly learningRate?: number;
  /** The actor's learning rate is that of the critic times this. Default .1. */
  readonly actorFactor?: number;
  /** Weight of the mean square distance of the actor's logits from those of the meta model. Default .1. */
  readonly proximal?: number;
  /** Largest norm of the gradient of each network. Default 1. */
  readonly clipNorm?: number;
  /** Part of the way that the target networks go, each update. Default .02. */
  readonly tau?: number;
  /** Transitions of a minibatch. Default 64. */
  readonly batchSize?: number;
  /** Every so many-th transition is held back to judge by. Default 3. */
  readonly heldBackEvery?: number;
  /** With fewer transitions held back, nothing is accepted. Default 12. */
  readonly minimumHeldBack?: number;
  /** Gain that is asked for, in discounted reward. Default 0. */
  readonly margin?: number;
  /** By how many of its standard errors the gain has to be more than the margin. Default 2.5. */
  readonly standardErrors?: number;
}

export const DEFAULT_ADAPTATION: Required<AdaptationOptions> = {
  learningRate: 1e-3,
  actorFactor: 0.1,
  proximal: 0.1,
  clipNorm: 1,
  tau: 0.02,
  batchSize: 64,
  heldBackEvery: 3,
  minimumHeldBack: 12,
  margin: 0,
  standardErrors: 2.5,
};

/** @throws {LearningError} naming the option that is out of its range */
export function assertAdaptation(options: Required<AdaptationOptions>): void {
  const least = { batchSize: 1, heldBackEvery: 2, minimumHeldBack: 3 };
  for (const [name, value] of Object.entries(options) as [keyof AdaptationOptions, number][]) {
    const count = name in least;
    const lowest = count ? least[name as keyof typeof least] : 0;
    if (!(value >= lowest && value < Infinity) || (count && !Number.isSafeInteger(value))) {
      throw new LearningError('LEARNING_BAD_INPUT', `${name} of the adaptation is ${value}`);
    }
  }
}
