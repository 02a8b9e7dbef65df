import { SLICE_TYPES } from '@ricochet/ran-types';
import type { SliceObservation } from '../observation/slice-observation.js';
import type { HiddenTask } from './hidden-task.js';

/** Shares of the slices before and after a decision, in their order. */
export interface MovedShares {
  /** Absent: nothing moved. */
  readonly before?: readonly number[] | undefined;
  readonly after: readonly number[];
}

/**
 * What one split period of a DU is worth: the weighted mean of its slices' qualities, less the price of the share that
 * changed hands,
 *
 *     R = sum over l(c_l Q_l) − κ · 1/2 sum over l |b_l − b'_l|
 *
 * (8) of the core paper where the weights c are alike and κ is 0. Weights are taken among the slice types that are
 * there; several slices of a type count as their mean.
 */
export function taskReward(
  { sliceWeights, reslicingCost }: Pick<HiddenTask, 'sliceWeights' | 'reslicingCost'>,
  slices: readonly SliceObservation[],
  { before, after }: MovedShares,
): number {
  let sum = 0;
  let total = 0;
  SLICE_TYPES.forEach((type, index) => {
    const same = slices.filter((slice) => slice.type === type);
    if (same.length === 0) return;
    const weight = sliceWeights[index] ?? 0;
    const quality = same.reduce((all, { qos }) => all + Math.min(1, Math.max(0, qos)), 0) / same.length;
    sum += weight * quality;
    total += weight;
  });
  const moved = before === undefined ? 0 : shareMoved(before, after);
  return (total > 0 ? sum / total : 1) - reslicingCost * moved;
}

/** The part of the carrier that changed hands: 0..1. */
export function shareMoved(before: readonly number[], after: readonly number[]): number {
  return after.reduce((sum, share, i) => sum + Math.abs(share - (before[i] ?? share)), 0) / 2;
}
