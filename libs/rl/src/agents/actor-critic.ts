import { smoothingNoise } from '../noise/gaussian-noise.js';
import { type SeededRandom } from '../random/seeded-random.js';
import { type TransitionBatch, type TransitionRef } from '../replay/replay-buffer.js';
import { view } from '../tape/ops.js';
import { type Tape, type Var } from '../tape/tape.js';

/** How many floats of the one parameter vector [actor | critic] belong to each network; TD3's two critics are one part. */
export interface ParameterLayout {
  readonly actor: number;
  readonly critic: number;
}

/** What an actor makes of states. */
export interface PolicyOutput {
  /** The actor's outputs, before noise and softmax: a row each. */
  readonly logits: Var;
  /** What the critic takes as the action. */
  readonly actions: Var;
}

/** States on a tape, as the networks of an agent read them. */
export interface TapedStates {
  /** mu(s) of the actor with these parameters; `noise` is added to the logits, one by one. */
  policy(actor: Var, noise?: Float32Array): PolicyOutput;
  /** Q(s, a) of each critic with these parameters, [count, 1]: one, or TD3's two. */
  values(critic: Var, actions: Var): readonly [Var, ...Var[]];
  /** Values that have the shape of actions, summed over each state, [count, 1]. */
  totals(values: Var): Var;
}

/** Transitions that were drawn; put on a tape anew for each loss. */
export interface Minibatch {
  readonly count: number;
  /** [count] */
  readonly rewards: Float32Array;
  /** For the logits of the target policy in the next states: what TD3's target values need. */
  readonly targetNoise?: Float32Array;
  states(tape: Tape): TapedStates;
  /** The actions that were taken. */
  actions(tape: Tape): Var;
  nextStates(tape: Tape): TapedStates;
}

/** A kind of agent, as far as learning is concerned: all kinds share the losses (`ddpg`). */
export interface ActorCritic<B extends TransitionBatch> {
  /** Kind, sizes and constants as text: parameters fit wherever it is the same. */
  readonly architecture: string;
  /** Discount per decision. */
  readonly gamma: number;
  /** Updates of the critic for each one of the actor, which those who update keep to: 1, or 2 in TD3. */
  readonly policyDelay: number;
  readonly layout: ParameterLayout;
  /** @throws {LearningError} transitions that do not fit the networks */
  assertTransitions(batch: B): void;
  /** @param random for the noise of TD3's target policy, not drawn from in DDPG */
  minibatch(refs: readonly TransitionRef<B>[], random?: SeededRandom): Minibatch;
}

export function parameterCount({ actor, critic }: ParameterLayout): number {
  return actor + critic;
}

/** The parameters of each critic, which lie one after the other. */
export function criticsOf(parameters: Var, count: number): readonly [Var, ...Var[]] {
  if (count === 1) return [parameters];
  const shape = { rows: 1, columns: parameters.size / count };
  const [first, ...others] = Array.from({ length: count }, (_, i) =>
    view(parameters, i * shape.columns, shape),
  );
  return [first!, ...others];
}

/** `targetNoise` of a minibatch with so many logits in its next states. */
export function targetNoise(
  critics: number,
  logits: number,
  random: SeededRandom | undefined,
): Pick<Minibatch, 'targetNoise'> {
  return critics === 1 || random === undefined ? {} : { targetNoise: smoothingNoise(logits, random) };
}
