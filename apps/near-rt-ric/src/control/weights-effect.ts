import { type UeWeightsControl } from '@ricochet/contracts';
import { formatSNssai, type KpiName, type MeasurementReport } from '@ricochet/ran-types';
import { type MeasuredEffect } from './measured-effect.js';

export const WEIGHTS_EFFECT_MEASUREMENTS = ['RCT.SchedulingWeightDl'] as const satisfies readonly KpiName[];

/** Weights travel as decimal numbers: they may differ in the last place. */
const RELATIVE_TOLERANCE = 1e-6;

/**
 * Holds the asked UE weights against a UE-level report. A share is, by slice, the part of the UEs asked for whose
 * weight is in force. `undefined` when the report does not carry the weights.
 */
export function measureWeightsEffect(
  control: UeWeightsControl,
  report: MeasurementReport,
): MeasuredEffect | undefined {
  const column = report.measurements.indexOf(WEIGHTS_EFFECT_MEASUREMENTS[0]);
  if (column < 0) return undefined;
  const inForce = new Map(report.rows.map(({ ueId, values }) => [ueId, values[column]]));
  const faults: string[] = [];
  const shares = control.slices.map(({ snssai, weights }) => {
    const gone: number[] = [];
    const other: number[] = [];
    for (const { ueId, weight } of weights) {
      const actual = inForce.get(ueId);
      if (actual === undefined || actual === null) gone.push(ueId);
      else if (Math.abs(actual - weight) > RELATIVE_TOLERANCE * weight) other.push(ueId);
    }
    if (gone.length > 0) faults.push(`UE ${gone.join(', ')} gone`);
    if (other.length > 0) faults.push(`UE ${other.join(', ')} with another weight in force`);
    const kept = weights.length - gone.length - other.length;
    return { of: formatSNssai(snssai), asked: 1, achieved: weights.length === 0 ? 1 : kept / weights.length };
  });
  return faults.length === 0
    ? { effective: true, shares }
    : { effective: false, reason: faults.join('; '), shares };
}
