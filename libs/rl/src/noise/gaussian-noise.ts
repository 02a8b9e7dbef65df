import { type SeededRandom } from '../random/seeded-random.js';

/** How an agent departs from its policy to learn: Gaussian noise on the logits, from a generator that is handed in. */
export interface Exploration {
  readonly random: SeededRandom;
  /** Times the agent's own standard deviation; 1 when absent. */
  readonly scale?: number;
}

/** Adds independent Gaussian noise of standard deviation `sigma`, scaled as told, to `values`, in place. */
export function explore(values: Float32Array, sigma: number, { random, scale = 1 }: Exploration): void {
  for (let i = 0; i < values.length; i++) values[i]! += scale * sigma * random.normal();
}
