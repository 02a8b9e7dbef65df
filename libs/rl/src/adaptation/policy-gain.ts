import { type Minibatch } from '../agents/actor-critic.js';
import { type DdpgContext } from '../agents/ddpg.js';
import { add, clip, mul, scale, square, sub } from '../tape/ops.js';

/** By how much one policy is better than another, in discounted reward from a state on. */
export interface PolicyGain {
  readonly mean: number;
  /** Of the mean; Infinity where the transitions tell nothing. */
  readonly standardError: number;
}

/** A critic and the two actors that are compared; parameters of each. */
export interface ComparedActors {
  readonly critic: Float32Array;
  readonly candidate: Float32Array;
  readonly incumbent: Float32Array;
}

/** Of each transition, what the gain is made of. */
interface Evidence {
  /** Q(s, mu_c(s)) - Q(s, mu_i(s)) */
  readonly gain: Float32Array;
  /** r + gamma Q(s', mu_i(s')) - Q(s, a) */
  readonly residual: Float32Array;
  /** (a - mu_i(s)) . (mu_c(s) - mu_i(s)) */
  readonly towards: Float32Array;
  /** |mu_c(s) - mu_i(s)|^2 */
  readonly distance: Float32Array;
}

/**
 * How much better the candidate's actions are than the incumbent's, as a critic sees it, corrected by what transitions
 * that it did not learn from say of it:
 *
 *     gain = mean(Q(s, mu_c(s)) - Q(s, mu_i(s))) + kappa mean(|mu_c(s) - mu_i(s)|^2)
 *
 * kappa is the slope of the critic's TD errors over (a - mu_i(s)) . (mu_c(s) - mu_i(s)): if actions that explored
 * towards the candidate went better than the critic thought, it is positive. So a critic that fits noise is found
 * out, and one that does not know the task is put right (a control variate, as in doubly robust evaluation, Dudik et
 * al. 2011). The standard error of kappa allows for TD errors of any variance (HC3, MacKinnon and White 1985).
 */
export function policyGain(
  context: DdpgContext,
  actors: ComparedActors,
  batches: readonly Minibatch[],
): PolicyGain {
  const parts = batches.map((batch) => evidenceOf(context, actors, batch));
  const all = (name: keyof Evidence): number[] => parts.flatMap((part) => [...part[name]]);
  const [gains, distances] = [all('gain'), all('distance')];
  const correction = slope(all('towards'), all('residual'));
  const distance = meanOf(distances);
  // Policies that do the same were not compared.
  const errorOfCorrection = distance > 0 ? correction.standardError * distance : Infinity;
  return {
    mean: meanOf(gains) + correction.slope * distance,
    standardError: Math.hypot(Math.sqrt(variance(gains) / gains.length), errorOfCorrection),
  };
}

function evidenceOf(
  { agent, tape }: DdpgContext,
  { critic, candidate, incumbent }: ComparedActors,
  batch: Minibatch,
): Evidence {
  return tape.scope(() => {
    const [q, mu, other] = [tape.leaf(critic), tape.leaf(incumbent), tape.leaf(candidate)];
    const [states, next] = [batch.states(tape), batch.nextStates(tape)];
    const taken = batch.actions(tape);
    const [kept, moved] = [states.policy(mu).actions, states.policy(other).actions];
    const [value] = states.values(q, taken);
    const [valueOfKept] = states.values(q, kept);
    const [valueOfMoved] = states.values(q, moved);
    const [nextValue] = next.values(q, next.policy(mu).actions);
    const rewards = tape.leaf(batch.rewards, { rows: batch.count, columns: 1 });
    const returns = clip(add(rewards, scale(nextValue, agent.gamma)), 0, 1 / (1 - agent.gamma));
    const way = sub(moved, kept);
    return {
      gain: sub(valueOfMoved, valueOfKept).data.slice(),
      residual: sub(returns, value).data.slice(),
      towards: states.totals(mul(sub(taken, kept), way)).data.slice(),
      distance: states.totals(square(way)).data.slice(),
    };
  });
}

/** Least squares with an intercept. */
function slope(x: readonly number[], y: readonly number[]): { slope: number; standardError: number } {
  const [meanX, meanY, count] = [meanOf(x), meanOf(y), x.length];
  const spread = x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
  if (!(spread > 0 && count > 2)) return { slope: 0, standardError: Infinity };
  const slope = x.reduce((sum, value, i) => sum + (value - meanX) * (y[i]! - meanY), 0) / spread;
  const scatter = x.reduce((sum, value, i) => {
    const offset = value - meanX;
    const leverage = 1 / count + offset ** 2 / spread;
    return sum + ((offset * (y[i]! - meanY - slope * offset)) / (1 - leverage)) ** 2;
  }, 0);
  return { slope, standardError: Math.sqrt(scatter) / spread };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
