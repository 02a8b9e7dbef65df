import { actorLoss, criticLoss, type DdpgContext, type ValuedMinibatch } from '../agents/ddpg.js';
import { norm } from '../optimiser/vectors.js';
import { gradients } from '../tape/gradients.js';
import { scale, sub } from '../tape/ops.js';
import { type Var } from '../tape/tape.js';
import { type InnerStepOptions } from './inner-step.js';

/** theta_M, [actor | critic], with the two batches of a task. */
export interface BilevelProblem {
  readonly parameters: Float32Array;
  readonly support: ValuedMinibatch;
  readonly query: ValuedMinibatch;
}

/** The loss of one network on a batch, as a function of its parameters after so many inner steps. */
type Loss = (parameters: Var, batch: ValuedMinibatch, step: number) => Var;

/**
 * Second-order MAML (Finn et al. 2017, (1)): the gradient by theta_M of the query losses at
 *
 *     theta_g = theta_M - alpha k grad L(theta_M, support)         k = min(1, clip / |grad L|)
 *
 * with the Hessian that is in it, exact but for k, which counts as constant. Each network goes by its own loss: the
 * actor's gradient does not ask how the critic came to be what it is.
 */
export function secondOrderGradient(
  { agent, tape }: DdpgContext,
  problem: BilevelProblem,
  inner: InnerStepOptions,
): { gradient: Float32Array; adapted: Float32Array } {
  const { parameters } = problem;
  const { actor: actorCount } = agent.layout;
  const critic = tape.scope(() =>
    throughSteps(tape.leaf(parameters.subarray(actorCount)), { problem, inner }, (by, batch) => {
      return criticLoss(by, batch).loss;
    }),
  );
  const actor = tape.scope(() =>
    throughSteps(tape.leaf(parameters.subarray(0, actorCount)), { problem, inner }, (by, { batch }, step) => {
      const stepped = tape.leaf(critic.path[step]!);
      return actorLoss(batch.states(tape), { actor: by, critic: stepped }).loss;
    }),
  );
  const joined = (actorPart: Float32Array, criticPart: Float32Array): Float32Array => {
    const whole = new Float32Array(parameters.length);
    whole.set(actorPart);
    whole.set(criticPart, actorCount);
    return whole;
  };
  return {
    gradient: joined(actor.gradient, critic.gradient),
    adapted: joined(actor.path.at(-1)!, critic.path.at(-1)!),
  };
}

/** The gradient by `start` of the query loss after the inner steps, and the parameters after 0, 1, ... of them. */
function throughSteps(
  start: Var,
  { problem, inner }: { readonly problem: BilevelProblem; readonly inner: InnerStepOptions },
  loss: Loss,
): { gradient: Float32Array; path: readonly Float32Array[] } {
  const { rate, clipNorm, steps = 1 } = inner;
  const path = [start.data.slice()];
  let adapted = start;
  for (let step = 0; step < steps; step++) {
    const gradient = gradients(loss(adapted, problem.support, step), [adapted])[0]!;
    const clip = Math.min(1, clipNorm / norm(start.tape.engine, gradient.data));
    adapted = sub(adapted, scale(gradient, rate * clip));
    path.push(adapted.data.slice());
  }
  const gradient = gradients(loss(adapted, problem.query, steps), [start], { differentiable: false })[0]!;
  return { gradient: gradient.data.slice(), path };
}
