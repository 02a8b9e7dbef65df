/** Steps an octave of squared distance, as bits of the float's mantissa. */
const STEP_BITS = 6;
const SHIFT = 23 - STEP_BITS;
const FRACTION_SCALE = 2 ** -SHIFT;
const FRACTION_MASK = 2 ** SHIFT - 1;

/**
 * A function of the 2D distance, tabulated over the squared distance with 64 linear pieces an octave, so that the
 * bits of a float are the index: no root, no logarithm. Relative error of a power law below 1e-4.
 * Below 1 m and above `maxM` it is constant.
 */
export class DistanceTable {
  private readonly float32 = new Float32Array(1);
  private readonly bits32 = new Int32Array(this.float32.buffer);
  private readonly values: Float64Array;
  private readonly firstBits: number;
  private readonly last: number;
  private readonly max2: number;

  constructor(maxM: number, valueAt: (d2D: number) => number) {
    this.max2 = Math.max(4, maxM * maxM);
    const { float32, bits32 } = this;
    float32[0] = 1;
    this.firstBits = bits32[0] as number;
    float32[0] = this.max2;
    this.last = ((bits32[0] as number) - this.firstBits) >> SHIFT;
    this.values = new Float64Array(this.last + 2);
    for (let i = 0; i <= this.last + 1; i++) {
      bits32[0] = this.firstBits + (i << SHIFT);
      this.values[i] = valueAt(Math.sqrt(float32[0]));
    }
  }

  /** Value at a squared 2D distance, m². */
  at(distance2: number): number {
    this.float32[0] = distance2 < 1 ? 1 : distance2 > this.max2 ? this.max2 : distance2;
    const offset = (this.bits32[0] as number) - this.firstBits;
    const i = offset >> SHIFT;
    const low = this.values[i] as number;
    return low + ((this.values[i + 1] as number) - low) * ((offset & FRACTION_MASK) * FRACTION_SCALE);
  }
}
