import { CliError } from '../cli.error.js';
import { type Range } from './axes.js';

/** A chart can not be drawn of these data: a fault of the program, not of what the user typed. */
export function chartFault(title: string, message: string): CliError {
  return new CliError(`chart "${title}": ${message}`, 1);
}

/** @throws {CliError} when there are no `names` (of what they are called), or one comes twice */
export function assertNames(title: string, what: string, names: readonly string[]): void {
  if (names.length === 0) throw chartFault(title, `no ${what}`);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw chartFault(title, `${what} "${twice}" comes twice`);
}

/** @throws {CliError} when an axis can not have this `range` */
export function assertRange(title: string, range: Range | undefined): void {
  if (range && !(Number.isFinite(range[0]) && Number.isFinite(range[1]) && range[0] < range[1])) {
    throw chartFault(title, `yRange is [${range.join(', ')}]`);
  }
}

/** @throws {CliError} when there are no `points`, or a number of one is NaN or infinite */
export function assertPoints(title: string, name: string, points: readonly (readonly number[])[]): void {
  if (points.length === 0) throw chartFault(title, `series "${name}" has no points`);
  for (const [i, point] of points.entries()) {
    if (!point.every(Number.isFinite)) {
      throw chartFault(title, `point ${i} of series "${name}" is [${point.join(', ')}]`);
    }
  }
}

/**
 * The [x, low, high] that can be drawn: those of intervals without bounds (of a single value) can not.
 *
 * @throws {CliError} when a number is NaN, or an x infinite
 */
export function drawnIntervals<T extends readonly [x: number, low: number, high: number]>(
  title: string,
  name: string,
  intervals: readonly T[],
): T[] {
  for (const [i, interval] of intervals.entries()) {
    if (!Number.isFinite(interval[0]) || interval.some(Number.isNaN)) {
      throw chartFault(title, `interval ${i} of series "${name}" is [${interval.join(', ')}]`);
    }
  }
  return intervals.filter(([, low, high]) => Number.isFinite(low) && Number.isFinite(high));
}
