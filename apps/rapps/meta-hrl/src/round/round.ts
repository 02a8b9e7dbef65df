import { type Contribution, type LearningLevel } from '@ricochet/contracts';
import { ContributionRefused } from './contribution-refused.error.js';

export interface RoundOptions {
  readonly level: LearningLevel;
  readonly number: number;
  /** The version that its DUs act with. */
  readonly modelVersion: number;
  /** Length of a gradient. */
  readonly parameterCount: number;
  /** Ids of the DUs that will contribute. */
  readonly participants: readonly string[];
  /** Simulation time, ms. */
  readonly timeMs: number;
}

/** What was taken in from one DU. */
export interface TakenContribution extends Omit<
  Contribution,
  'gradient' | 'level' | 'round' | 'modelVersion'
> {
  readonly gradient: Float32Array;
}

/** One round of a level: who is to contribute, and what was taken in so far. */
export class Round {
  private readonly participants: ReadonlySet<string>;
  private readonly taken = new Map<string, TakenContribution>();

  constructor(readonly options: RoundOptions) {
    this.participants = new Set(options.participants);
  }

  /** Whether all have contributed. */
  get isComplete(): boolean {
    return this.taken.size === this.participants.size;
  }

  /** Ids of those that have not, sorted. */
  get missing(): string[] {
    return [...this.participants].filter((nodeId) => !this.taken.has(nodeId)).sort();
  }

  /** By node id, whatever the order that they came in. */
  get contributions(): TakenContribution[] {
    return [...this.taken.values()].sort((a, b) => (a.nodeId < b.nodeId ? -1 : 1));
  }

  /** What can be told before the gradient is at hand. @throws ContributionRefused */
  check({ round, nodeId, modelVersion }: Omit<Contribution, 'gradient'>): void {
    const { level, number, modelVersion: base } = this.options;
    if (round !== number) throw late(level, round);
    if (!this.participants.has(nodeId)) {
      throw new ContributionRefused(
        'unknown-du',
        `${nodeId} takes no part in round ${number} of the ${level} level`,
      );
    }
    if (modelVersion !== base) {
      const detail = `${nodeId} contributes to v${modelVersion}, round ${number} of the ${level} level is about v${base}`;
      throw new ContributionRefused('stale', detail);
    }
    if (this.taken.has(nodeId)) {
      throw new ContributionRefused(
        'duplicate',
        `${nodeId} has contributed to round ${number} of the ${level} level`,
      );
    }
  }

  /** Takes a contribution in, or leaves everything as it was. @throws ContributionRefused */
  take(contribution: Contribution, gradient: Float32Array): void {
    // Again, as its gradient may have been long in coming.
    this.check(contribution);
    const { nodeId, tdVariance, supportSamples, querySamples, meanReward, decisions, adaptation } =
      contribution;
    const { parameterCount } = this.options;
    if (gradient.length !== parameterCount) {
      const detail = `gradient of ${nodeId} has ${gradient.length} values instead of ${parameterCount}`;
      throw new ContributionRefused('shape', detail);
    }
    const bad = gradient.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0)
      throw new ContributionRefused('not-finite', `gradient of ${nodeId}: value ${bad} is ${gradient[bad]}`);
    if (![tdVariance, meanReward ?? 0].every(Number.isFinite)) {
      throw new ContributionRefused('not-finite', `TD variance or reward of ${nodeId}`);
    }
    const reward = meanReward === undefined ? {} : { meanReward };
    this.taken.set(nodeId, {
      nodeId,
      gradient,
      tdVariance,
      supportSamples,
      querySamples,
      decisions,
      ...reward,
      ...(adaptation !== undefined && { adaptation }),
    });
  }
}

/** The refusal of a contribution to a round that is not open. */
export function late(level: LearningLevel, round: number): ContributionRefused {
  return new ContributionRefused('late', `round ${round} of the ${level} level is not open`);
}
