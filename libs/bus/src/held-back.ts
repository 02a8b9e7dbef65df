/**
 * Messages that can wait: they go out just before whatever is sent next, in the same write, or after a while. A process
 * that wakes up for two messages takes hardly longer than for one.
 */
export class HeldBack {
  private held: (() => void)[] = [];
  private timer: NodeJS.Timeout | undefined;

  /** @param forMs about so long at most, wall time */
  constructor(private readonly forMs: number) {}

  /** @param send never throws */
  hold(send: () => void): void {
    this.held.push(send);
    this.timer ??= setTimeout(() => this.release(), this.forMs);
  }

  /** Sends them, in their order. */
  release(): void {
    if (this.timer === undefined) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    const { held } = this;
    this.held = [];
    for (const send of held) send();
  }
}
