import { type TaskWeighting, type WeighedContribution } from '@ricochet/contracts';
import {
  MetaOptimiser,
  TaskWeigher,
  type Engine,
  type MetaOptimiserOptions,
  type MetaOptimiserState,
  type ParameterLayout,
} from '@ricochet/rl';
import { type TakenContribution } from '../round/round.js';

export interface AggregatorOptions {
  readonly engine: Engine;
  readonly layout: ParameterLayout;
  readonly weighting: TaskWeighting;
  /** Share of the old average of the TD variance that a round keeps. */
  readonly varianceMemory: number;
  readonly optimiser: MetaOptimiserOptions;
}

/**
 * The meta update of one level, (13) of the core paper: the weights of a round's DUs and the next model.
 * Contributions are to come in an order that does not depend on their arrival.
 */
export class Aggregator {
  private readonly weigher: TaskWeigher;
  private readonly optimiser: MetaOptimiser;
  /** Of the optimiser, before the last update. */
  private before: MetaOptimiserState;

  constructor({ engine, layout, weighting, varianceMemory, optimiser }: AggregatorOptions) {
    this.weigher = new TaskWeigher(weighting, varianceMemory);
    this.optimiser = new MetaOptimiser(engine, layout, optimiser);
    this.before = this.optimiser.state();
  }

  /** Takes the TD variances of a round in and weighs its DUs, in their order; weights sum to 1. @throws LearningError */
  weigh(contributions: readonly TakenContribution[]): WeighedContribution[] {
    const tasks = contributions.map(({ nodeId: taskId, tdVariance }) => ({ taskId, tdVariance }));
    const weighed = this.weigher.weigh(tasks);
    return contributions.map((contribution, i) => {
      const { smoothedTdVariance = contribution.tdVariance, weight = 0 } = weighed[i] ?? {};
      return { ...lineageOf(contribution), smoothedTdVariance, weight };
    });
  }

  /**
   * The next model: a new vector. `weighed` are the weights of the same contributions.
   * @throws LearningError the sum of the gradients overflows; nothing has changed then
   */
  update(
    parameters: Float32Array,
    contributions: readonly TakenContribution[],
    weighed: readonly WeighedContribution[],
  ): Float32Array {
    const before = this.optimiser.state();
    const tasks = contributions.map(({ gradient }, i) => ({ gradient, weight: weighed[i]?.weight ?? 0 }));
    const updated = this.optimiser.update(parameters, tasks);
    this.before = before;
    return updated;
  }

  /** The model of the last update came to nothing: the optimiser is as it was before. */
  undo(): void {
    this.optimiser.restore(this.before);
  }

  /** The model is another one now: the optimiser's moments, which belong to the way to the former, are forgotten. */
  forgetMoments(): void {
    this.optimiser.reset();
    this.before = this.optimiser.state();
  }
}

/** A contribution that had no part in a model. */
export function unweighed(contribution: TakenContribution): WeighedContribution {
  return { ...lineageOf(contribution), smoothedTdVariance: contribution.tdVariance, weight: 0 };
}

function lineageOf({
  gradient: _,
  decisions: __,
  ...lineage
}: TakenContribution): Omit<WeighedContribution, 'smoothedTdVariance' | 'weight'> {
  return lineage;
}
