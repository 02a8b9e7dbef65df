import { type LatencySummary } from '@ricochet/contracts';
import { median } from './median.js';

/** Medians over runs, of indication sent to control applied. */
export function medianLatency(runs: readonly { readonly loopLatency: LatencySummary }[]): LatencySummary {
  const of = (name: keyof LatencySummary): number => median(runs.map(({ loopLatency }) => loopLatency[name]));
  return {
    count: of('count'),
    p50Ms: of('p50Ms'),
    p90Ms: of('p90Ms'),
    p99Ms: of('p99Ms'),
    maxMs: of('maxMs'),
  };
}

/** One line for people. */
export function describeLatency({ count, p50Ms, p90Ms, p99Ms, maxMs }: LatencySummary): string {
  const [p50, p90, p99, max] = [p50Ms, p90Ms, p99Ms, maxMs].map((ms) => ms.toFixed(2));
  return (
    `indication sent to control applied p50 ${p50} ms, p90 ${p90} ms, p99 ${p99} ms, max ${max} ms ` +
    `(${count} controls a run)`
  );
}
