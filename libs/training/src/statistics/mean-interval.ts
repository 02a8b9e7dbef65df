import { LearningError } from '@ricochet/rl';
import jStat from 'jstat';
import { assertSample } from './assert-sample.js';

/** A mean and its two-sided confidence interval, in the unit of the values. */
export interface MeanInterval {
  mean: number;
  /** Infinite when n is 1: one value tells nothing about the spread. */
  halfWidth: number;
  /** mean − halfWidth */
  low: number;
  /** mean + halfWidth */
  high: number;
  /** How many values there were. */
  n: number;
}

/**
 * The mean of independent values with Student's t interval, x̄ ± t(n − 1) s / √n.
 *
 * @param level probability that the interval holds the true mean, above 0 and below 1.
 * @throws {LearningError} when there are no values, one is NaN or infinite, or the level is out of its range
 */
export function meanInterval(values: readonly number[], level = 0.95): MeanInterval {
  assertSample(values, 'values');
  if (!(level > 0 && level < 1)) {
    throw new LearningError('LEARNING_BAD_INPUT', `level is ${level}, not above 0 and below 1`);
  }
  const n = values.length;
  const mean = sum(values) / n;
  const halfWidth = n === 1 ? Number.POSITIVE_INFINITY : tValue(level, n - 1) * standardError(values, mean);
  return { mean, halfWidth, low: mean - halfWidth, high: mean + halfWidth, n };
}

/**
 * The mean of a − b with its interval, where a[i] and b[i] were measured on the same random numbers: what the pairs
 * have in common cancels.
 *
 * @throws {LearningError} when the lengths differ, there are no values, or one is NaN or infinite
 */
export function pairedDifference(a: readonly number[], b: readonly number[], level = 0.95): MeanInterval {
  if (a.length !== b.length) {
    throw new LearningError('LEARNING_BAD_SHAPE', `pairs of ${a.length} and ${b.length} values`);
  }
  assertSample(a, 'a');
  assertSample(b, 'b');
  return meanInterval(
    a.map((value, i) => value - (b[i] as number)),
    level,
  );
}

function standardError(values: readonly number[], mean: number): number {
  const squares = sum(values.map((value) => (value - mean) ** 2));
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

function tValue(level: number, degreesOfFreedom: number): number {
  return jStat.studentt.inv((1 + level) / 2, degreesOfFreedom);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
