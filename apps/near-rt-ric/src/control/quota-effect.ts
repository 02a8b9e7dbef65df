import { type SliceQuotaControl } from '@ricochet/contracts';
import { formatSNssai, sliceTypeOf, type KpiName, type MeasurementReport } from '@ricochet/ran-types';
import { type MeasuredEffect } from './measured-effect.js';

/** What the RIC itself subscribes to, for effects and for the KPI series that it keeps. */
export const QUOTA_EFFECT_MEASUREMENTS = [
  'RCT.RrmPolicyMinDl',
  'RCT.RrmPolicyMaxDl',
  'RRU.PrbUsedDl',
  'RCT.BufferDl',
  'RCT.OfferedVolumeDl',
  'DRB.PdcpSduVolumeDL',
  'RCT.PacketDelayDl.Mean',
  'RCT.PacketDelayDl.P99',
  'RCT.PacketDelayDl.Max',
  'RCT.QosDl',
] as const satisfies readonly KpiName[];

/** PRBs are whole: a mean may miss a bound by less than one. */
const PRB_TOLERANCE = 1;

/**
 * Holds the asked slice quotas against a slice-level report: the ratios in force, and the share of the carrier
 * that each slice really got. `undefined` when the report does not carry what is needed.
 */
export function measureQuotaEffect(
  control: SliceQuotaControl,
  report: MeasurementReport,
  carrierPrbs: number | undefined,
): MeasuredEffect | undefined {
  const column = (name: KpiName): number => report.measurements.indexOf(name);
  const [min, max, used, buffer] = QUOTA_EFFECT_MEASUREMENTS.slice(0, 4).map(column) as [
    number,
    number,
    number,
    number,
  ];
  if ([min, max, used, buffer].includes(-1) || carrierPrbs === undefined) return undefined;
  const faults: string[] = [];
  const idle: string[] = [];
  const shares: MeasuredEffect['shares'] = [];
  for (const { snssai, minRatio, maxRatio } of control.ratios) {
    const slice = formatSNssai(snssai);
    const row = report.rows.find((candidate) => candidate.snssai && formatSNssai(candidate.snssai) === slice);
    const prbs = row?.values[used];
    if (row === undefined || prbs === null || prbs === undefined) {
      faults.push(`slice ${slice} is not reported`);
      continue;
    }
    shares.push({ of: slice, asked: minRatio / 100, achieved: prbs / carrierPrbs });
    if (row.values[min] !== minRatio || row.values[max] !== maxRatio) {
      faults.push(
        `slice ${slice}: ${row.values[min]}..${row.values[max]} % in force, asked ${minRatio}..${maxRatio} %`,
      );
    } else if (prbs > (maxRatio / 100) * carrierPrbs + PRB_TOLERANCE) {
      faults.push(`slice ${slice} used more than its maximum of ${maxRatio} %`);
    }
    if ((prbs / carrierPrbs) * 100 < minRatio - 1) {
      const waiting = row.values[buffer] ?? 0;
      idle.push(`${sliceTypeOf(snssai) ?? slice}${waiting > 0 ? ` (${waiting} bytes wait at the end)` : ''}`);
    }
  }
  if (faults.length > 0) return { effective: false, reason: faults.join('; '), shares };
  if (idle.length === 0) return { effective: true, shares };
  return { effective: true, reason: `less used than given, for want of demand: ${idle.join(', ')}`, shares };
}
