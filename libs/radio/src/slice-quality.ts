export interface SliceOutcome {
  /** Backlog at the start of the period and arrivals in it. */
  readonly offeredBits: number;
  readonly deliveredBits: number;
  /** Share of UEs that received enough of what they were offered. */
  readonly satisfiedShare: number;
  /** Largest delay of a UE, packets still waiting included. */
  readonly maxDelayMs: number;
  readonly zeroAtMs: number;
}

/**
 * Slice quality in [0, 1], the core paper's (5) to (7) made commensurable; 1 when nothing was offered or waiting.
 *
 * eMBB Q₁ = served / offered; mMTC Q₂ = share of satisfied UEs × served / offered;
 * URLLC Q₃ = 1 − min(1, max delay / 50 ms).
 */
export function sliceQuality(sliceIndex: number, outcome: SliceOutcome): number {
  if (sliceIndex === 2) return 1 - Math.min(1, outcome.maxDelayMs / outcome.zeroAtMs);
  if (outcome.offeredBits <= 0) return 1;
  const served = Math.min(1, outcome.deliveredBits / outcome.offeredBits);
  return sliceIndex === 1 ? outcome.satisfiedShare * served : served;
}
