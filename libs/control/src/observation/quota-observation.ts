import type { KpiName, MeasurementReport } from '@ricochet/ran-types';
import type { SliceQuotaInForce } from '../learning/low-state.js';
import { ReportReader } from './report-reader.js';

const QUOTA_MEASUREMENTS = ['RCT.RrmPolicyMinDl'] as const satisfies readonly KpiName[];

/**
 * The quotas in force at a DU; a slice that the node could not tell of counts as without any.
 *
 * @throws ObservationError naming a missing measurement, or when the report has another level.
 */
export function observeQuotas(report: MeasurementReport): SliceQuotaInForce[] {
  const reader = new ReportReader(report, 'slice', QUOTA_MEASUREMENTS);
  const percent = reader.of('RCT.RrmPolicyMinDl', 0);
  return report.rows.map((row) => ({ snssai: reader.snssai(row), quota: percent(row) / 100 }));
}
