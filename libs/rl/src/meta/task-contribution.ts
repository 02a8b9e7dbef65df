import { type Minibatch } from '../agents/actor-critic.js';
import { ddpgGradient, type DdpgContext } from '../agents/ddpg.js';
import { clipNetworks } from './clip-networks.js';

/**
 * Where the query gradient of the meta update is taken: `fomaml` at the adapted point theta_g (first-order MAML),
 * `joint` at theta_M itself. The core paper's (12) and (13) read literally are `joint`, its Algorithm 1 is `fomaml`.
 */
export const META_METHODS = ['fomaml', 'joint'] as const;
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
}

export const DEFAULT_INNER_STEP: InnerStepOptions = { method: 'fomaml', rate: 0.01, clipNorm: 1 };

export interface MetaTask {
  /** theta_M, [actor | critic]. */
  readonly parameters: Float32Array;
  /** Target networks of the task. */
  readonly targets: Float32Array;
  readonly support: Minibatch;
  readonly query: Minibatch;
}

export interface TaskContribution {
  /** Gradient of the query loss, [actor | critic]. */
  readonly gradient: Float32Array;
  /** Variance of the TD error on the query batch at the point where the gradient was taken. */
  readonly tdVariance: number;
  /** theta_g, [actor | critic]. */
  readonly adapted: Float32Array;
}

/**
 * One task's part of a meta update, (11) and (12) of the core paper:
 *
 *     theta_g = theta_M - alpha clip(grad L(theta_M, support))
 *     g       = grad L(theta_g, query)                            `joint`: at theta_M
 */
export function taskContribution(
  context: DdpgContext,
  { parameters, targets, support, query }: MetaTask,
  { method, rate, clipNorm }: InnerStepOptions,
): TaskContribution {
  const { gradient: step } = ddpgGradient(context, { online: parameters, targets }, support);
  clipNetworks(context.tape.engine, { gradient: step, layout: context.agent.layout }, clipNorm);
  const adapted = parameters.slice();
  for (let i = 0; i < adapted.length; i++) adapted[i]! -= rate * step[i]!;

  const online = method === 'fomaml' ? adapted : parameters;
  const { gradient, tdErrors } = ddpgGradient(context, { online, targets }, query);
  return { gradient, tdVariance: variance(tdErrors), adapted };
}

function variance(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}
