import { meanInterval } from '@ricochet/training';
import { type AssertionResult } from './judge-assertions.js';

/** A mean over the runs that have a value; `null` without any. */
export interface Estimate {
  readonly mean: number | null;
  /** Half of the mean's 95 % confidence interval, by Student's t; `null` with fewer than two values. */
  readonly halfWidth: number | null;
}

export function estimateOf(measured: readonly (number | null)[]): Estimate {
  const values = measured.filter((value) => value !== null);
  if (values.length === 0) return { mean: null, halfWidth: null };
  const { mean, halfWidth } = meanInterval(values);
  return { mean, halfWidth: values.length < 2 ? null : halfWidth };
}

/** An assertion over runs with several seeds. */
export interface AssertionOverSeeds extends Estimate {
  readonly name: string;
  readonly that: string;
  /** Runs in which it held; in one that did not come to its end it did not. */
  readonly passed: number;
  /** By run; `null` where there was no value. */
  readonly measured: readonly (number | null)[];
}

/** @param runs the same assertions in the same order, a list a run; `undefined` of one that did not come to its end */
export function overSeeds(runs: readonly (readonly AssertionResult[] | undefined)[]): AssertionOverSeeds[] {
  const first = runs.find((results) => results !== undefined) ?? [];
  return first.map(({ name, that }, i) => {
    const results = runs.map((results) => results?.[i]);
    const measured = results.map((result) => result?.measured ?? null);
    return {
      ...{ name, that, measured },
      passed: results.filter((result) => result?.passed === true).length,
      ...estimateOf(measured),
    };
  });
}
