import { sNssaiToInteger } from '@ricochet/ran-types';
import type { UeObservation } from '../observation/ue-observation.js';

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
  const slices = ues.map(({ snssai }) => sNssaiToInteger(snssai));
  const heaviest = new Map<number, number>();
  slices.forEach((slice, index) => {
    heaviest.set(slice, Math.max(heaviest.get(slice) ?? 0, scores[index] ?? 0));
  });
  const sums = new Map<number, number>();
  const weights = slices.map((slice, index) => {
    const peak = heaviest.get(slice) ?? 0;
    const weight = peak > 0 ? Math.max((scores[index] ?? 0) / peak, WEIGHT_FLOOR) : 1;
    sums.set(slice, (sums.get(slice) ?? 0) + weight);
    return weight;
  });
  return slices.map((slice, index) => {
    const steps = Math.round(((weights[index] ?? 0) / (sums.get(slice) ?? 1)) * STEPS_TO_ONE);
    return Math.max(1, steps) / STEPS_TO_ONE;
  });
}
