import type { KpiLevel } from './kpi-catalogue.js';
import type { SNssai } from './s-nssai.js';

/** One measured object of a report: the cell, a slice or a UE. */
export interface MeasurementRow {
  /** The slice of a slice-level row; the slice of the UE in a UE-level row where the node tells it. */
  readonly snssai?: SNssai | undefined;
  /** The UE id within its gNB-DU; on UE-level rows alone. */
  readonly ueId?: number | undefined;
  /** One value a measurement, in the report's order; `null` where the node had none to give. */
  readonly values: readonly (number | null)[];
}

/** What a node measured over one granularity period, as an xApp sees it: no ASN.1, no labels. */
export interface MeasurementReport {
  readonly nodeId: string;
  readonly level: KpiLevel;
  /** End of the period, simulation time. */
  readonly timeMs: number;
  readonly periodMs: number;
  readonly measurements: readonly string[];
  readonly rows: readonly MeasurementRow[];
}
