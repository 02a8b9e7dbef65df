/** What was wrong with what a learner was given, stable for programs. */
export type LearningErrorCode =
  /** A vector or array of the wrong length. */
  | 'LEARNING_BAD_SHAPE'
  /** NaN or infinite numbers. */
  | 'LEARNING_NOT_FINITE'
  /** An option or a value out of its range. */
  | 'LEARNING_BAD_INPUT'
  /** Parameters are needed before this. */
  | 'LEARNING_NO_MODEL'
  /** More transitions are needed before this. */
  | 'LEARNING_TOO_FEW';

/** Bad input to the learning: a line that says what and where, a stable code. */
export class LearningError extends Error {
  override readonly name = 'LearningError';

  constructor(
    readonly code: LearningErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** @throws {LearningError} when `values` (called `name` in the message) is not of `length` finite numbers */
export function assertVector(values: Float32Array, length: number, name: string): void {
  if (values.length !== length) {
    throw new LearningError('LEARNING_BAD_SHAPE', `${name} has ${values.length} values instead of ${length}`);
  }
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    // x - x is 0 for finite numbers only: several times as fast as asking, and gradients are long.
    if (value - value !== 0) throw new LearningError('LEARNING_NOT_FINITE', `${name}[${i}] is ${value}`);
  }
}
