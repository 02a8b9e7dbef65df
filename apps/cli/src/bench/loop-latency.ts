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
