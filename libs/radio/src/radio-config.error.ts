/** A configuration or scenario value that the radio network can not work with; `key` names it by its path. */
export class RadioConfigError extends Error {
  override readonly name = 'RadioConfigError';

  constructor(
    readonly key: string,
    /** What is wrong with it. */
    readonly reason: string,
  ) {
    super(`radio: ${key} ${reason}`);
  }
}
