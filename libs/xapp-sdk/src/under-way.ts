/** Of those that were added between two calls of `idle`. */
interface Batch {
  open: number;
  onNone: (() => void) | undefined;
}

/**
 * What is under way of that which comes hundreds of times a second. It is counted and not kept: a table that a Set has
 * outgrown would hold it for long.
 */
export class UnderWay {
  private batch: Batch = { open: 0, onNone: undefined };
  private earlier: Promise<unknown> = Promise.resolve();

  add(work: Promise<unknown>): void {
    const { batch } = this;
    batch.open += 1;
    const ended = (): void => {
      batch.open -= 1;
      if (batch.open === 0) batch.onNone?.();
    };
    work.then(ended, ended);
  }

  /** All that was added so far has settled; what is added meanwhile is not waited for. */
  async idle(): Promise<void> {
    const { batch } = this;
    this.batch = { open: 0, onNone: undefined };
    if (batch.open > 0) {
      const none = new Promise<void>((resolve) => (batch.onNone = resolve));
      this.earlier = Promise.all([this.earlier, none]);
    }
    await this.earlier;
  }
}
