import { meanInterval } from '@ricochet/training';
import { type LineSeries } from '../charts/line-chart.js';
import { type RunFigures } from './run-figures.js';

/** Runs that a report shows as one: those of a method with all seeds. */
export interface ReportedMethod {
  readonly name: string;
  /** Of those that came to their end. */
  readonly runs: readonly RunFigures[];
}

/** With fewer runs the band would hide all else. */
const MIN_RUNS_OF_BAND = 3;

/**
 * Mean over the runs that have a value, point by point, with its 95 % band where there are enough of them; empty where none
 * has any.
 */
export function meanCurve(
  name: string,
  runs: readonly { readonly timesS: readonly number[]; readonly values: readonly (number | null)[] }[],
): LineSeries {
  const times = runs.reduce<readonly number[]>(
    (all, { timesS }) => (timesS.length > all.length ? timesS : all),
    [],
  );
  const points: [number, number][] = [];
  const band: [number, number, number][] = [];
  times.forEach((timeS, i) => {
    const values = runs.flatMap((run) => run.values[i] ?? []);
    if (values.length === 0) return;
    const { mean, low, high } = meanInterval(values);
    points.push([timeS, mean]);
    // None of what is drawn can be negative.
    if (values.length >= MIN_RUNS_OF_BAND) band.push([timeS, Math.max(0, low), high]);
  });
  return { name, points, ...(band.length > 0 && { band }) };
}

/** Percentiles averaged over the runs, as points of a distribution function. */
export function meanCdf(runs: readonly (readonly number[])[]): [number, number][] {
  const used = runs.filter((percentiles) => percentiles.length > 0);
  return (used[0] ?? []).map((_, i) => [
    used.reduce((sum, percentiles) => sum + (percentiles[i] ?? 0), 0) / used.length,
    i / 100,
  ]);
}
