import { type Timers } from './transport.js';

const LINES_AT_ONCE = 10;
const WINDOW_MS = 1_000;

/** Lets ten lines a second through and tells of the others in one: what a peer sends must not fill a log. */
export class BoundedLines {
  private told = 0;
  private held = 0;
  private cancelWindow: (() => void) | undefined;

  constructor(
    private readonly timers: Timers,
    private readonly out: (line: string) => void,
  ) {}

  tell(line: string): void {
    this.cancelWindow ??= this.timers.after(WINDOW_MS, () => this.flush());
    if (this.told >= LINES_AT_ONCE) {
      this.held += 1;
      return;
    }
    this.told += 1;
    this.out(line);
  }

  /** Ends the second: what was held back is told, and no timer runs any more. */
  flush(): void {
    this.cancelWindow?.();
    this.cancelWindow = undefined;
    const { held } = this;
    this.told = this.held = 0;
    if (held > 0) this.out(`… and ${held} more like these`);
  }
}
