import type { KpiName, MeasurementReport, SNssai } from '@ricochet/ran-types';
import { ObservationError } from './observation.error.js';
import { ReportReader } from './report-reader.js';

/** What an intra-slice scheduler subscribes to at UE level, every 10 ms: the hot path, so few. */
export const UE_MEASUREMENTS = [
  'RCT.BufferDl',
  'RCT.OfferedVolumeDl',
  'DRB.PdcpSduVolumeDL',
  'RCT.SpectralEfficiencyDl',
  'RCT.HolDelayDl',
] as const satisfies readonly KpiName[];

/** Stands for a spectral efficiency that was not measured: that of the cell edge, so that needs stay finite. */
const CELL_EDGE_EFFICIENCY = 0.1;

/** One UE over the last report period. */
export interface UeObservation {
  readonly ueId: number;
  readonly snssai: SNssai;
  readonly bufferKbit: number;
  readonly offeredKbit: number;
  readonly deliveredKbit: number;
  /** bit/s/Hz, at least 0.1; 0.1 without a measurement. */
  readonly spectralEfficiency: number;
  /** Age of the oldest waiting packet; 0 when none waits. */
  readonly holDelayMs: number;
}

/**
 * The UEs of a UE-level report, in its order.
 *
 * @throws ObservationError naming a missing measurement, a UE without S-NSSAI or id, or another level.
 */
export function observeUes(report: MeasurementReport): UeObservation[] {
  const reader = new ReportReader(report, 'ue', UE_MEASUREMENTS);
  const bufferBytes = reader.of('RCT.BufferDl', 0);
  const offeredKbit = reader.of('RCT.OfferedVolumeDl', 0);
  const deliveredKbit = reader.of('DRB.PdcpSduVolumeDL', 0);
  const efficiency = reader.of('RCT.SpectralEfficiencyDl', CELL_EDGE_EFFICIENCY);
  const holDelayMs = reader.of('RCT.HolDelayDl', 0);
  return report.rows.map((row) => {
    if (row.ueId === undefined) throw new ObservationError(report.nodeId, 'a row does not tell its UE id');
    return {
      ueId: row.ueId,
      snssai: reader.snssai(row),
      bufferKbit: (bufferBytes(row) * 8) / 1000,
      offeredKbit: offeredKbit(row),
      deliveredKbit: deliveredKbit(row),
      spectralEfficiency: Math.max(CELL_EDGE_EFFICIENCY, efficiency(row)),
      holDelayMs: holDelayMs(row),
    };
  });
}
