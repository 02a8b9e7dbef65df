import { LearningError, assertVector } from '../learning.error.js';
import { growingFloats, growingIntegers } from './growing-array.js';
import { type TransitionBatch, type TransitionRef } from './replay-buffer.js';
import { DROPPED_AT, type Transition, type TransitionPacker } from './transition-packer.js';
import { assertCount } from './vector-transitions.js';

/** A state that is a set: any number of elements (UEs), none included, each with features and in a group (slice). */
export interface ElementState {
  /** [elements, features] */
  readonly features: Float32Array;
  /** [elements] from 0, per state */
  readonly groups: Int32Array;
}

/**
 * Transitions whose states are sets. A state lies here once, also where one transition ends and the next begins in
 * it: states are numbered, their elements lie one after the other.
 */
export interface ElementTransitions extends TransitionBatch {
  /** [count] the state that transition i begins in. */
  readonly from: Int32Array;
  /** [count] the state that it ends in. */
  readonly to: Int32Array;
  /** [count] */
  readonly rewards: Float32Array;
  /** [states + 1] where the elements of each state begin, and where the last one's end. */
  readonly starts: Int32Array;
  /** [elements of all states, features] */
  readonly features: Float32Array;
  /** [elements of all states] */
  readonly groups: Int32Array;
  /** [elements of all states] the weights that were the action taken there; zeros in a state where none was. */
  readonly weights: Float32Array;
}

/** Sets that were put side by side. */
export interface ElementBatch {
  /** How many sets. */
  readonly count: number;
  /** [elements, features] */
  readonly features: Float32Array;
  /** [elements] the set of each */
  readonly setOf: Int32Array;
  /** [elements] the group of each, counted through all sets */
  readonly groupOf: Int32Array;
  readonly groupCount: number;
  /** [elements] how many elements the group of each has */
  readonly groupSizes: Float32Array;
}

/** Transitions that were drawn. */
export interface ElementMinibatch {
  readonly count: number;
  readonly states: ElementBatch;
  /** [elements of the states] */
  readonly weights: Float32Array;
  /** [count] */
  readonly rewards: Float32Array;
  readonly nextStates: ElementBatch;
}

/** Packs transitions as flat arrays; a state that is the end of one and the beginning of the next is kept once. */
export class ElementPacker implements TransitionPacker<ElementState, Float32Array, ElementTransitions> {
  private readonly from = growingIntegers();
  private readonly to = growingIntegers();
  private readonly rewards = growingFloats();
  /** Where the elements of each state end. */
  private readonly ends = growingIntegers();
  private readonly features = growingFloats();
  private readonly groups = growingIntegers();
  private readonly weights = growingFloats();
  private last: ElementState | undefined;

  /** @param capacity transitions that wait at most */
  constructor(private readonly capacity = Infinity) {}

  get count(): number {
    return this.rewards.length;
  }

  add({ state, action, reward, next }: Transition<ElementState, Float32Array>): void {
    if (action.length !== state.groups.length) {
      const message = `${action.length} weights for ${state.groups.length} elements`;
      throw new LearningError('LEARNING_BAD_SHAPE', message);
    }
    if (this.last !== state) this.append(state);
    const from = this.ends.length - 1;
    this.weights.set(action, this.groups.length - action.length);
    this.append(next);
    this.from.push(from);
    this.to.push(from + 1);
    this.rewards.push(reward);
    if (this.count >= DROPPED_AT * this.capacity) this.keepNewest();
  }

  take(): ElementTransitions {
    this.keepNewest();
    this.last = undefined;
    const { count } = this;
    const ends = this.ends.take();
    const starts = new Int32Array(ends.length + 1);
    starts.set(ends, 1);
    return {
      count,
      from: this.from.take(),
      to: this.to.take(),
      rewards: this.rewards.take(),
      starts,
      features: this.features.take(),
      groups: this.groups.take(),
      weights: this.weights.take(),
    };
  }

  private append(state: ElementState): void {
    this.features.append(state.features);
    this.groups.append(state.groups);
    this.weights.appendZeros(state.groups.length);
    this.ends.push(this.groups.length);
    this.last = state;
  }

  private keepNewest(): void {
    const spent = this.count - this.capacity;
    if (!(spent > 0)) return;
    const states = this.from.at(spent);
    const elements = states === 0 ? 0 : this.ends.at(states - 1);
    const width = this.groups.length === 0 ? 0 : this.features.length / this.groups.length;
    this.from.dropFirst(spent, states);
    this.to.dropFirst(spent, states);
    this.rewards.dropFirst(spent);
    this.ends.dropFirst(states, elements);
    this.features.dropFirst(elements * width);
    this.groups.dropFirst(elements);
    this.weights.dropFirst(elements);
  }
}

