/** Number of quantiles in {@link NORMAL_TABLE}: small enough to stay in the first-level cache. */
export const NORMAL_SIZE = 2048;

/** Inverse of the standard normal distribution function (Acklam's rational approximation, error below 1.2e-9). */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    const top =
      ((((-7.784894002430293e-3 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) *
        q +
        4.374664141464968) *
        q +
      2.938163982698783;
    const bottom =
      (((7.784695709041462e-3 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) *
        q +
      1;
    return top / bottom;
  }
  const q = p - 0.5;
  const r = q * q;
  const top =
    ((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
      30.66479806614716) *
      r +
    2.506628277459239;
  const bottom =
    ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
      13.28068155288572) *
      r +
    1;
  return (q * top) / bottom;
}

/**
 * 2048 equally likely standard normal values, variance exactly one: `NORMAL_TABLE[bits >>> 21]` is a draw.
 * Used where thousands of innovations a tick are added up; ends at ± 3.5 sigma.
 */
export const NORMAL_TABLE: Float32Array = Float32Array.from(makeNormalTable());

function makeNormalTable(): Float64Array {
  const table = new Float64Array(NORMAL_SIZE);
  let power = 0;
  for (let i = 0; i < NORMAL_SIZE; i++) {
    const value = normalQuantile((i + 0.5) / NORMAL_SIZE);
    table[i] = value;
    power += value * value;
  }
  const scale = Math.sqrt(NORMAL_SIZE / power);
  for (let i = 0; i < NORMAL_SIZE; i++) table[i] = (table[i] as number) * scale;
  return table;
}

const EXPONENTIAL_BITS = 10;
const EXPONENTIAL_SIZE = 1 << EXPONENTIAL_BITS;
const EXPONENTIAL_TAIL = Math.log(EXPONENTIAL_SIZE);
const EXPONENTIAL_TABLE = makeExponentialTable();

function makeExponentialTable(): Float64Array {
  const table = new Float64Array(EXPONENTIAL_SIZE + 1);
  for (let i = 0; i < EXPONENTIAL_SIZE; i++) table[i] = -Math.log1p(-i / EXPONENTIAL_SIZE);
  return table;
}

/**
 * Exponential with mean 1 from 32 random bits, by interpolated quantiles. Negative (−ln 1024) when the bits fall in
 * the last quantile: by memorylessness the draw is then ln 1024 plus another draw.
 */
export function exponentialOf(bits: number): number {
  const i = bits >>> (32 - EXPONENTIAL_BITS);
  if (i === EXPONENTIAL_SIZE - 1) return -EXPONENTIAL_TAIL;
  const fraction = (bits & 0x3fffff) * 2 ** -22;
  const low = EXPONENTIAL_TABLE[i] as number;
  return low + fraction * ((EXPONENTIAL_TABLE[i + 1] as number) - low);
}
