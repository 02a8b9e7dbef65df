import { createLogger, type Logger } from '@ricochet/platform';
import { Injectable } from '@nestjs/common';

const KEPT_LINES = 6;

/** Lines worth an operator's eye: into the log, and the latest of them into the status. */
@Injectable()
export class OperatorLog {
  private readonly logger: Logger = createLogger('non-rt-ric');
  private readonly kept: string[] = [];

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
