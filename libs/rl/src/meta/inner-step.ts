import { lossGradients, type DdpgContext, type ValuedMinibatch } from '../agents/ddpg.js';
import { descend } from '../optimiser/vectors.js';
import { clipNetworks } from './clip-networks.js';

/**
 * What a task adds to the meta update, from theta_M and the adapted point theta_g:
 * - `fomaml`: the query gradient at theta_g (first-order MAML, Finn et al. 2017, section 5.2);
 * - `joint`: the query gradient at theta_M itself;
 * - `second-order`: the gradient by theta_M of the query loss at theta_g, through the inner steps (MAML);
 * - `reptile`: (theta_M - theta_g) / alpha (Nichol et al. 2018).
 *
 * The core paper's (12) and (13) read literally are `joint`, its Algorithm 1 is `fomaml`.
 */
export const META_METHODS = ['fomaml', 'joint', 'second-order', 'reptile'] as const;
export type MetaMethod = (typeof META_METHODS)[number];

export interface InnerStepOptions {
  readonly method: MetaMethod;
  /** alpha of (11). */
  readonly rate: number;
  /**
   * Largest norm of the support gradient of each network. Unclipped or larger steps overshoot the critic, whose
   * curvature is near 2 (1 + |h|^2) for hidden activations h.
   */
  readonly clipNorm: number;
  /** Steps on the support batch; 1 when absent. */
  readonly steps?: number;
}

export const DEFAULT_INNER_STEP: InnerStepOptions = { method: 'fomaml', rate: 0.01, clipNorm: 1 };

/** theta_g: `parameters` after clipped gradient steps on the support batch; a new vector on the tape. */
export function innerSteps(
  context: DdpgContext,
  { parameters, support }: { readonly parameters: Float32Array; readonly support: ValuedMinibatch },
  { rate, clipNorm, steps = 1 }: InnerStepOptions,
): Float32Array {
  const { tape, agent } = context;
  const [adapted, gradient] = [tape.vector(parameters.length), tape.vector(parameters.length)];
  adapted.set(parameters);
  for (let step = 0; step < steps; step++) {
    lossGradients(context, adapted, { ...support, gradient });
    clipNetworks(tape.engine, { gradient, layout: agent.layout }, clipNorm);
    descend(tape.engine, { parameters: adapted, gradient }, rate);
  }
  return adapted;
}
