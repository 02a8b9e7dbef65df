import type { RrmPolicyRatio, SNssai } from '@ricochet/ran-types';

/** How a share becomes a ratio: `exact` caps the slice at its share, `lend` lets others' idle PRBs in. */
export type QuotaMode = 'exact' | 'lend';

/**
 * Slice shares as RRM policy ratios in integer percent, quantised here and nowhere else: by largest
 * remainder, ties to the earlier slice, so that the minima add up to exactly 100. Nothing is dedicated.
 *
 * @param shares of the carrier, in the order of `slices`; non-negative, at least one positive.
 * @throws RangeError when they are not, or when their number differs from that of the slices.
 */
export function quotaOf(
  shares: readonly number[],
  slices: readonly { readonly snssai: SNssai }[],
  mode: QuotaMode,
): RrmPolicyRatio[] {
  if (shares.length !== slices.length) {
    throw new RangeError(`${shares.length} shares for ${slices.length} slices`);
  }
  const percents = integerPercents(shares);
  return slices.map(({ snssai }, index) => {
    const percent = percents[index] ?? 0;
    return {
      snssai,
      minRatio: percent,
      maxRatio: mode === 'exact' ? percent : 100,
      dedicatedRatio: 0,
    };
  });
}

function integerPercents(shares: readonly number[]): number[] {
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (!(total > 0 && Number.isFinite(total)) || shares.some((share) => share < 0)) {
    throw new RangeError(`shares ${shares.join(', ')} are not a split`);
  }
  const ideal = shares.map((share) => (100 * share) / total);
  const percents = ideal.map(Math.floor);
  const remainder = (index: number) => (ideal[index] ?? 0) - (percents[index] ?? 0);
  const byRemainder = shares.map((_, index) => index).sort((a, b) => remainder(b) - remainder(a) || a - b);
  const left = 100 - percents.reduce((sum, percent) => sum + percent, 0);
  for (const index of byRemainder.slice(0, left)) percents[index] = (percents[index] ?? 0) + 1;
  return percents;
}
