import { formatSNssai, type SNssai } from './s-nssai.js';

/**
 * RRMPolicyRatio of one slice, integer percent of the carrier's PRBs (TS 28.541 clause 4.3.36):
 * `dedicated` is reserved even when idle, `min` is guaranteed on demand and lent when idle, `max` is a cap.
 */
export interface RrmPolicyRatio {
  readonly snssai: SNssai;
  readonly minRatio: number;
  readonly maxRatio: number;
  readonly dedicatedRatio: number;
}

/**
 * Says why a set of ratios can not be in force together, or `undefined` when it can:
 * every ratio an integer 0..100, dedicated ≤ min ≤ max, Σ dedicated ≤ 100, Σ min ≤ 100, no slice twice.
 */
export function rrmPolicyRatioFault(ratios: readonly RrmPolicyRatio[]): string | undefined {
  const seen = new Set<string>();
  let minSum = 0;
  for (const { snssai, minRatio, maxRatio, dedicatedRatio } of ratios) {
    const slice = formatSNssai(snssai);
    if (seen.has(slice)) return `slice ${slice} is named twice`;
    seen.add(slice);
    for (const [name, value] of Object.entries({ minRatio, maxRatio, dedicatedRatio })) {
      if (!Number.isInteger(value) || value < 0 || value > 100) {
        return `slice ${slice}: ${name} ${value} is not an integer from 0 to 100`;
      }
    }
    if (dedicatedRatio > minRatio || minRatio > maxRatio) {
      return `slice ${slice}: dedicated ${dedicatedRatio} ≤ min ${minRatio} ≤ max ${maxRatio} does not hold`;
    }
    minSum += minRatio;
  }
  return minSum > 100 ? `the minimum ratios add up to ${minSum} %, more than the carrier has` : undefined;
}
