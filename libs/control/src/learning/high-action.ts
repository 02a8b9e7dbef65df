import { SLICE_TYPES } from '@ricochet/ran-types';
import type { SliceObservation } from '../observation/slice-observation.js';

/**
 * The higher controller's action as shares of the reported slices, in their order and adding up to 1.
 *
 * Several slices of a type divide its share by their needs, alike when none has any; the share of a type that is
 * not reported goes to the others in proportion, or to all alike when theirs are 0. An action that is none (NaN,
 * infinite or negative somewhere) yields NaN for every slice, which the shield refuses.
 *
 * @param action shares of eMBB, mMTC and URLLC, adding up to anything.
 */
export function sharesOfAction(action: ArrayLike<number>, slices: readonly SliceObservation[]): number[] {
  const isAction = SLICE_TYPES.every((_, index) => isShare(action[index]));
  if (!isAction) return slices.map(() => NaN);
  const shares = slices.map((slice) => {
    const same = slices.filter(({ type }) => type === slice.type);
    const needs = same.reduce((sum, each) => sum + needOf(each), 0);
    const part = needs > 0 ? needOf(slice) / needs : 1 / same.length;
    return part * (action[SLICE_TYPES.indexOf(slice.type)] ?? 0);
  });
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => (total > 0 ? share / total : 1 / shares.length));
}

function isShare(value: number | undefined): boolean {
  return value !== undefined && value >= 0 && Number.isFinite(value);
}

function needOf({ arrivalNeed, backlogNeed }: SliceObservation): number {
  return arrivalNeed + backlogNeed;
}
