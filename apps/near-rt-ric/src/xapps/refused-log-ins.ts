import { type LogIn } from '@ricochet/bus';
import { type Timers } from '@ricochet/e2ap';

const SUMMED_UP_EVERY_MS = 60_000;
const MAX_NAME_LENGTH = 40;

/** Tells of refused log-ins: the first at once, those of the minute after it in one line. */
export class RefusedLogIns {
  private more = 0;
  private last = '';
  private isQuiet = true;

  constructor(
    private readonly timers: Timers,
    private readonly warn: (line: string) => void,
  ) {}

  tell({ user, host }: Pick<LogIn, 'user' | 'host'>): void {
    // Anybody chooses these names.
    this.last = `user ${JSON.stringify(user.slice(0, MAX_NAME_LENGTH))} from ${host}`;
    if (!this.isQuiet) {
      this.more += 1;
      return;
    }
    this.warn(`NATS log-in refused: ${this.last} is no xApp that runs, or has another password`);
    this.begin();
  }

  private begin(): void {
    this.isQuiet = false;
    this.timers.after(SUMMED_UP_EVERY_MS, () => {
      const { more, last } = this;
      this.more = 0;
      this.isQuiet = true;
      if (more === 0) return;
      this.warn(`NATS log-ins refused in the last minute: ${more} more, the last of ${last}`);
      this.begin();
    });
  }
}
