import { type SeededRandom } from '../random/seeded-random.js';

/** How an agent departs from its policy to learn: Gaussian noise on the logits, from a generator that is handed in. */
export interface Exploration {
  readonly random: SeededRandom;
  /** Standard deviation; absent: the agent's own. */
  readonly sigma?: number;
}

/** Adds independent Gaussian noise of standard deviation `sigma` to `values`, in place. */
export function addGaussianNoise(values: Float32Array, sigma: number, random: SeededRandom): void {
  for (let i = 0; i < values.length; i++) values[i]! += sigma * random.normal();
}
