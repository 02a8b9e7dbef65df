import { type Timers } from '@ricochet/e2ap';

const MANY = 3;
const WITHIN_MS = 10_000;

/** Tells two nodes that claim the same id, and drive each other out, from one that comes back now and then. */
export class IdClaims {
  private readonly recent = new Map<string, number>();
  private readonly disputed = new Set<string>();

  constructor(private readonly timers: Timers) {}

  /** An id was claimed from a live association. True when that begins a quarrel: more than 3 times in 10 s. */
  claim(nodeId: string): boolean {
    const claims = (this.recent.get(nodeId) ?? 0) + 1;
    this.recent.set(nodeId, claims);
    this.timers.after(WITHIN_MS, () => this.expire(nodeId));
    if (claims <= MANY || this.disputed.has(nodeId)) return false;
    this.disputed.add(nodeId);
    return true;
  }

  /** Whether the id is quarrelled about, which has been told. */
  isDisputed(nodeId: string): boolean {
    return this.disputed.has(nodeId);
  }

  private expire(nodeId: string): void {
    const claims = (this.recent.get(nodeId) ?? 1) - 1;
    if (claims > 0) this.recent.set(nodeId, claims);
    else {
      this.recent.delete(nodeId);
      this.disputed.delete(nodeId);
    }
  }
}
