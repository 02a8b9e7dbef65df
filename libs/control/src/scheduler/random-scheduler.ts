import type { UeObservation } from '../observation/ue-observation.js';
import { SeededRandom } from '../seeded-random.js';
import type { SchedulerRule } from './scheduler-rule.js';
import { sliceWeights } from './slice-weights.js';

/** Weights drawn anew every period, uniform over all splits of a slice (a flat Dirichlet distribution). */
export class RandomScheduler implements SchedulerRule {
  private readonly random: SeededRandom;

  constructor(seed: number) {
    this.random = new SeededRandom(seed);
  }

  weights(ues: readonly UeObservation[]): number[] {
    return sliceWeights(
      ues,
      ues.map(() => this.random.exponential()),
    );
  }
}
