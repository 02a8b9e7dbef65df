import type { SliceType } from '@ricochet/ran-types';
import type { SliceObservation } from '../observation/slice-observation.js';
import { sharesOf, type SplitRule } from './split-rule.js';

export interface Precedence {
  readonly type: SliceType;
  /** What a slice is to get above its measured need: `factor` for load that grows until the next decision, */
  readonly factor: number;
  /** and this share of the carrier for bursts within the period, which even a small load has. */
  readonly reserve: number;
}

export interface UrllcFirstOptions {
  /** Who is served before whom. */
  readonly precedence?: readonly Precedence[];
  /** Part of the way from the last split to the new one that is gone each period: 1 at once. */
  readonly smoothing?: number;
}

/** Tuned on the `paper` preset at nominal load. */
const PRECEDENCE: readonly Precedence[] = [
  { type: 'URLLC', factor: 1.2, reserve: 0.1 },
  { type: 'mMTC', factor: 1.1, reserve: 0.03 },
];

/**
 * URLLC gets its need with headroom, then mMTC, and eMBB the rest: the slices whose quality falls with
 * the first late packet come before the one that only gets slower. Where no eMBB slice is there to take
 * the rest, all slices share it alike.
 */
export class UrllcFirstSplit implements SplitRule {
  private readonly precedence: readonly Precedence[];
  private readonly smoothing: number;
  private last: readonly number[] = [];

  constructor({ precedence = PRECEDENCE, smoothing = 1 }: UrllcFirstOptions = {}) {
    this.precedence = precedence;
    this.smoothing = smoothing;
  }

  decide(slices: readonly SliceObservation[]): number[] {
    const wanted = this.wanted(slices);
    const { last, smoothing } = this;
    const shares =
      last.length === wanted.length
        ? wanted.map((share, i) => (last[i] ?? share) + smoothing * (share - (last[i] ?? share)))
        : wanted;
    this.last = shares;
    return [...shares];
  }

  private wanted(slices: readonly SliceObservation[]): number[] {
    const grants = slices.map(() => 0);
    let left = 1;
    for (const precedence of this.precedence) {
      const wanted = slices.map((slice) => wishOf(slice, precedence));
      const total = wanted.reduce((sum, wish) => sum + wish, 0);
      if (total === 0) continue;
      const granted = Math.min(left, total);
      wanted.forEach((wish, index) => (grants[index] = (grants[index] ?? 0) + (granted * wish) / total));
      left -= granted;
    }
    const hasBestEffort = slices.some(({ type }) => type === 'eMBB');
    const takers = slices.map(({ type }) => (type === 'eMBB' || !hasBestEffort ? 1 : 0));
    const takerCount = takers.reduce<number>((sum, takes) => sum + takes, 0);
    return sharesOf(grants.map((grant, index) => grant + ((takers[index] ?? 0) * left) / takerCount));
  }
}

function wishOf(slice: SliceObservation, { type, factor, reserve }: Precedence): number {
  return slice.type === type ? factor * (slice.arrivalNeed + slice.backlogNeed) + reserve : 0;
}
