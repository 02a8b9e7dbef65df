import { z } from 'zod';

export const canaryOptionsSchema = z
  .strictObject({
    /** Rounds that a mean is taken over. */
    window: z.int().positive().default(30),
    /** How far the mean may fall below the best one, in units of the reward. */
    margin: z.number().positive().default(0.15),
    /** Rounds in a row that it must be lower by more. */
    patience: z.int().positive().default(30),
    /** Rounds that a best mean is remembered for: as many versions are kept for sure. */
    horizon: z.int().positive().max(200).default(150),
  })
  .prefault({});
export type CanaryOptions = z.infer<typeof canaryOptionsSchema>;

/** The mean reward over a window of rounds that ended with `version`. */
export interface Checkpoint {
  readonly version: number;
  readonly meanReward: number;
}

/** Going back is due. */
export interface CanaryVerdict {
  /** The version to go back to, and what it earned. */
  readonly checkpoint: Checkpoint;
  /** What is earned now. */
  readonly meanReward: number;
}

/**
 * Watches what model versions earn on the network, as each is tried by being put in force. Compares the moving mean of
 * the last `window` rounds with the best such mean of the last `horizon` rounds; when it is lower by more than
 * `margin`, `patience` rounds in a row, the version that the best mean ended with is to be put in force again.
 *
 * The reward changes with the traffic, too, and the guard can not tell the one cause from the other. What keeps it
 * calm: rewards lie in [0, 1], so that with the default window and margin four rounds, however bad, move the mean
 * by less than the margin; a burst that has left the window before `patience` ends counts for nothing; a slow change
 * of the traffic leaves the horizon behind; and after a roll-back all is forgotten, so that what the old version earns
 * under today's traffic is the new measure. A traffic change that looks like a bad model costs one roll-back to a
 * version of at most `horizon` rounds ago, never a series of them.
 */
export class CanaryGuard {
  private readonly rewards: number[] = [];
  private readonly checkpoints: Checkpoint[] = [];
  private worseFor = 0;

  constructor(private readonly options: CanaryOptions) {}

  /** The mean over the last window; `undefined` until it is full. */
  get meanReward(): number | undefined {
    if (this.rewards.length < this.options.window) return undefined;
    return this.rewards.reduce((sum, reward) => sum + reward, 0) / this.rewards.length;
  }

  /** Whether to go back, by what was observed so far. */
  get verdict(): CanaryVerdict | undefined {
    const [checkpoint, meanReward] = [this.best, this.meanReward];
    if (checkpoint === undefined || meanReward === undefined) return undefined;
    return this.worseFor >= this.options.patience ? { checkpoint, meanReward } : undefined;
  }

  /** What `version` earned in one round, the mean over its decisions. */
  observe(version: number, reward: number): void {
    const { window, margin, horizon } = this.options;
    keepLast(this.rewards, window, reward);
    const meanReward = this.meanReward;
    if (meanReward === undefined) return;
    keepLast(this.checkpoints, horizon, { version, meanReward });
    const best = this.best as Checkpoint;
    this.worseFor = best.meanReward - meanReward > margin ? this.worseFor + 1 : 0;
  }

  /** Begins anew: after a roll-back. */
  forget(): void {
    this.rewards.length = this.checkpoints.length = this.worseFor = 0;
  }

  /** Of equally good ones the latest. */
  private get best(): Checkpoint | undefined {
    let best: Checkpoint | undefined;
    for (const one of this.checkpoints)
      if (best === undefined || one.meanReward >= best.meanReward) best = one;
    return best;
  }
}

function keepLast<T>(values: T[], count: number, value: T): void {
  values.push(value);
  if (values.length > count) values.shift();
}
