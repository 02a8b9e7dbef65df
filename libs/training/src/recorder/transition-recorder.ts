import { type TransitionBatch, type TransitionPacker } from '@ricochet/rl';

/** One decision: what was seen, what was done, and what the decision before it had brought. */
export interface Decision<State, Action> {
  readonly state: State;
  readonly action: Action;
  /** For the period since the decision before; absent when there was none that this one follows on. */
  readonly reward?: number | undefined;
}

interface Track<State, Action, B extends TransitionBatch> {
  last: { readonly state: State; readonly action: Action } | undefined;
  readonly packer: TransitionPacker<State, Action, B>;
}

/**
 * Turns the decisions of the control thread into transitions, for each node apart. Keeps the last state and action
 * that it is given, until the next: they must not be written to afterwards.
 */
export class TransitionRecorder<State, Action, B extends TransitionBatch> {
  private readonly tracks = new Map<string, Track<State, Action, B>>();

  /**
   * @param Packer makes the flat arrays that travel: `VectorPacker` or `ElementPacker`
   * @param capacity transitions a node that wait to be handed over; the oldest go first
   */
  constructor(
    private readonly Packer: new (capacity: number) => TransitionPacker<State, Action, B>,
    private readonly capacity = 2_000,
  ) {}

  /** Takes a decision of the node in; with its reward the decision before becomes a transition. */
  record(nodeId: string, { state, action, reward }: Decision<State, Action>): void {
    let track = this.tracks.get(nodeId);
    if (track === undefined) this.tracks.set(nodeId, (track = { last: undefined, packer: this.newPacker() }));
    const { last, packer } = track;
    if (last !== undefined && reward !== undefined) {
      packer.add({ state: last.state, action: last.action, reward, next: state });
    }
    track.last = { state, action };
  }

  /** Nodes that have transitions to hand over. */
  nodes(): string[] {
    return [...this.tracks].flatMap(([nodeId, { packer }]) => (packer.count > 0 ? [nodeId] : []));
  }

  /** Hands the node's transitions over and begins a new batch. */
  take(nodeId: string): B {
    const { packer } = this.tracks.get(nodeId) ?? { packer: this.newPacker() };
    return packer.take();
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

  private newPacker(): TransitionPacker<State, Action, B> {
    return new this.Packer(this.capacity);
  }
}
