import { type SliceType } from '@ricochet/ran-types';

/** How the values of an asserted KPI become one. */
export const AGGREGATES = ['mean', 'min', 'max', 'p50', 'p90', 'p95', 'p99', 'last'] as const;

/** KPIs of a slice in a DU over 100 ms, with their units; the columns of `kpis.csv` in their order. */
export const SAMPLED_KPIS = [
  'ues',
  'offeredKbit',
  'deliveredKbit',
  'servedShare',
  'prbUsed',
  'ueThpKbps',
  'delayMeanMs',
  'delayP99Ms',
  'delayMaxMs',
  'dropRate',
  'bufferBytes',
  'qos',
  'minRatio',
  'maxRatio',
] as const;

/** What is counted over a whole run. */
export const RUN_COUNTS = [
  'controls.applied',
  'controls.failed',
  'controls.refused',
  'controls.effective',
  'controls.ineffective',
  'indications.missed',
] as const;

export const COMPARISONS = ['<', '<=', '>', '>=', '=='] as const;

export type Aggregate = (typeof AGGREGATES)[number];
export type SampledKpi = (typeof SAMPLED_KPIS)[number];
export type RunCount = (typeof RUN_COUNTS)[number];
export type Comparison = (typeof COMPARISONS)[number];
/** A slice by its service type, or all of them together. */
export type AssertedSlice = SliceType | 'all';

/** What an assertion is about: a KPI, the share of samples that met the SLA, or a count of the run. */
export type Quantity =
  | {
      readonly kind: 'kpi';
      readonly aggregate: Aggregate;
      readonly slice: AssertedSlice;
      readonly kpi: SampledKpi;
    }
  | { readonly kind: 'sla'; readonly slice: AssertedSlice }
  | { readonly kind: 'count'; readonly count: RunCount };

/** A bound on a quantity of a run, such as `p99(URLLC.delayMaxMs) < 10 over [20s, 40s]`. */
export interface Assertion {
  readonly quantity: Quantity;
  readonly comparison: Comparison;
  readonly bound: number;
  /** Counted from 0; absent: all. Never with a count. */
  readonly cells?: readonly number[];
  /** Simulation time; absent: from the end of the warm-up to the end of the run. Never with a count. */
  readonly over?: { readonly fromMs: number; readonly toMs: number };
}

/** The assertion as a scenario file has it: reverse of `parseAssertion`. */
export function formatAssertion({ quantity, comparison, bound, cells, over }: Assertion): string {
  const [only, ...more] = (cells ?? []).map((cell) => cell + 1);
  return [
    formatQuantity(quantity),
    comparison,
    bound,
    ...(only === undefined
      ? []
      : [more.length === 0 ? `at cell ${only}` : `at cells [${[only, ...more].join(', ')}]`]),
    ...(over === undefined ? [] : [`over [${formatTime(over.fromMs)}, ${formatTime(over.toMs)}]`]),
  ].join(' ');
}

function formatQuantity(quantity: Quantity): string {
  switch (quantity.kind) {
    case 'kpi':
      return `${quantity.aggregate}(${quantity.slice}.${quantity.kpi})`;
    case 'sla':
      return `sla(${quantity.slice})`;
    case 'count':
      return quantity.count;
  }
}

function formatTime(ms: number): string {
  return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${ms}ms`;
}
