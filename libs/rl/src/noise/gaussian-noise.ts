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

/** Of target policy smoothing, as in Fujimoto et al. 2018 (section 6.1), there on actions within -1 and 1. */
const SMOOTHING = { sigma: 0.2, limit: 0.5 };

/** clip(N(0, .2), -.5, .5) for each logit of a target policy. */
export function smoothingNoise(length: number, random: SeededRandom): Float32Array {
  const { sigma, limit } = SMOOTHING;
  const noise = new Float32Array(length);
  for (let i = 0; i < length; i++) noise[i] = Math.max(-limit, Math.min(limit, sigma * random.normal()));
  return noise;
}
