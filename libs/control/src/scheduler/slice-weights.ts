import type { UeObservation } from '../observation/ue-observation.js';
import { slicesOf, type UeSlices } from '../observation/ue-slices.js';

/** No UE weighs less than this share of its slice's heaviest: data that comes meanwhile must get through. */
const WEIGHT_FLOOR = 1e-4;

/** Weights are whole numbers of this part of one: quantised here and nowhere else, so that they travel as short numbers. */
const STEPS_TO_ONE = 1e6;

/**
 * Scores as weights: floored, and in each slice adding up to 1 but for the quantisation.
 *
 * @param scores non-negative, in the order of the UEs; where no UE of a slice scores, all weigh alike.
 */
export function sliceWeights(ues: readonly UeObservation[], scores: readonly number[]): number[] {
  return weightsIn(slicesOf(ues), scores);
}

/** {@link sliceWeights} where it is known already which UEs are of the same slice. */
export function weightsIn({ sliceOf, snssais }: UeSlices, scores: ArrayLike<number>): number[] {
  const heaviest = new Float64Array(snssais.length);
  for (let place = 0; place < sliceOf.length; place++) {
    const slice = sliceOf[place]!;
    heaviest[slice] = Math.max(heaviest[slice]!, scores[place] ?? 0);
  }
  const sums = new Float64Array(snssais.length);
  const weights = new Array<number>(sliceOf.length);
  for (let place = 0; place < sliceOf.length; place++) {
    const slice = sliceOf[place]!;
    const peak = heaviest[slice]!;
    const weight = peak > 0 ? Math.max((scores[place] ?? 0) / peak, WEIGHT_FLOOR) : 1;
    sums[slice]! += weight;
    weights[place] = weight;
  }
  for (let place = 0; place < sliceOf.length; place++) {
    const steps = Math.round((weights[place]! / sums[sliceOf[place]!]!) * STEPS_TO_ONE);
    weights[place] = Math.max(1, steps) / STEPS_TO_ONE;
  }
  return weights;
}
