import { type TransitionBatch, type TransitionRef } from '../replay/replay-buffer.js';
import { type Tape, type Var } from '../tape/tape.js';

/** How many floats of the one parameter vector [actor | critic] belong to each network. */
export interface ParameterLayout {
  readonly actor: number;
  readonly critic: number;
}

/** What an actor makes of states. */
export interface PolicyOutput {
  /** Before the softmax: a row each. */
  readonly logits: Var;
  /** What the critic takes as the action. */
  readonly actions: Var;
}

/** States on a tape, as the two networks of an agent read them. */
export interface TapedStates {
  /** mu(s) of the actor with these parameters. */
  policy(actor: Var): PolicyOutput;
  /** Q(s, a) of the critic with these parameters, [count, 1]. */
  value(critic: Var, actions: Var): Var;
}

/** Transitions that were drawn; put on a tape anew for each loss. */
export interface Minibatch {
  readonly count: number;
  /** [count] */
  readonly rewards: Float32Array;
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
  readonly layout: ParameterLayout;
  /** @throws {LearningError} transitions that do not fit the networks */
  assertTransitions(batch: B): void;
  minibatch(refs: readonly TransitionRef<B>[]): Minibatch;
}

export function parameterCount({ actor, critic }: ParameterLayout): number {
  return actor + critic;
}