/**
 * Transitions as flat arrays.
 * @throws {LearningError} an action with more or fewer weights than its state has elements
 */
export function packElements(
  transitions: readonly Transition<ElementState, Float32Array>[],
): ElementTransitions {
  const packer = new ElementPacker();
  for (const transition of transitions) packer.add(transition);
  return packer.take();
}

type ElementRef = TransitionRef<ElementTransitions>;

/** The transitions that were drawn, in their order, with the sets they begin in and those they end in. */
export function gatherElements(refs: readonly ElementRef[]): ElementMinibatch {
  const rewards = new Float32Array(refs.length);
  for (let i = 0; i < refs.length; i++) rewards[i] = refs[i]!.batch.rewards[refs[i]!.row]!;
  const states = sideBySide(refs, 'from');
  return {
    count: refs.length,
    states,
    weights: joined(refs, { end: 'from', name: 'weights', length: states.setOf.length }),
    rewards,
    nextStates: sideBySide(refs, 'to'),
  };
}

/** The sets that transitions begin in (`from`) or end in (`to`). */
function sideBySide(refs: readonly ElementRef[], end: 'from' | 'to'): ElementBatch {
  let elements = 0;
  for (const { batch, row } of refs) {
    const state = batch[end][row]!;
    elements += batch.starts[state + 1]! - batch.starts[state]!;
  }
  const [setOf, groupOf] = [new Int32Array(elements), new Int32Array(elements)];
  // As many as there can be: groups of a set are numbered below its elements.
  const members = new Int32Array(elements);
  let [at, groupCount, width] = [0, 0, 0];
  for (let set = 0; set < refs.length; set++) {
    const { batch, row } = refs[set]!;
    const { starts, groups, features } = batch;
    const state = batch[end][row]!;
    const last = starts[state + 1]!;
    const firstGroup = groupCount;
    if (groups.length > 0) width = features.length / groups.length;
    for (let element = starts[state]!; element < last; element++, at++) {
      const group = firstGroup + groups[element]!;
      setOf[at] = set;
      groupOf[at] = group;
      members[group]! += 1;
      if (group >= groupCount) groupCount = group + 1;
    }
  }
  const groupSizes = new Float32Array(elements);
  for (let i = 0; i < elements; i++) groupSizes[i] = members[groupOf[i]!]!;
  const features = joined(refs, { end, name: 'features', length: elements * width });
  return { count: refs.length, features, setOf, groupOf, groupCount, groupSizes };
}

/** What belongs to each element of all sets, `length` floats altogether. */
function joined(
  refs: readonly ElementRef[],
  { end, name, length }: { end: 'from' | 'to'; name: 'features' | 'weights'; length: number },
): Float32Array {
  const flat = new Float32Array(length);
  let to = 0;
  for (const { batch, row } of refs) {
    const state = batch[end][row]!;
    const values = batch[name];
    const width = values.length / batch.groups.length;
    const part = values.subarray(batch.starts[state]! * width, batch.starts[state + 1]! * width);
    flat.set(part, to);
    to += part.length;
  }
  return flat;
}

/** @throws {LearningError} when the arrays do not fit each other, or are not finite */
export function assertElementTransitions(batch: ElementTransitions, featureCount: number): void {
  const { count, starts, groups } = batch;
  assertCount(count);
  const what = `of ${count} transitions`;
  assertVector(batch.rewards, count, `rewards ${what}`);
  assertVector(batch.features, groups.length * featureCount, `features ${what}`);
  assertVector(batch.weights, groups.length, `weights ${what}`);
  const states = starts.length - 1;
  const ordered = starts.every((start, i) => start >= (starts[i - 1] ?? 0));
  if (states < 0 || starts[0] !== 0 || starts[states] !== groups.length || !ordered) {
    throw new LearningError('LEARNING_BAD_SHAPE', `starts ${what} do not divide ${groups.length} elements`);
  }
  for (const name of ['from', 'to'] as const) {
    if (batch[name].length !== count || batch[name].some((state) => state < 0 || state >= states)) {
      throw new LearningError('LEARNING_BAD_SHAPE', `${name} ${what} does not point to ${states} states`);
    }
  }
  for (let state = 0; state < states; state++) {
    const [first, end] = [starts[state]!, starts[state + 1]!];
    for (let element = first; element < end; element++) {
      const group = groups[element]!;
      if (group < 0 || group >= end - first) {
        throw new LearningError(
          'LEARNING_BAD_SHAPE',
          `groups of state ${state} ${what} are not numbered from 0`,
        );
      }
    }
  }
}
