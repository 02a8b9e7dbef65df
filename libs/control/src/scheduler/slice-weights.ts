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
export function weightsIn({ sliceOf, snssais }: UeSlices, scores: readonly number[]): number[] {
  const heaviest = snssais.map(() => 0);
  sliceOf.forEach((slice, place) => {
    heaviest[slice] = Math.max(heaviest[slice]!, scores[place] ?? 0);
  });
  const sums = snssais.map(() => 0);
  const weights = sliceOf.map((slice, place) => {
    const peak = heaviest[slice]!;
    const weight = peak > 0 ? Math.max((scores[place] ?? 0) / peak, WEIGHT_FLOOR) : 1;
    sums[slice]! += weight;
    return weight;
  });
  return sliceOf.map((slice, place) => {
    const steps = Math.round((weights[place]! / sums[slice]!) * STEPS_TO_ONE);
    return Math.max(1, steps) / STEPS_TO_ONE;
  });
}
