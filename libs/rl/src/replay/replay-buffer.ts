import { type SeededRandom } from '../random/seeded-random.js';

/** Transitions that were recorded together, in flat arrays, oldest first. */
export interface TransitionBatch {
  /** How many transitions. */
  readonly count: number;
}

/** One transition where it lies. */
export interface TransitionRef<B extends TransitionBatch> {
  readonly batch: B;
  readonly row: number;
}

/** Transitions to learn from, and others to judge by. */
export interface ReplaySplit<B extends TransitionBatch> {
  readonly training: readonly TransitionRef<B>[];
  readonly heldBack: readonly TransitionRef<B>[];
}

export interface ReplayLimits {
  /** Transitions that are kept. */
  readonly capacity: number;
  /** Bytes that are kept, so that states of many elements do not fill the memory; the newest batch always stays. */
  readonly maxBytes: number;
}

export const DEFAULT_REPLAY_LIMITS: ReplayLimits = { capacity: 2_000, maxBytes: 8 * 1024 * 1024 };

/** What a replay buffer holds. */
export interface ReplaySnapshot<B> {
  /** Transitions that were ever added. */
  readonly added: number;
  /** Oldest first. */
  readonly batches: readonly B[];
}

interface Chunk<B> {
  readonly batch: B;
  readonly bytes: number;
  /** Number of its first transition, counted from the first that was ever added. */
  readonly first: number;
}

/**
 * The newest transitions of one task. Keeps batches as they come, without copying: the arrays of a batch that was
 * added belong to the buffer.
 */
export class ReplayBuffer<B extends TransitionBatch> {
  private readonly chunks: Chunk<B>[] = [];
  private bytes = 0;
  private added = 0;

  constructor(private readonly limits: ReplayLimits = DEFAULT_REPLAY_LIMITS) {}

  /** Transitions that can be drawn. */
  get size(): number {
    return this.added - this.oldest;
  }

  /** Appends a batch; the oldest transitions make room for it. */
  add(batch: B): void {
    if (batch.count === 0) return;
    const bytes = bytesOf(batch);
    this.chunks.push({ batch, bytes, first: this.added });
    this.added += batch.count;
    this.bytes += bytes;
    while (this.chunks.length > 1 && this.firstIsSpent()) this.bytes -= this.chunks.shift()!.bytes;
  }

  /** `count` different transitions, each as likely. @throws RangeError when there are not as many */
  sample(count: number, random: SeededRandom): TransitionRef<B>[] {
    const oldest = this.oldest;
    return Array.from(random.distinct(this.size, count), (index) => this.at(oldest + index));
  }

  /**
   * All transitions, oldest first, in two parts: every so many-th that was ever added is held back, so that what is
   * in which part does not change as more are added and the oldest go.
   */
  split(heldBackEvery: number): ReplaySplit<B> {
    const split: { training: TransitionRef<B>[]; heldBack: TransitionRef<B>[] } = {
      training: [],
      heldBack: [],
    };
    for (let index = this.oldest; index < this.added; index++) {
      const part = index % heldBackEvery === heldBackEvery - 1 ? split.heldBack : split.training;
      part.push(this.at(index));
    }
    return split;
  }

  /** The batches that it holds, to go on from later. */
  snapshot(): ReplaySnapshot<B> {
    return { added: this.added, batches: this.chunks.map(({ batch }) => batch) };
  }

  /** Goes on from a snapshot, whose arrays belong to the buffer from now on. */
  restore({ added, batches }: ReplaySnapshot<B>): void {
    this.chunks.length = 0;
    this.bytes = 0;
    this.added = added - batches.reduce((sum, { count }) => sum + count, 0);
    for (const batch of batches) this.add(batch);
  }

  /** Number of the oldest transition that counts; its batch may hold older ones still. */
  private get oldest(): number {
    return Math.max(this.chunks[0]?.first ?? 0, this.added - this.limits.capacity);
  }

  /** Whether the oldest batch is out of the capacity as a whole, or has to go for its bytes. */
  private firstIsSpent(): boolean {
    return this.bytes > this.limits.maxBytes || this.chunks[1]!.first <= this.added - this.limits.capacity;
  }

  private at(index: number): TransitionRef<B> {
    let [low, high] = [0, this.chunks.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.chunks[middle]!.first <= index) low = middle;
      else high = middle - 1;
    }
    const { batch, first } = this.chunks[low]!;
    return { batch, row: index - first };
  }
}

function bytesOf(batch: TransitionBatch): number {
  let bytes = 0;
  for (const value of Object.values(batch) as unknown[])
    if (ArrayBuffer.isView(value)) bytes += value.byteLength;
  return bytes;
}
