import { add, clip, mean, scale, square, sub, sum } from '../tape/ops.js';
import { gradients } from '../tape/gradients.js';
import { type Tape } from '../tape/tape.js';
import { type ActorCritic, type Minibatch } from './actor-critic.js';

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
 *     y        = clip(r + gamma Q'(s', mu'(s')), 0, 1 / (1 - gamma))      rewards lie in [0, 1]
 *     delta    = y - Q(s, a)                                             (14)
 *     L_critic = mean(delta^2)                                           (3)
 *     L_actor  = -mean(Q(s, mu(s))) + 10^-3 mean(logits^2)               (4)
 *
 * Each loss has the tape for itself: what was on it is gone.
 */
export function ddpgGradient(
  { agent, tape }: DdpgContext,
  { online, targets }: DdpgParameters,
  batch: Minibatch,
): DdpgGradient {
  const y = targetValues({ agent, tape }, targets, batch);
  const gradient = new Float32Array(online.length);
  const actorParameters = online.subarray(0, agent.layout.actor);
  const criticParameters = online.subarray(agent.layout.actor);

  tape.reset();
  let critic = tape.leaf(criticParameters);
  const tdErrors = sub(column(tape, y), batch.states(tape).value(critic, batch.actions(tape)));
  const criticLoss = mean(square(tdErrors));
  gradient.set(gradients(criticLoss, [critic])[0]!.data, agent.layout.actor);
  const evaluated = { tdErrors: tdErrors.data.slice(), criticLoss: criticLoss.value };

  tape.reset();
  const actor = tape.leaf(actorParameters);
  critic = tape.leaf(criticParameters);
  const states = batch.states(tape);
  const { logits, actions } = states.policy(actor);
  const penalty = scale(sum(square(logits)), LOGIT_PENALTY / Math.max(1, logits.size));
  const actorLoss = sub(penalty, mean(states.value(critic, actions)));
  gradient.set(gradients(actorLoss, [actor])[0]!.data);
  return { gradient, ...evaluated, actorLoss: actorLoss.value };
}

/** y of each transition. */
function targetValues({ agent, tape }: DdpgContext, targets: Float32Array, batch: Minibatch): Float32Array {
  tape.reset();
  const actor = tape.leaf(targets.subarray(0, agent.layout.actor));
  const critic = tape.leaf(targets.subarray(agent.layout.actor));
  const next = batch.nextStates(tape);
  const values = next.value(critic, next.policy(actor).actions);
  const returns = add(column(tape, batch.rewards), scale(values, agent.gamma));
  return clip(returns, 0, 1 / (1 - agent.gamma)).data.slice();
}

function column(tape: Tape, values: Float32Array) {
  return tape.leaf(values, { rows: values.length, columns: 1 });
}
