import { type ParameterLayout } from '../agents/actor-critic.js';
import { type Engine } from '../engine/engine.js';
import { clipByNorm } from '../optimiser/vectors.js';

/** Scales the part of each network, in place, to a norm of at most `limit`. */
export function clipNetworks(
  engine: Engine,
  { gradient, layout }: { readonly gradient: Float32Array; readonly layout: ParameterLayout },
  limit: number,
): void {
  clipByNorm(engine, gradient.subarray(0, layout.actor), limit);
  clipByNorm(engine, gradient.subarray(layout.actor), limit);
}
