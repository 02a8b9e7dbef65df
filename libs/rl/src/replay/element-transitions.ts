import { LearningError, assertVector } from '../learning.error.js';
import { type TransitionBatch, type TransitionRef } from './replay-buffer.js';
import { assertCount, type Transition } from './vector-transitions.js';

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

/**
 * Transitions as flat arrays; a state that is the end of one and the beginning of the next is kept once.
 * @throws {LearningError} an action with more or fewer weights than its state has elements
 */
export function packElements(
  transitions: readonly Transition<ElementState, Float32Array>[],
): ElementTransitions {
  const states: { readonly state: ElementState; weights?: Float32Array }[] = [];
  const count = transitions.length;
  const [from, to] = [new Int32Array(count), new Int32Array(count)];
  transitions.forEach(({ state, action, next }, i) => {
    if (action.length !== state.groups.length) {
      const message = `${action.length} weights for ${state.groups.length} elements`;
      throw new LearningError('LEARNING_BAD_SHAPE', message);
    }
    if (states.at(-1)?.state !== state) states.push({ state });
    states.at(-1)!.weights = action;
    from[i] = states.length - 1;
    to[i] = states.push({ state: next }) - 1;
  });

  const starts = new Int32Array(states.length + 1);
  states.forEach(({ state }, i) => (starts[i + 1] = starts[i]! + state.groups.length));
  const elements = starts[states.length]!;
  const features = new Float32Array(states.reduce((sum, { state }) => sum + state.features.length, 0));
  const [groups, weights] = [new Int32Array(elements), new Float32Array(elements)];
  let atFeature = 0;
  states.forEach(({ state, weights: action }, i) => {
    features.set(state.features, atFeature);
    atFeature += state.features.length;
    groups.set(state.groups, starts[i]);
    if (action !== undefined) weights.set(action, starts[i]);
  });
  const rewards = Float32Array.from(transitions, ({ reward }) => reward);
  return { count, from, to, rewards, starts, features, groups, weights };
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
