import { type SliceType } from '@ricochet/ran-types';
import { pairedDifference } from '@ricochet/training';
import { notReachedIn, type RunOutcome } from '../run/run-outcome.js';
import { estimateOf, overSeeds, type AssertionOverSeeds, type Estimate } from '../run/seed-statistics.js';
import { type RunSummary } from '../run/summary.js';
import { KPI_PLACES, type ComparedKpi } from './compared-kpis.js';

/** What an interval says: `open` where it has 0 in it, or there is none; `differs` of a KPI that is not better either way. */
export type Verdict = 'better' | 'worse' | 'differs' | 'open';

/** A method less the first one, seed by seed. */
export interface Difference extends Estimate {
  readonly method: string;
  readonly against: string;
  /** Seeds in which both have a value. */
  readonly pairs: number;
  readonly verdict: Verdict;
}

/** A KPI of a slice. */
export interface ComparedQuantity {
  readonly kpi: ComparedKpi;
  readonly slice: SliceType | 'all';
  /** In the order of the methods; `values` by seed, `null` where there is none. */
  readonly methods: readonly (Estimate & {
    readonly method: string;
    readonly values: readonly (number | null)[];
  })[];
  /** Of all methods but the first. */
  readonly differences: readonly Difference[];
}

/** Methods on the same seeds. */
export interface Comparison {
  readonly scenario: string;
  readonly seeds: readonly number[];
  readonly methods: readonly string[];
  readonly runs: readonly {
    readonly method: string;
    readonly seed: number;
    readonly controller: string | undefined;
    readonly configHash: string | undefined;
    readonly kpiHash: string | null | undefined;
    readonly fault: string | undefined;
  }[];
  readonly kpis: readonly ComparedQuantity[];
  readonly assertions: readonly {
    readonly method: string;
    readonly results: readonly AssertionOverSeeds[];
  }[];
  /** Names of those that the runs ended before. */
  readonly assertionsNotReached: readonly string[];
}

/** @param outcomes those of every method with every seed */
export function compareMethods(methods: readonly string[], outcomes: readonly RunOutcome[]): Comparison {
  const seeds = [...new Set(outcomes.map(({ seed }) => seed))];
  const summariesOf = (method: string): (RunSummary | undefined)[] =>
    seeds.map((seed) => outcomes.find((one) => one.method === method && one.seed === seed)?.summary);
  const summaries = methods.map((method) => ({ method, bySeed: summariesOf(method) }));
  return {
    scenario: outcomes[0]?.scenario ?? '',
    seeds,
    methods,
    runs: outcomes.map(({ method = '', seed, summary, fault }) => ({
      ...{ method, seed, fault },
      controller: summary?.controller,
      configHash: summary?.configHash,
      kpiHash: summary?.kpiHash,
    })),
    kpis: KPI_PLACES.map(({ kpi, slice, of }) => {
      const measured = summaries.map(({ method, bySeed }) => {
        const values = bySeed.map((summary) => (summary === undefined ? null : of(summary)));
        return { method, ...estimateOf(values), values };
      });
      const [first, ...others] = measured;
      const differences = first === undefined ? [] : others.map((other) => differenceOf(kpi, other, first));
      return { kpi, slice, methods: measured, differences };
    }),
    assertions: summaries.map(({ method, bySeed }) => ({
      method,
      results: overSeeds(bySeed.map((summary) => summary?.assertions)),
    })),
    assertionsNotReached: notReachedIn(outcomes),
  };
}

type Measured = ComparedQuantity['methods'][number];

function differenceOf({ better }: ComparedKpi, a: Measured, b: Measured): Difference {
  const pairs = a.values.flatMap((value, i) => {
    const other = b.values[i] ?? null;
    return value === null || other === null ? [] : [[value, other] as const];
  });
  const about = { method: a.method, against: b.method, pairs: pairs.length };
  if (pairs.length === 0) return { ...about, mean: null, halfWidth: null, verdict: 'open' };
  const { mean, halfWidth, low, high } = pairedDifference(
    pairs.map(([value]) => value),
    pairs.map(([, value]) => value),
  );
  const isApart = low > 0 || high < 0;
  const isBetter = better === 'more' ? low > 0 : high < 0;
  const verdict = !isApart ? 'open' : better === 'neither' ? 'differs' : isBetter ? 'better' : 'worse';
  return { ...about, mean, halfWidth: Number.isFinite(halfWidth) ? halfWidth : null, verdict };
}
