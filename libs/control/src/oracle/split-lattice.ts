import { SHARE_FLOOR } from '../split/split-rule.js';

/**
 * All splits of a carrier between `slices` slices on a lattice: shares .02 + (1 − .02 n) · k / K with whole k that add
 * up to K, the number of steps in the whole.
 */
export function splitLattice(slices: number, step: number): number[][] {
  const steps = Math.max(1, Math.round(1 / step));
  const free = 1 - SHARE_FLOOR * slices;
  return compositions(steps, slices).map((parts) => parts.map((part) => SHARE_FLOOR + (free * part) / steps));
}

/** All lists of `count` whole numbers that add up to `total`. */
function compositions(total: number, count: number): number[][] {
  if (count <= 1) return count === 1 ? [[total]] : [];
  const heads = Array.from({ length: total + 1 }, (_, head) => head);
  return heads.flatMap((head) => compositions(total - head, count - 1).map((tail) => [head, ...tail]));
}

/** A share of the carrier that changes hands from one slice to another. */
export interface Shift {
  readonly from: number;
  readonly to: number;
}

/** All ways to shift something between two of `slices` slices. */
export function shiftsOf(slices: number): Shift[] {
  const all = Array.from({ length: slices }, (_, slice) => slice);
  return all.flatMap((from) => all.filter((to) => to !== from).map((to) => ({ from, to })));
}

/** The split after `step` has changed hands, or as much as leaves the giver its floor. */
export function shifted(shares: readonly number[], { from, to }: Shift, step: number): number[] {
  const moved = Math.min(step, Math.max(0, (shares[from] ?? 0) - SHARE_FLOOR));
  return shares.map((share, slice) => share + (slice === to ? moved : 0) - (slice === from ? moved : 0));
}
