import { LearningError } from '@ricochet/rl';
import { assertSample } from './assert-sample.js';

/**
 * The q-quantile (0 ≤ q ≤ 1), linear between the sorted values (Hyndman and Fan, 1996, definition 7).
 *
 * @throws {LearningError} when there are no values, one is NaN or infinite, or q is out of its range
 */
export function quantile(values: readonly number[], q: number): number {
  if (!(q >= 0 && q <= 1)) throw new LearningError('LEARNING_BAD_INPUT', `q is ${q}, not from 0 to 1`);
  return quantileOfSorted(sorted(values), q);
}

/** The 0, 1, ..., 100 % quantiles; none of no values. @throws {LearningError} when one is NaN or infinite */
export function percentiles(values: readonly number[]): number[] {
  if (values.length === 0) return [];
  const ordered = sorted(values);
  return Array.from({ length: 101 }, (_, i) => quantileOfSorted(ordered, i / 100));
}

/** Five numbers of a sample, and how far a box chart's whiskers reach; all in the unit of the values. */
export interface BoxStatistics {
  min: number;
  q1: number;
  median: number;
  q3: number;
  max: number;
  /** The lowest value not below q1 − 1.5 (q3 − q1): Tukey's whisker. */
  lowWhisker: number;
  /** The highest value not above q3 + 1.5 (q3 − q1). */
  highWhisker: number;
}

/** @throws {LearningError} when there are no values, or one is NaN or infinite */
export function boxStatistics(values: readonly number[]): BoxStatistics {
  const ordered = sorted(values);
  const at = (q: number): number => quantileOfSorted(ordered, q);
  const [q1, q3] = [at(0.25), at(0.75)];
  const reach = 1.5 * (q3 - q1);
  return {
    min: at(0),
    q1,
    median: at(0.5),
    q3,
    max: at(1),
    lowWhisker: ordered.find((value) => value >= q1 - reach) as number,
    highWhisker: ordered.findLast((value) => value <= q3 + reach) as number,
  };
}

function sorted(values: readonly number[]): number[] {
  assertSample(values, 'values');
  return values.toSorted((a, b) => a - b);
}

function quantileOfSorted(ordered: readonly number[], q: number): number {
  const position = q * (ordered.length - 1);
  const below = Math.floor(position);
  const low = ordered[below] as number;
  const high = ordered[Math.ceil(position)] as number;
  return low + (position - below) * (high - low);
}
