import { meanInterval } from '@ricochet/training';
import { type LineSeries } from '../charts/line-chart.js';
import { meanOrNull } from '../run/mean.js';
import { type RunFigures } from './run-figures.js';

/** Runs that a report shows as one: those of a method with all seeds. */
export interface ReportedMethod {
  readonly name: string;
  /** Of those that came to their end. */
  readonly runs: readonly RunFigures[];
}

/** With fewer runs the band would hide all else. */
const MIN_RUNS_OF_BAND = 3;

/** What a run measured, by time. */
interface TimedValues {
  readonly timesS: readonly number[];
  readonly values: readonly (number | null)[];
}

/**
 * Mean over the runs that have a value, with its 95 % band where there are enough of them; empty where none has any. Runs
 * need not have measured at the same times: of a run a period's points count as their mean. A point lies at the last time in
 * its period.
 */
export function meanCurve(name: string, runs: readonly TimedValues[]): LineSeries {
  const periodOf = periodsOf(runs);
  const periods = new Map<number, { endS: number; byRun: (number | null)[][] }>();
  runs.forEach(({ timesS, values }, run) =>
    timesS.forEach((timeS, i) => {
      const key = periodOf(timeS);
      const period = periods.get(key) ?? { endS: timeS, byRun: runs.map(() => []) };
      periods.set(key, period);
      period.endS = Math.max(period.endS, timeS);
      period.byRun[run]?.push(values[i] ?? null);
    }),
  );
  const points: [number, number][] = [];
  const band: [number, number, number][] = [];
  for (const [, { endS, byRun }] of [...periods].sort(([a], [b]) => a - b)) {
    const values = byRun.flatMap((own) => meanOrNull(own) ?? []);
    if (values.length === 0) continue;
    const { mean, low, high } = meanInterval(values);
    points.push([endS, mean]);
    // None of what is drawn can be negative.
    if (values.length >= MIN_RUNS_OF_BAND) band.push([endS, Math.max(0, low), high]);
  }
  return { name, points, ...(band.length > 0 && { band }) };
}

/** Numbers periods, those of the run with the coarsest times; of one run each time is a period of its own. */
function periodsOf(runs: readonly TimedValues[]): (timeS: number) => number {
  if (runs.length < 2) return (timeS) => timeS;
  let [fromS, periodS] = [0, 0];
  for (const { timesS } of runs) {
    const [first = 0, last = 0] = [timesS[0], timesS.at(-1)];
    const stepS = (last - first) / Math.max(1, timesS.length - 1);
    if (stepS > periodS) [fromS, periodS] = [first, stepS];
  }
  return periodS === 0 ? (timeS) => timeS : (timeS) => Math.round((timeS - fromS) / periodS);
}

/** Percentiles averaged over the runs, as points of a distribution function. */
export function meanCdf(runs: readonly (readonly number[])[]): [number, number][] {
  const used = runs.filter((percentiles) => percentiles.length > 0);
  return (used[0] ?? []).map((_, i) => [
    used.reduce((sum, percentiles) => sum + (percentiles[i] ?? 0), 0) / used.length,
    i / 100,
  ]);
}
