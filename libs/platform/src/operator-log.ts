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
    this.logger.info(line);
    this.keep(line);
  }

  warn(line: string): void {
    this.logger.warn(line);
    this.keep(line);
  }

  private keep(line: string): void {
    this.kept.push(line);
    if (this.kept.length > KEPT_LINES) this.kept.shift();
  }
}
