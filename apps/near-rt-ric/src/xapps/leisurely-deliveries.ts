/**
 * Messages to those who are in no hurry, by the handful: a process that wakes up for six reports takes hardly longer than
 * for one. Receivers take turns, so that they do not all wake up at once.
 */
export class LeisurelyDeliveries {
  private readonly held = new Map<string, (() => void)[]>();
  private timer: NodeJS.Timeout | undefined;
  /** Of the round under way. */
  private turnMs = 0;
  private turnsLeft = 0;

  /** @param roundMs all have had their turn in so long, wall time: no message waits for more than two rounds */
  constructor(private readonly roundMs: number) {}

  /** Sends it with the receiver's next ones, which are no more than `atMost` then. */
  hold(receiver: string, atMost: number, send: () => void): void {
    const sends = this.held.get(receiver);
    if (sends === undefined) this.held.set(receiver, [send]);
    else sends.push(send);
    if ((sends?.length ?? 1) >= atMost) this.flush(receiver);
    if (this.held.size > 0) this.timer ??= this.nextTurn();
  }

  /** Sends what the receiver has not been sent yet, now. */
  flush(receiver: string): void {
    const sends = this.held.get(receiver) ?? [];
    this.held.delete(receiver);
    for (const send of sends) send();
  }

  flushAll(): void {
    for (const receiver of [...this.held.keys()]) this.flush(receiver);
    clearTimeout(this.timer);
    this.timer = undefined;
    this.turnsLeft = 0;
  }

  private nextTurn(): NodeJS.Timeout {
    if (this.turnsLeft === 0) {
      this.turnsLeft = this.held.size;
      this.turnMs = this.roundMs / this.held.size;
    }
    return setTimeout(() => {
      this.turnsLeft -= 1;
      const [first] = this.held.keys();
      if (first !== undefined) this.flush(first);
      if (this.held.size === 0) this.turnsLeft = 0;
      this.timer = this.held.size > 0 ? this.nextTurn() : undefined;
    }, this.turnMs);
  }
}
