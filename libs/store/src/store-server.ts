import type { Argument, Operation, Result, StoreBackend } from './store-operations.js';
import type { StoreDatabase } from './store-database.js';

/** How often retention looks whether there is something to delete, ms. */
const PRUNE_PERIOD_MS = 1000;

/**
 * Carries operations out on a database one after the other (parallel transactions on one SQLite connection
 * throw), and prunes in between, one step at a time.
 */
export class StoreServer implements StoreBackend {
  private last: Promise<unknown> = Promise.resolve();
  private pruning = false;
  private readonly timer = setInterval(() => void this.prune(), PRUNE_PERIOD_MS).unref();

  constructor(private readonly database: StoreDatabase) {}

  call<O extends Operation>(operation: O, argument: Argument<O>): Promise<Result<O>> {
    if (operation === 'close') clearInterval(this.timer);
    return this.enqueue(() => this.database.call(operation, argument));
  }

  /** Prunes until nothing is left to delete; operations that arrive meanwhile go in between. */
  async prune(): Promise<void> {
    if (this.pruning) return;
    this.pruning = true;
    try {
      while (await this.enqueue(() => this.database.prune(Date.now()))) {
        await new Promise((resolve) => setImmediate(resolve));
      }
    } catch {
      // Whatever hinders a delete hinders the writes too, and they report it. The next period tries again.
    } finally {
      this.pruning = false;
    }
  }

  private enqueue<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }
}
