interface Held {
  readonly receiver: string;
  readonly sends: (() => void)[];
}

/**
 * Messages to those who are in no hurry, by the handful: a process that wakes up for six reports takes hardly longer than
 * for one. Receivers take turns, so that they do not all wake up at once.
 */
export class LeisurelyDeliveries {
  /** Who waits longest is first. No Map: what a table holds that a Map has outgrown is kept for long. */
  private readonly held: Held[] = [];
  private timer: NodeJS.Timeout | undefined;
  /** Of the round under way. */
  private turnMs = 0;
  private turnsLeft = 0;

  /** @param roundMs all have had their turn in so long, wall time: no message waits for more than two rounds */
  constructor(private readonly roundMs: number) {}

  /** Sends it with the receiver's next ones, which are no more than `atMost` then. */
  hold(receiver: string, atMost: number, send: () => void): void {
    const held = this.held.find((one) => one.receiver === receiver);
    if (held === undefined) this.held.push({ receiver, sends: [send] });
    else held.sends.push(send);
    if ((held?.sends.length ?? 1) >= atMost) this.flush(receiver);
    if (this.held.length > 0) this.timer ??= this.nextTurn();
  }

  /** Sends what the receiver has not been sent yet, now. */
  flush(receiver: string): void {
    const place = this.held.findIndex((one) => one.receiver === receiver);
    if (place < 0) return;
    const [held] = this.held.splice(place, 1);
    for (const send of held?.sends ?? []) send();
  }

  flushAll(): void {
    for (const { receiver } of [...this.held]) this.flush(receiver);
    clearTimeout(this.timer);
    this.timer = undefined;
    this.turnsLeft = 0;
  }

  private nextTurn(): NodeJS.Timeout {
    if (this.turnsLeft === 0) {
      this.turnsLeft = this.held.length;
      this.turnMs = this.roundMs / this.held.length;
    }
    return setTimeout(() => {
      this.turnsLeft -= 1;
      const [first] = this.held;
      if (first !== undefined) this.flush(first.receiver);
      if (this.held.length === 0) this.turnsLeft = 0;
      this.timer = this.held.length > 0 ? this.nextTurn() : undefined;
    }, this.turnMs);
  }
}
