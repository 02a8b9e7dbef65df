import type { SliceObservation } from '../observation/slice-observation.js';
import { SeededRandom } from '../seeded-random.js';
import { sharesOf, type SplitRule } from './split-rule.js';

/** A split drawn anew every period, uniform over all splits (a flat Dirichlet distribution). */
export class RandomSplit implements SplitRule {
  private readonly random: SeededRandom;

  constructor(seed: number) {
    this.random = new SeededRandom(seed);
  }

  decide(slices: readonly SliceObservation[]): number[] {
    return sharesOf(slices.map(() => this.random.exponential()));
  }
}
