import { type TransitionBatch } from './replay-buffer.js';

/** What happened between two decisions. */
export interface Transition<State, Action> {
  readonly state: State;
  readonly action: Action;
  readonly reward: number;
  readonly next: State;
}

/**
 * Makes flat arrays of transitions as they come. Nothing of what it is given is kept, so that on a control thread it
 * dies young: where a thousand transitions wait as objects, each collection copies them all.
 */
export interface TransitionPacker<State, Action, B extends TransitionBatch> {
  /** How many wait. */
  readonly count: number;
  /** Appends one; the oldest make room for it. @throws {LearningError} `LEARNING_BAD_SHAPE` it does not fit */
  add(transition: Transition<State, Action>): void;
  /** Hands over those that wait, oldest first, as arrays of their own. */
  take(): B;
}

/** The oldest are dropped when so many times the capacity wait: to drop some moves all that stay. */
export const DROPPED_AT = 1.25;
