import { CliError } from '../cli.error.js';

/** What was asked for was given up, because the user said so. */
export class InterruptedError extends CliError {
  constructor() {
    super('interrupted', 1);
  }
}

let interrupted: Promise<'interrupted'> | undefined;

/**
 * Resolves at the first Ctrl-C, SIGTERM or SIGHUP. The listeners stay: without any, what watches signals to restore
 * the terminal's cursor would let the signal end us in the middle of an orderly stop.
 */
export function onInterrupt(): Promise<'interrupted'> {
  interrupted ??= new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => resolve('interrupted'));
  });
  return interrupted;
}
