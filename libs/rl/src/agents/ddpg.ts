import { add, clip, mean, scale, square, sub, sum } from '../tape/ops.js';
import { LearningError } from '../learning.error.js';
import { gradients } from '../tape/gradients.js';
import { type Tape, type Var } from '../tape/tape.js';
import { type ActorCritic, type Minibatch, type TapedStates } from './actor-critic.js';

/** Weight of the mean square of the logits in the actor's loss: softmax alone would let them drift. */
const LOGIT_PENALTY = 1e-3;

/** An agent with the tape its losses are taken on. */
export interface DdpgContext {
  readonly agent: Pick<ActorCritic<never>, 'gamma' | 'layout'>;
  readonly tape: Tape;
}

export interface DdpgParameters {
  /** [actor | critic] */
  readonly online: Float32Array;
  /** [actor | critic], following the online ones slowly. */
  readonly targets: Float32Array;
}

/** A minibatch with what its values are to be. */
export interface ValuedMinibatch {
  readonly batch: Minibatch;
  /** y, [count] */
  readonly returns: Float32Array;
}

export interface DdpgGradient {
  /** [actor | critic]: of the actor's loss by the actor, of the critic's by the critic. */
  readonly gradient: Float32Array;
  /** delta of (14) for each transition. */
  readonly tdErrors: Float32Array;
  readonly actorLoss: number;
  readonly criticLoss: number;
}

/**
 * Losses and gradients of DDPG on a minibatch (Lillicrap et al. 2016; (3) and (4) of the core paper):
 *
 *     y        = clip(r + gamma Q'(s', mu'(s')), 0, 1 / (1 - gamma))      rewards lie in [0, 1], or little below
 *     delta    = y - Q(s, a)                                             (14)
 *     L_critic = mean(delta^2)                                           (3)
 *     L_actor  = -mean(Q(s, mu(s))) + 10^-3 mean(logits^2)               (4)
 *
 * and of TD3 (Fujimoto et al. 2018), for an agent with two critics; Q and delta above are those of the first:
 *
 *     y        = clip(r + gamma min(Q_1'(s', a'), Q_2'(s', a')), 0, 1 / (1 - gamma))      a' = mu'(s') with noise
 *     L_critic = mean((y - Q_1(s, a))^2) + mean((y - Q_2(s, a))^2)
 *
 * Nothing of it stays on the tape.
 */
export function ddpgGradient(
  context: DdpgContext,
  { online, targets }: DdpgParameters,
  batch: Minibatch,
): DdpgGradient {
  return lossGradients(context, online, { batch, returns: targetValues(context, targets, batch) });
}

/** y of each transition. @throws {LearningError} TD3 on a minibatch without noise */
export function targetValues(
  { agent, tape }: DdpgContext,
  targets: Float32Array,
  batch: Minibatch,
): Float32Array {
  return tape.scope(() => {
    const actor = tape.leaf(targets.subarray(0, agent.layout.actor));
    const critic = tape.leaf(targets.subarray(agent.layout.actor));
    const next = batch.nextStates(tape);
    const values = next.values(critic, next.policy(actor, batch.targetNoise).actions);
    if (values.length > 1 && batch.targetNoise === undefined) {
      throw new LearningError('LEARNING_BAD_INPUT', 'TD3 needs minibatches that were made with a generator');
    }
    const returns = add(column(tape, batch.rewards), scale(smallest(values), agent.gamma));
    return clip(returns, 0, 1 / (1 - agent.gamma)).data.slice();
  });
}

/** The gradients of both losses at `online`, in a new vector or in the one that is given. */
export function lossGradients(
  { agent, tape }: DdpgContext,
  online: Float32Array,
  {
    gradient = new Float32Array(online.length),
    ...valued
  }: ValuedMinibatch & { readonly gradient?: Float32Array },
): DdpgGradient {
  const actorParameters = online.subarray(0, agent.layout.actor);
  const criticParameters = online.subarray(agent.layout.actor);
  const ofCritic = tape.scope(() => {
    const critic = tape.leaf(criticParameters);
    const { loss, tdErrors } = criticLoss(critic, valued);
    gradient.set(gradients(loss, [critic], { differentiable: false })[0]!.data, agent.layout.actor);
    return { tdErrors: tdErrors.data.slice(), criticLoss: loss.value };
  });
  const ofActor = tape.scope(() => {
    const [actor, critic] = [tape.leaf(actorParameters), tape.leaf(criticParameters)];
    const { loss } = actorLoss(valued.batch.states(tape), { actor, critic });
    gradient.set(gradients(loss, [actor], { differentiable: false })[0]!.data);
    return { actorLoss: loss.value };
  });
  return { gradient, ...ofCritic, ...ofActor };
}

/** delta of each transition at `online`. */
export function tdErrorsAt(
  { agent, tape }: DdpgContext,
  online: Float32Array,
  valued: ValuedMinibatch,
): Float32Array {
  return tape.scope(() => {
    const critic = tape.leaf(online.subarray(agent.layout.actor));
    return criticLoss(critic, valued).tdErrors.data.slice();
  });
}

/** L_critic, and delta of the first critic, as functions of the critic's parameters. */
export function criticLoss(critic: Var, { batch, returns }: ValuedMinibatch): { loss: Var; tdErrors: Var } {
  const { tape } = critic;
  const y = column(tape, returns);
  const [first, second] = batch.states(tape).values(critic, batch.actions(tape));
  const tdErrors = sub(y, first);
  const loss = mean(square(tdErrors));
  return { loss: second === undefined ? loss : add(loss, mean(square(sub(y, second)))), tdErrors };
}

/** L_actor, and the logits, as functions of the actor's parameters. */
export function actorLoss(
  states: TapedStates,
  { actor, critic }: { readonly actor: Var; readonly critic: Var },
): { loss: Var; logits: Var } {
  const { logits, actions } = states.policy(actor);
  const [value] = states.values(critic, actions);
  return { loss: sub(meanSquare(logits, LOGIT_PENALTY), mean(value)), logits };
}

/** weight · mean(x^2), 0 where there are none: states without elements have no logits. */
export function meanSquare(x: Var, weight: number): Var {
  return scale(sum(square(x)), weight / Math.max(1, x.size));
}

/** The smaller of two values, or the only one; a constant, as no gradient flows through targets. */
function smallest([first, second]: readonly [Var, ...Var[]]): Var {
  if (second === undefined) return first;
  const other = second.data;
  return first.tape.leaf(
    first.data.map((value, i) => Math.min(value, other[i]!)),
    first,
  );
}

function column(tape: Tape, values: Float32Array): Var {
  return tape.leaf(values, { rows: values.length, columns: 1 });
}
