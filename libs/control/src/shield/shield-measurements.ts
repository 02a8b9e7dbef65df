import type { KpiName, KpiNameAt, MeasurementReport } from '@ricochet/ran-types';
import { SLA_MEASUREMENTS, type SliceKpis } from '@ricochet/scenario';
import { ReportReader } from '../observation/report-reader.js';
import { SLICE_MEASUREMENTS } from '../observation/slice-observation.js';

/** What a slice controller behind a shield subscribes to at slice level: state, reward and SLA. */
export const SHIELDED_SLICE_MEASUREMENTS: readonly KpiNameAt<'slice'>[] = [
  ...new Set<KpiNameAt<'slice'>>([...SLICE_MEASUREMENTS, ...SLA_MEASUREMENTS]),
];

/**
 * What the SLA of each slice is judged by, in the report's order.
 *
 * @throws ObservationError naming a missing measurement, or when the report has another level.
 */
export function observeSla(report: MeasurementReport): SliceKpis[] {
  const reader = new ReportReader(report, 'slice', SLA_MEASUREMENTS);
  const valuesOf = SLA_MEASUREMENTS.map((name) => ({ name, valueOf: reader.of(name, NaN) }));
  return report.rows.map((row) => {
    const kpis: Partial<Record<KpiName, number>> = {};
    for (const { name, valueOf } of valuesOf) kpis[name] = valueOf(row);
    return kpis;
  });
}
