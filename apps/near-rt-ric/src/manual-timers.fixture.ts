import { type Timers } from '@ricochet/e2ap';

interface Timer {
  readonly dueMs: number;
  readonly call: () => void;
}

/** Timers of a clock that goes when it is told to. */
export class ManualTimers implements Timers {
  private nowMs = 0;
  private readonly running = new Set<Timer>();

  after(delayMs: number, call: () => void): () => void {
    const timer = { dueMs: this.nowMs + delayMs, call };
    this.running.add(timer);
    return () => this.running.delete(timer);
  }

  /** Lets time pass, and what is due in it happen in order. */
  advance(ms: number): void {
    const endMs = this.nowMs + ms;
    for (;;) {
      const [next] = [...this.running]
        .filter(({ dueMs }) => dueMs <= endMs)
        .toSorted((one, other) => one.dueMs - other.dueMs);
      if (next === undefined) break;
      this.running.delete(next);
      this.nowMs = next.dueMs;
      next.call();
    }
    this.nowMs = endMs;
  }
}

/** Lets all PDUs that are under way arrive, and their answers. */
export async function delivered(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}
