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
  const { sliceOf, snssais } = slices;
  const best = new Float64Array(snssais.length).fill(-Infinity);
  for (let place = 0; place < sliceOf.length; place++) {
    const slice = sliceOf[place]!;
    best[slice] = Math.max(best[slice]!, scores[place] ?? NaN);
  }
  const powers = new Float64Array(sliceOf.length);
  for (let place = 0; place < sliceOf.length; place++) {
    powers[place] = Math.exp((scores[place] ?? NaN) - best[sliceOf[place]!]!);
  }
  return weightsIn(slices, powers);
}
