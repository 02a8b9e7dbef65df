const BIN_MS = 1_000;
/** Reports of one traffic burst are alike, means over so long hardly are: the bursts of a loaded DU last 2 to 3 s. */
const BINS_A_BLOCK = 5;
const BLOCKS_BEFORE = 24;
const BLOCKS_AFTER = 4;
/** Looked at before an instant, and after it, simulation time. */
export const BEFORE_MS = BLOCKS_BEFORE * BINS_A_BLOCK * BIN_MS;
export const AFTER_MS = BLOCKS_AFTER * BINS_A_BLOCK * BIN_MS;
const BINS_BEFORE = BEFORE_MS / BIN_MS;
const BINS_AFTER = AFTER_MS / BIN_MS;
const BINS = BINS_BEFORE + BINS_AFTER + 4;

/** Standard errors: by chance one start of an xApp at a DU in 117 goes beyond, over six KPIs (docs/conflicts.md). */
const THRESHOLD = 4;
/** Of the mean before: what is less is of no interest, however certain. */
const MIN_RELATIVE_SHIFT = 0.2;
/** Of a block's mean rank, were its values independent: there is no less noise. */
const MIN_RANK_SPREAD = Math.sqrt(1 / 12 / BINS_A_BLOCK);

/** The mean of a KPI is another one after an instant than before it. */
export interface KpiShift {
  readonly fromMean: number;
  readonly toMean: number;
}

/** The last minutes of a KPI, as means over a second, and whether it became another at an instant. */
export class KpiHistory {
  private readonly sums = new Float64Array(BINS);
  private readonly counts = new Uint32Array(BINS);
  private latestMs = -Infinity;

  /** The value of a report that ends at `timeMs`, simulation time. */
  take(value: number, timeMs: number): void {
    if (timeMs < this.latestMs - BIN_MS) {
      // The node's time has begun anew.
      this.latestMs = -Infinity;
    } else if (timeMs <= this.latestMs) {
      // Of another subscription.
      return;
    }
    const bin = binOf(timeMs);
    for (let stale = Math.max(binOf(this.latestMs) + 1, bin - BINS + 1); stale <= bin; stale++) {
      this.sums[stale % BINS] = 0;
      this.counts[stale % BINS] = 0;
    }
    this.latestMs = timeMs;
    this.sums[bin % BINS] = (this.sums[bin % BINS] ?? 0) + value;
    this.counts[bin % BINS] = (this.counts[bin % BINS] ?? 0) + 1;
  }

  /**
   * Compares the mean of `AFTER_MS` after an instant with that of `BEFORE_MS` before it. Values count by their rank among
   * those before, as delays have long tails, and the noise is that of means over blocks, as bursts last for seconds.
   * `undefined`: there is no telling them apart, or values are missing.
   */
  shiftAt(atMs: number): KpiShift | undefined {
    const of = Math.floor(atMs / BIN_MS);
    const before = this.means(of - BINS_BEFORE, of);
    const after = this.means(of + 1, of + 1 + BINS_AFTER);
    if (before === undefined || after === undefined) return undefined;
    const [fromMean, toMean] = [meanOf(before), meanOf(after)];
    if (Math.abs(toMean - fromMean) <= MIN_RELATIVE_SHIFT * Math.abs(fromMean)) return undefined;
    const sorted = Float64Array.from(before).sort();
    const ranksBefore = before.map((value) => rankOf(value, sorted));
    const ranksAfter = after.map((value) => rankOf(value, sorted));
    const noise = Math.max(blockSpread(ranksBefore), MIN_RANK_SPREAD);
    const standardError = noise * Math.sqrt(1 / BLOCKS_BEFORE + 1 / BLOCKS_AFTER);
    const isBeyond = Math.abs(meanOf(ranksAfter) - meanOf(ranksBefore)) > THRESHOLD * standardError;
    return isBeyond ? { fromMean, toMean } : undefined;
  }

  private means(fromBin: number, toBin: number): number[] | undefined {
    if (fromBin < 0 || fromBin <= binOf(this.latestMs) - BINS || toBin > binOf(this.latestMs) + 1)
      return undefined;
    const means: number[] = [];
    for (let bin = fromBin; bin < toBin; bin++) {
      const count = this.counts[bin % BINS] ?? 0;
      if (count === 0) return undefined;
      means.push((this.sums[bin % BINS] ?? 0) / count);
    }
    return means;
  }
}

/** A report that ends with a second belongs to it. */
function binOf(timeMs: number): number {
  return Math.max(-1, Math.ceil(timeMs / BIN_MS) - 1);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** 0 to 1: the share of the sorted values that are below, ties by half. */
function rankOf(value: number, sorted: Float64Array): number {
  let [below, equal] = [0, 0];
  for (const other of sorted) {
    if (other < value) below += 1;
    else if (other === value) equal += 1;
    else break;
  }
  return (below + equal / 2) / sorted.length;
}

/** Standard deviation of the means over blocks. */
function blockSpread(values: readonly number[]): number {
  const blocks: number[] = [];
  for (let i = 0; i < values.length; i += BINS_A_BLOCK)
    blocks.push(meanOf(values.slice(i, i + BINS_A_BLOCK)));
  const mean = meanOf(blocks);
  return Math.sqrt(blocks.reduce((sum, block) => sum + (block - mean) ** 2, 0) / (blocks.length - 1));
}
