import { SLICE_TYPES, type SliceType } from '@ricochet/ran-types';
import { type RunSummary, type SliceSummary } from '../run/summary.js';

/** A KPI that methods are compared by. */
export interface ComparedKpi {
  /** As `summary.json` has it. */
  readonly name: string;
  /** With its unit. */
  readonly title: string;
  /** `neither`: it tells methods apart, no more. */
  readonly better: 'more' | 'less' | 'neither';
  /** What tables show of a value of 1, and with how many digits. */
  readonly scale: number;
  readonly digits: number;
}

type SliceKpi = ComparedKpi & { readonly name: keyof SliceSummary };
type RunKpi = ComparedKpi & { readonly name: 'meanQos' | 'slaSatisfaction' | 'jainIndex' };

const share = { scale: 100, digits: 1 } as const;
const plain = { scale: 1, digits: 1 } as const;
const index = { scale: 1, digits: 3 } as const;

const SLICE_KPIS: readonly SliceKpi[] = [
  { name: 'deliveredMbps', title: 'delivered, Mbit/s', better: 'more', ...plain },
  { name: 'servedShare', title: 'served, %', better: 'more', ...share },
  { name: 'delayMeanMs', title: 'delay mean, ms', better: 'less', ...plain },
  { name: 'delayP99Ms', title: 'delay P99, ms', better: 'less', ...plain },
  { name: 'dropRate', title: 'dropped, %', better: 'less', ...share },
  { name: 'prbShare', title: 'PRBs used, %', better: 'neither', ...share },
  { name: 'qos', title: 'QoS', better: 'more', ...index },
  { name: 'slaSatisfaction', title: 'SLA met, %', better: 'more', ...share },
];

const RUN_KPIS: readonly RunKpi[] = [
  { name: 'meanQos', title: 'mean QoS', better: 'more', ...index },
  { name: 'slaSatisfaction', title: 'SLA met, %', better: 'more', ...share },
  { name: 'jainIndex', title: "Jain's index", better: 'more', ...index },
];

/** A KPI of a slice, or of all of them. */
export interface KpiPlace {
  readonly kpi: ComparedKpi;
  readonly slice: SliceType | 'all';
  readonly of: (summary: RunSummary) => number | null;
}

/** By slice, then those of all slices together. */
export const KPI_PLACES: readonly KpiPlace[] = [
  ...SLICE_TYPES.flatMap((slice) =>
    SLICE_KPIS.map((kpi): KpiPlace => ({ kpi, slice, of: (summary) => summary.slices[slice][kpi.name] })),
  ),
  ...RUN_KPIS.map((kpi): KpiPlace => ({ kpi, slice: 'all', of: (summary) => summary[kpi.name] })),
];
