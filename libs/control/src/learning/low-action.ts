import { sNssaiToInteger } from '@ricochet/ran-types';
import type { UeObservation } from '../observation/ue-observation.js';
import { sliceWeights } from '../scheduler/slice-weights.js';

/**
 * The lower controller's scores as scheduling weights: softmax inside each slice, floored and quantised as the
 * rules' weights are.
 *
 * @param scores one a UE, finite, in the order of the UEs.
 */
export function softmaxWeights(ues: readonly UeObservation[], scores: ArrayLike<number>): number[] {
  const slices = ues.map(({ snssai }) => sNssaiToInteger(snssai));
  const best = new Map<number, number>();
  slices.forEach((slice, place) => {
    best.set(slice, Math.max(best.get(slice) ?? -Infinity, scores[place] ?? NaN));
  });
  return sliceWeights(
    ues,
    slices.map((slice, place) => Math.exp((scores[place] ?? NaN) - (best.get(slice) ?? 0))),
  );
}
