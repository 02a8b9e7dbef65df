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

/** The message of anything that was thrown, on one line. */
export function messageOf(thrown: unknown): string {
  return (thrown instanceof Error ? thrown.message : String(thrown)).replaceAll('\n', ' ');
}
