import { LearningError, assertVector } from '../learning.error.js';
import { growingFloats, type GrowingArray } from './growing-array.js';
import { type TransitionBatch, type TransitionRef } from './replay-buffer.js';
import { DROPPED_AT, type Transition, type TransitionPacker } from './transition-packer.js';

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

/** Packs transitions as flat rows. */
export class VectorPacker implements TransitionPacker<Float32Array, Float32Array, VectorTransitions> {
  private readonly states = new Rows();
  private readonly actions = new Rows();
  private readonly rewards = growingFloats();
  private readonly nextStates = new Rows();

  /** @param capacity transitions that wait at most */
  constructor(private readonly capacity = Infinity) {}

  get count(): number {
    return this.rewards.length;
  }

  add({ state, action, reward, next }: Transition<Float32Array, Float32Array>): void {
    const first = this.count === 0;
    this.states.check(state, first);
    this.actions.check(action, first);
    this.nextStates.check(next, first);
    this.states.append(state);
    this.actions.append(action);
    this.nextStates.append(next);
    this.rewards.push(reward);
    if (this.count >= DROPPED_AT * this.capacity) this.keepNewest();
  }

  take(): VectorTransitions {
    this.keepNewest();
    return {
      count: this.count,
      states: this.states.take(),
      actions: this.actions.take(),
      nextStates: this.nextStates.take(),
      rewards: this.rewards.take(),
    };
  }

  private keepNewest(): void {
    const spent = this.count - this.capacity;
    if (!(spent > 0)) return;
    for (const rows of [this.states, this.actions, this.nextStates]) rows.dropFirst(spent);
    this.rewards.dropFirst(spent);
  }
}

/** Vectors of one size. */
class Rows {
  private readonly values: GrowingArray<Float32Array> = growingFloats();
  private size = 0;

  /** @param first begins anew with the size of this one */
  check(vector: Float32Array, first: boolean): void {
    if (first) this.size = vector.length;
    if (vector.length !== this.size) {
      throw new LearningError(
        'LEARNING_BAD_SHAPE',
        `vectors of ${this.size} and of ${vector.length} in one batch`,
      );
    }
  }

  append(vector: Float32Array): void {
    this.values.append(vector);
  }

  dropFirst(count: number): void {
    this.values.dropFirst(count * this.size);
  }

  take(): Float32Array {
    return this.values.take();
  }
}

/** Transitions as flat rows. @throws {LearningError} when their sizes differ */
export function packVectors(
  transitions: readonly Transition<Float32Array, Float32Array>[],
): VectorTransitions {
  const packer = new VectorPacker();
  for (const transition of transitions) packer.add(transition);
  return packer.take();
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
