import { type Candidates } from './candidates.js';

/**
 * PRBs of a slice to its UEs by priority: the highest metric gets what it needs, then the next, until all is given.
 * Ties go to the first candidate. A binary heap over the candidates: linear to build, logarithmic a pick.
 */
export class UePriority {
  /** [UEs] metric of each candidate, filled by the caller. */
  readonly metric: Float64Array;
  private readonly heap: Int32Array;

  private readonly need: Float64Array;
  private readonly granted: Int32Array;

  constructor({ need, granted }: Candidates) {
    this.need = need;
    this.granted = granted;
    this.metric = new Float64Array(need.length);
    this.heap = new Int32Array(need.length);
  }

  /** Shares `budget` PRBs among the candidates first … last − 1. */
  share(first: number, last: number, budget: number): void {
    const { need, granted, heap } = this;
    let size = last - first;
    for (let i = 0; i < size; i++) {
      heap[i] = first + i;
      granted[first + i] = 0;
    }
    for (let i = (size >> 1) - 1; i >= 0; i--) this.sink(i, size);
    let left = budget;
    while (left > 0 && size > 0) {
      const best = heap[0] as number;
      const asked = need[best] as number;
      granted[best] = asked < left ? asked : left;
      left -= granted[best];
      heap[0] = heap[--size] as number;
      this.sink(0, size);
    }
  }

  private sink(from: number, size: number): void {
    const { heap } = this;
    const moving = heap[from] as number;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && this.precedes(heap[child + 1] as number, heap[child] as number)) child++;
      if (!this.precedes(heap[child] as number, moving)) break;
      heap[at] = heap[child] as number;
      at = child;
    }
    heap[at] = moving;
  }

  private precedes(a: number, b: number): boolean {
    const difference = (this.metric[a] as number) - (this.metric[b] as number);
    return difference > 0 || (difference === 0 && a < b);
  }
}
