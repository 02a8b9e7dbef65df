import { oneLine } from './errors.js';
import { createLogger, type Logger } from './logger.js';

const KEPT_LINES = 6;

/** Lines worth an operator's eye: into the service's log, and the latest of them into its status. */
export class OperatorLog {
  private readonly logger: Logger;
  private readonly kept: string[] = [];

  constructor(service: string) {
    this.logger = createLogger(service);
  }

  get latest(): readonly string[] {
    return this.kept;
  }

  info(line: string): void {
    this.logger.info(this.keep(line));
  }

  warn(line: string): void {
    this.logger.warn(this.keep(line));
  }

  /** Gives it in a form that can be shown. */
  private keep(line: string): string {
    const shown = oneLine(line);
    this.kept.push(shown);
    if (this.kept.length > KEPT_LINES) this.kept.shift();
    return shown;
  }
}
