export type LearnerThreadErrorCode =
  /** The learner threw something that is no bad input. */
  | 'LEARNER_FAILED'
  /** The thread was stopped, or ended by itself. */
  | 'LEARNER_GONE';

export class LearnerThreadError extends Error {
  override readonly name = 'LearnerThreadError';

  constructor(
    readonly code: LearnerThreadErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
