import { RicochetError } from '@ricochet/platform';

/** What the user asked for can not be done; the message says why, the exit code is 2 for a wrong input. */
export class CliError extends RicochetError {
  constructor(
    message: string,
    readonly exitCode: 1 | 2 = 2,
  ) {
    super('CLI', message);
  }
}
