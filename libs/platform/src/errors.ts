/** Base of the errors that a person is meant to read: one line that says what and where, and a stable code. */
export class RicochetError extends Error {
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** A configuration key that is missing or has a wrong value. */
export class ConfigError extends RicochetError {
  constructor(message: string) {
    super('CONFIG_INVALID', message);
  }
}

/** The message of anything that was thrown, as {@link oneLine}. */
export function messageOf(thrown: unknown): string {
  return oneLine(thrown instanceof Error ? thrown.message : String(thrown));
}

const MAX_LINE = 2_000;

/** What others may have had a say in, fit to be shown: on one line, not endless, nothing in it that steers a terminal. */
export function oneLine(text: string): string {
  const shown = text.length > MAX_LINE ? `${text.slice(0, MAX_LINE)}…` : text;
  return shown.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}
