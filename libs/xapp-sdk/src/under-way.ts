/**
 * How many of what comes hundreds of times a second are under way. They are counted and not kept: what a Set held when
 * it grew would outlive it.
 */
export class UnderWay {
  private count = 0;
  private waiting: (() => void)[] = [];

  /** @param work never rejects */
  add(work: Promise<unknown>): void {
    this.count += 1;
    void work.then(() => this.ended());
  }

  /** None is under way. */
  async idle(): Promise<void> {
    if (this.count > 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private ended(): void {
    this.count -= 1;
    if (this.count > 0) return;
    for (const resolve of this.waiting) resolve();
    this.waiting = [];
  }
}
