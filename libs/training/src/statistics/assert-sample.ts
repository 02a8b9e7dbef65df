import { LearningError } from '@ricochet/rl';

/** @throws {LearningError} when `values` (called `name` in the message) are none, or one is NaN or infinite */
export function assertSample(values: readonly number[], name: string): void {
  if (values.length === 0) throw new LearningError('LEARNING_TOO_FEW', `${name} has no values`);
  const odd = values.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0) throw new LearningError('LEARNING_NOT_FINITE', `${name}[${odd}] is ${values[odd]}`);
}
