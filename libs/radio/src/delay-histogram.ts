const EXACT_MS = 16;
const BINS_PER_OCTAVE = 4;
const LONGEST_MS = 4096;
export const DELAY_BINS = EXACT_MS + BINS_PER_OCTAVE * Math.log2(LONGEST_MS / EXACT_MS);

/** [bins + 1] largest delay of the bin before: bin b holds the delays in (EDGES[b], EDGES[b + 1]]. */
const EDGES_MS = Float64Array.from({ length: DELAY_BINS + 1 }, (_, i) =>
  i <= EXACT_MS ? i : Math.floor(EXACT_MS * 2 ** ((i - EXACT_MS) / BINS_PER_OCTAVE)),
);

/** Bin of a delay in whole ms, 1 to 4096; use {@link binOfDelay} when it may be longer. */
const BIN_OF_MS = makeBins();

function makeBins(): Uint8Array {
  const bins = new Uint8Array(LONGEST_MS + 1);
  let bin = 0;
  for (let ms = 1; ms <= LONGEST_MS; ms++) {
    while ((EDGES_MS[bin + 1] as number) < ms) bin++;
    bins[ms] = bin;
  }
  return bins;
}

/** Every ms up to 16, then four bins an octave to 4096 ms; longer delays fall in the last bin. */
export function binOfDelay(delayMs: number): number {
  return BIN_OF_MS[delayMs < LONGEST_MS ? delayMs : LONGEST_MS] as number;
}

/**
 * The q-quantile (0 < q ≤ 1) of counts per bin, ms: exact to 16 ms, linear inside the wider bins, but not above
 * `largestMs`, the largest delay that was seen; NaN when empty.
 */
export function delayQuantile(counts: Float64Array, q: number, largestMs: number): number {
  let total = 0;
  for (let bin = 0; bin < DELAY_BINS; bin++) total += counts[bin] as number;
  if (total === 0) return NaN;
  let rank = q * total;
  for (let bin = 0; bin < DELAY_BINS; bin++) {
    const count = counts[bin] as number;
    if (rank <= count && count > 0) {
      const low = EDGES_MS[bin] as number;
      const high = EDGES_MS[bin + 1] as number;
      return Math.min(largestMs, bin < EXACT_MS ? high : low + ((high - low) * rank) / count);
    }
    rank -= count;
  }
  return Math.min(largestMs, LONGEST_MS);
}
