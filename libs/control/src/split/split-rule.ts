import type { SliceObservation } from '../observation/slice-observation.js';

/** Splits a carrier between slices, once a decision period. Holds the state of one DU: one instance a DU. */
export interface SplitRule {
  /** Shares in the order of the slices: each at least {@link SHARE_FLOOR}, their sum 1; none for no slices. */
  decide(slices: readonly SliceObservation[]): number[];
}

/** No slice gets less, so that it can show its demand and recover. */
export const SHARE_FLOOR = 0.02;

/**
 * Shares in proportion to non-negative demands, above the floor: b = .02 + (1 − .02 n) · x with Σx = 1
 * (n = 3: .94). Equal when nobody demands anything.
 */
export function sharesOf(demands: readonly number[]): number[] {
  const total = demands.reduce((sum, demand) => sum + demand, 0);
  const free = 1 - SHARE_FLOOR * demands.length;
  return demands.map((demand) => SHARE_FLOOR + free * (total > 0 ? demand / total : 1 / demands.length));
}
