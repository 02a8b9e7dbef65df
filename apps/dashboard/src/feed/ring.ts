/** How much a ring keeps at most. */
export interface RingLimits {
  readonly entries: number;
  /** Of all texts, in characters. */
  readonly length: number;
}

/** A text that belongs to a moment of simulation time. */
export interface Timed {
  readonly timeMs: number;
  readonly text: string;
}

/** The latest texts, up to a number and a size; the oldest make room. */
export class Ring {
  private entries: Timed[] = [];
  private length = 0;

  constructor(private readonly limits: RingLimits) {}

  get size(): number {
    return this.entries.length;
  }

  add(entry: Timed): void {
    this.entries.push(entry);
    this.length += entry.text.length;
    while (this.entries.length > this.limits.entries || this.length > this.limits.length) {
      this.length -= this.entries.shift()?.text.length ?? 0;
    }
  }

  /** Oldest first; those before a time. */
  before(timeMs = Infinity): string[] {
    return this.entries.filter((entry) => entry.timeMs < timeMs).map(({ text }) => text);
  }

  get firstMs(): number | undefined {
    return this.entries[0]?.timeMs;
  }

  /** The latest that is not after a time. */
  at(timeMs: number): string | undefined {
    return this.entries.findLast((entry) => entry.timeMs <= timeMs)?.text;
  }

  clear(): void {
    this.entries = [];
    this.length = 0;
  }
}
