import { type Minibatch } from '../agents/actor-critic.js';
import { lossGradients, targetValues, tdErrorsAt, type DdpgContext } from '../agents/ddpg.js';
import { innerSteps, type InnerStepOptions } from './inner-step.js';
import { secondOrderGradient, type BilevelProblem } from './second-order.js';

export interface MetaTask {
  /** theta_M, [actor | critic]. */
  readonly parameters: Float32Array;
  /** Target networks of the task. */
  readonly targets: Float32Array;
  readonly support: Minibatch;
  readonly query: Minibatch;
}

export interface TaskContribution {
  /** What the method makes of the task, [actor | critic]: in `fomaml`, the gradient of the query loss. */
  readonly gradient: Float32Array;
  /** Variance of the TD error on the query batch: at theta_g, `joint` at theta_M. */
  readonly tdVariance: number;
  /** theta_g, [actor | critic]: valid until the tape is used again. */
  readonly adapted: Float32Array;
}

/**
 * One task's part of a meta update, (11) and (12) of the core paper:
 *
 *     theta_g = theta_M - alpha clip(grad L(theta_M, support))
 *     g       = grad L(theta_g, query)                            `fomaml`; see `META_METHODS` for the others
 */
export function taskContribution(
  context: DdpgContext,
  { parameters, targets, support, query }: MetaTask,
  inner: InnerStepOptions,
): TaskContribution {
  return context.tape.scope(() => {
    const valued = (batch: Minibatch) => ({ batch, returns: targetValues(context, targets, batch) });
    const problem = { parameters, support: valued(support), query: valued(query) };
    const { tdErrors, ...contribution } = contributionOf(context, problem, inner);
    return { ...contribution, tdVariance: variance(tdErrors) };
  });
}

function contributionOf(
  context: DdpgContext,
  problem: BilevelProblem,
  inner: InnerStepOptions,
): Pick<TaskContribution, 'gradient' | 'adapted'> & { readonly tdErrors: Float32Array } {
  const { parameters, query } = problem;
  if (inner.method === 'second-order') {
    const { gradient, adapted } = secondOrderGradient(context, problem, inner);
    return { gradient, adapted, tdErrors: tdErrorsAt(context, adapted, query) };
  }
  const adapted = innerSteps(context, problem, inner);
  switch (inner.method) {
    case 'fomaml':
      return { ...lossGradients(context, adapted, query), adapted };
    case 'joint':
      return { ...lossGradients(context, parameters, query), adapted };
    case 'reptile': {
      const gradient = parameters.map((x, i) => (x - adapted[i]!) / inner.rate);
      return { gradient, adapted, tdErrors: tdErrorsAt(context, adapted, query) };
    }
  }
}

function variance(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}
