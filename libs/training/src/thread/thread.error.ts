export type ThreadErrorCode =
  /** What the thread serves threw something that is no bad input. */
  | 'THREAD_FAILED'
  /** The thread was stopped, or ended by itself. */
  | 'THREAD_GONE';

export class ThreadError extends Error {
  override readonly name = 'ThreadError';

  constructor(
    readonly code: ThreadErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
