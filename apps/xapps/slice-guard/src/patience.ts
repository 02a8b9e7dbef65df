const FIRST_WAIT_MS = 1_000;
const MAX_WAIT_MS = 16_000;

/** When to try again what did not help: after 1 s, then 2 s, up to 16 s, of simulation time. */
export class Patience {
  private waitMs = FIRST_WAIT_MS;
  private untilMs = -Infinity;

  isOut(timeMs: number): boolean {
    return timeMs < this.untilMs;
  }

  /** It did not help. @returns how long to wait */
  lose(timeMs: number): number {
    const { waitMs } = this;
    this.untilMs = timeMs + waitMs;
    this.waitMs = Math.min(MAX_WAIT_MS, 2 * waitMs);
    return waitMs;
  }

  /** Whatever the reason, wait until then. */
  until(timeMs: number): void {
    this.untilMs = Math.max(this.untilMs, timeMs);
  }

  /** It helped. */
  restore(): void {
    this.waitMs = FIRST_WAIT_MS;
  }
}
