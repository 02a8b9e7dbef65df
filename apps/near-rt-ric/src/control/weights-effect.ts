import { type UeWeightsControl } from '@ricochet/contracts';
import { formatSNssai, type KpiName, type MeasurementReport } from '@ricochet/ran-types';
import { type MeasuredEffect } from './measured-effect.js';

export const WEIGHTS_EFFECT_MEASUREMENTS = ['RCT.SchedulingWeightDl'] as const satisfies readonly KpiName[];

/** Weights travel as decimal numbers: they may differ in the last place. */
const RELATIVE_TOLERANCE = 1e-6;

/**
 * Holds the asked UE weights against a UE-level report. A share is, by slice, the part of the UEs asked for whose
 * weight is in force. `before` is the last report before the control. `undefined` when the report does not carry the
 * weights.
 */
export function measureWeightsEffect(
  control: UeWeightsControl,
  report: MeasurementReport,
  before?: MeasurementReport,
): MeasuredEffect | undefined {
  const inForce = weightsOf(report);
  if (inForce === undefined) return undefined;
  const faults: string[] = [];
  const allGone: number[] = [];
  const allOther: { ueId: number; actual: number }[] = [];
  const shares = control.slices.map(({ snssai, weights }) => {
    const gone: number[] = [];
    const other: number[] = [];
    for (const { ueId, weight } of weights) {
      const actual = inForce.get(ueId);
      if (actual === undefined || actual === null) gone.push(ueId);
      else if (Math.abs(actual - weight) > RELATIVE_TOLERANCE * weight) {
        other.push(ueId);
        allOther.push({ ueId, actual });
      }
    }
    allGone.push(...gone);
    if (gone.length > 0) faults.push(`UE ${gone.join(', ')} gone`);
    if (other.length > 0) faults.push(`UE ${other.join(', ')} with another weight in force`);
    const kept = weights.length - gone.length - other.length;
    return { of: formatSNssai(snssai), asked: 1, achieved: weights.length === 0 ? 1 : kept / weights.length };
  });
  if (faults.length === 0) return { effective: true, shares };
  const reason = faults.join('; ');
  if (allOther.length === 0) return { effective: false, cause: 'ue-gone', reason, shares };
  const former = before && weightsOf(before);
  const isIgnored = allOther.every(({ ueId, actual }) => former?.get(ueId) === actual);
  return isIgnored
    ? { effective: false, cause: 'ignored', reason: `${reason}: ignored by the node`, shares }
    : { effective: false, cause: 'other-in-force', reason, shares };
}

function weightsOf({
  measurements,
  rows,
}: MeasurementReport): Map<number | undefined, number | null | undefined> | undefined {
  const column = measurements.indexOf(WEIGHTS_EFFECT_MEASUREMENTS[0]);
  if (column < 0) return undefined;
  const weights = new Map<number | undefined, number | null | undefined>();
  for (const { ueId, values } of rows) weights.set(ueId, values[column]);
  return weights;
}
