import { type Transition, type TransitionBatch } from '@ricochet/rl';

/** One decision: what was seen, what was done, and what the decision before it had brought. */
export interface Decision<State, Action> {
  readonly state: State;
  readonly action: Action;
  /** For the period since the decision before; absent when there was none that this one follows on. */
  readonly reward?: number | undefined;
}

interface Track<State, Action> {
  last: { readonly state: State; readonly action: Action } | undefined;
  transitions: Transition<State, Action>[];
}

/**
 * Turns the decisions of the control thread into transitions, for each node apart. Keeps the states and actions that
 * it is given: they must not be written to afterwards. Copies them once, when they are handed over.
 */
export class TransitionRecorder<State, Action, B extends TransitionBatch> {
  private readonly tracks = new Map<string, Track<State, Action>>();

  /**
   * @param pack makes the flat arrays that travel: `packVectors` or `packElements`
   * @param capacity transitions a node that wait to be handed over; the oldest go first
   */
  constructor(
    private readonly pack: (transitions: readonly Transition<State, Action>[]) => B,
    private readonly capacity = 2_000,
  ) {}

  /** Takes a decision of the node in; with its reward the decision before becomes a transition. */
  record(nodeId: string, { state, action, reward }: Decision<State, Action>): void {
    let track = this.tracks.get(nodeId);
    if (track === undefined) this.tracks.set(nodeId, (track = { last: undefined, transitions: [] }));
    const { last } = track;
    if (last !== undefined && reward !== undefined) {
      track.transitions.push({ state: last.state, action: last.action, reward, next: state });
      if (track.transitions.length > this.capacity) track.transitions.shift();
    }
    track.last = { state, action };
  }

  /** Nodes that have transitions to hand over. */
  nodes(): string[] {
    return [...this.tracks].flatMap(([nodeId, { transitions }]) => (transitions.length > 0 ? [nodeId] : []));
  }

  /** Hands the node's transitions over and begins a new batch. */
  take(nodeId: string): B {
    const track = this.tracks.get(nodeId);
    const batch = this.pack(track?.transitions ?? []);
    if (track !== undefined) track.transitions = [];
    return batch;
  }

  /** The node's next decision follows on none: reports were lost, or someone else decided. */
  interrupt(nodeId: string): void {
    const track = this.tracks.get(nodeId);
    if (track !== undefined) track.last = undefined;
  }

  /** The node is gone. */
  forget(nodeId: string): void {
    this.tracks.delete(nodeId);
  }
}
