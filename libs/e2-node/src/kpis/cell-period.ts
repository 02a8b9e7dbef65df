import { formatSNssai, type SNssai } from '@ricochet/ran-types';
import { type KpiValues } from '../ran.js';

/** What is known of one cell over one period: told and derived. */
export interface CellPeriod {
  readonly endMs: number;
  readonly periodMs: number;
  readonly cell: KpiValues;
  /** By {@link formatSNssai}. */
  readonly slices: ReadonlyMap<string, KpiValues>;
  /** By UE id, in the gNB's order. */
  readonly ues: ReadonlyMap<number, UePeriod>;
}

export interface UePeriod {
  readonly snssai?: SNssai | undefined;
  readonly kpis: KpiValues;
}

/** Values of a slice; of one that is not there, none. */
export function sliceOf({ slices }: CellPeriod, snssai: SNssai): KpiValues {
  return slices.get(formatSNssai(snssai)) ?? {};
}
