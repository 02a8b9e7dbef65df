import { LearningError } from '../learning.error.js';

/** A stretch of a flat vector of parameters that shares a learning rate. */
export interface ParameterRange {
  readonly length: number;
  readonly learningRate: number;
}

/** Number of parameters in all ranges. Throws on a length or rate that is none. */
export function lengthOf(ranges: readonly ParameterRange[]): number {
  ranges.forEach(({ length, learningRate }, i) => {
    if (!Number.isSafeInteger(length) || length < 0 || !Number.isFinite(learningRate)) {
      throw new LearningError(
        'LEARNING_BAD_INPUT',
        `parameter range ${i}: ${length} parameters at learning rate ${learningRate}`,
      );
    }
  });
  return ranges.reduce((sum, { length }) => sum + length, 0);
}

/** Throws unless each named vector has `length` floats. */
export function expectLengths(length: number, vectors: Readonly<Record<string, Float32Array>>): void {
  for (const [name, vector] of Object.entries(vectors)) {
    if (vector.length !== length) {
      throw new LearningError('LEARNING_BAD_SHAPE', `${name}: ${vector.length} floats instead of ${length}`);
    }
  }
}
