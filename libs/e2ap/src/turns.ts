const MAX_WAITING = 4_096;

/** Lets a few at once do something, and the others wait for their turn in the order in which they came. */
export class Turns {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /** @throws Error when too many wait already; whatever `task` throws */
  async run<T>(atOnce: number, task: () => Promise<T>): Promise<T> {
    if (this.running >= atOnce) {
      if (this.waiting.length >= MAX_WAITING) throw new Error(`${MAX_WAITING} wait already for their turn`);
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.running += 1;
    }
    try {
      return await task();
    } finally {
      // The turn is handed on, or given back.
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}
