import { LearningError, assertVector } from '../learning.error.js';
import { type TransitionBatch, type TransitionRef } from './replay-buffer.js';

/** What happened between two decisions. */
export interface Transition<State, Action> {
  readonly state: State;
  readonly action: Action;
  readonly reward: number;
  readonly next: State;
}

/** Transitions whose states and actions are vectors of one size, a row each. */
export interface VectorTransitions extends TransitionBatch {
  /** [count, state size] */
  readonly states: Float32Array;
  /** [count, action size] */
  readonly actions: Float32Array;
  /** [count] */
  readonly rewards: Float32Array;
  /** [count, state size] */
  readonly nextStates: Float32Array;
}

/** Transitions as flat rows. @throws {LearningError} when their sizes differ */
export function packVectors(
  transitions: readonly Transition<Float32Array, Float32Array>[],
): VectorTransitions {
  return {
    count: transitions.length,
    states: rows(transitions.map(({ state }) => state)),
    actions: rows(transitions.map(({ action }) => action)),
    rewards: Float32Array.from(transitions, ({ reward }) => reward),
    nextStates: rows(transitions.map(({ next }) => next)),
  };
}

/** The rows that were drawn, in their order. */
export function gatherVectors(refs: readonly TransitionRef<VectorTransitions>[]): VectorTransitions {
  const rewards = new Float32Array(refs.length);
  for (let i = 0; i < refs.length; i++) rewards[i] = refs[i]!.batch.rewards[refs[i]!.row]!;
  return {
    count: refs.length,
    states: gatherRows(refs, 'states'),
    actions: gatherRows(refs, 'actions'),
    rewards,
    nextStates: gatherRows(refs, 'nextStates'),
  };
}

/**
 * Copies float by float: rows are short, and a view of each would cost more than it holds. The first of each row comes
 * first: rows lie anywhere in memory, and so they are fetched side by side, not one after the other.
 */
function gatherRows(
  refs: readonly TransitionRef<VectorTransitions>[],
  name: 'states' | 'actions' | 'nextStates',
): Float32Array {
  const first = refs[0]?.batch;
  const size = first === undefined ? 0 : first[name].length / first.count;
  const flat = new Float32Array(refs.length * size);
  for (let i = 0; i < refs.length && size > 0; i++) {
    const { batch, row } = refs[i]!;
    flat[i * size] = batch[name][row * size]!;
  }
  for (let i = 0, to = 0; i < refs.length; i++) {
    const { batch, row } = refs[i]!;
    const values = batch[name];
    for (let from = row * size; from < (row + 1) * size; from++, to++) flat[to] = values[from]!;
  }
  return flat;
}

/** @throws {LearningError} when arrays do not have these sizes or are not finite */
export function assertVectorTransitions(
  batch: VectorTransitions,
  sizes: { readonly state: number; readonly action: number },
): void {
  const { count } = batch;
  assertCount(count);
  assertVector(batch.states, count * sizes.state, `states of ${count} transitions`);
  assertVector(batch.actions, count * sizes.action, `actions of ${count} transitions`);
  assertVector(batch.rewards, count, `rewards of ${count} transitions`);
  assertVector(batch.nextStates, count * sizes.state, `next states of ${count} transitions`);
}

export function assertCount(count: number): void {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new LearningError('LEARNING_BAD_SHAPE', `a batch of ${count} transitions`);
  }
}

function rows(vectors: readonly Float32Array[]): Float32Array {
  const size = vectors[0]?.length ?? 0;
  const flat = new Float32Array(vectors.length * size);
  vectors.forEach((vector, i) => {
    if (vector.length !== size) {
      throw new LearningError(
        'LEARNING_BAD_SHAPE',
        `vectors of ${size} and of ${vector.length} in one batch`,
      );
    }
    flat.set(vector, i * size);
  });
  return flat;
}
