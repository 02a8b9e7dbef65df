import { meanInterval } from '@ricochet/training';
import { type AssertionResult } from './judge-assertions.js';

/** An assertion over runs with several seeds. */
export interface AssertionOverSeeds {
  readonly name: string;
  readonly that: string;
  /** Runs in which it held. */
  readonly passed: number;
  /** By run; `null` where there was no value. */
  readonly measured: readonly (number | null)[];
  /** Over the runs that have a value; `null` without any. */
  readonly mean: number | null;
  /** Half of the mean's 95 % confidence interval, by Student's t; `null` with fewer than two values. */
  readonly halfWidth: number | null;
}

/** @param runs the same assertions in the same order, a list a run */
export function overSeeds(runs: readonly (readonly AssertionResult[])[]): AssertionOverSeeds[] {
  return (runs[0] ?? []).map(({ name, that }, i) => {
    const results = runs.map((results) => results[i]);
    const measured = results.map((result) => result?.measured ?? null);
    const values = measured.filter((value) => value !== null);
    const interval = values.length === 0 ? undefined : meanInterval(values);
    return {
      ...{ name, that, measured },
      passed: results.filter((result) => result?.passed === true).length,
      mean: interval?.mean ?? null,
      halfWidth: values.length < 2 ? null : (interval?.halfWidth ?? null),
    };
  });
}
