import type { UeObservation } from '../observation/ue-observation.js';
import { slicesOf } from '../observation/ue-slices.js';
import { weightsIn } from '../scheduler/slice-weights.js';

/**
 * The lower controller's scores as scheduling weights: softmax inside each slice, floored and quantised as the
 * rules' weights are.
 *
 * @param scores one a UE, finite, in the order of the UEs.
 */
export function softmaxWeights(ues: readonly UeObservation[], scores: ArrayLike<number>): number[] {
  const slices = slicesOf(ues);
  const best = slices.snssais.map(() => -Infinity);
  slices.sliceOf.forEach((slice, place) => {
    best[slice] = Math.max(best[slice]!, scores[place] ?? NaN);
  });
  return weightsIn(
    slices,
    slices.sliceOf.map((slice, place) => Math.exp((scores[place] ?? NaN) - best[slice]!)),
  );
}
