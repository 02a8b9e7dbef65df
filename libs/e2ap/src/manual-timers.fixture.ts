import { type Timers } from './transport.js';

/** Time stands still until it is told to go on. */
export class ManualTimers implements Timers {
  private nowMs = 0;
  private readonly waiting = new Set<{ readonly atMs: number; readonly call: () => void }>();

  get running(): number {
    return this.waiting.size;
  }

  after(delayMs: number, call: () => void): () => void {
    const timer = { atMs: this.nowMs + delayMs, call };
    this.waiting.add(timer);
    return () => this.waiting.delete(timer);
  }

  advance(ms: number): void {
    this.nowMs += ms;
    for (const timer of [...this.waiting]) {
      if (timer.atMs > this.nowMs) continue;
      this.waiting.delete(timer);
      timer.call();
    }
  }
}
