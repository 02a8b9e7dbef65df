/** Values that make the reference. */
const WARM_UP = 30;
/** Gain of the reference's mean and variance once it stands. */
const GAIN = 0.02;
/** Standard deviations: what is passed over, and how much must add up (Page's test). */
const SLACK = 0.5;
const THRESHOLD = 12;
/** Standard deviations that one value counts for at most in the reference. */
const OUTLIER = 3;
/** A KPI that stands still has no spread to measure by. */
const MIN_RELATIVE_SPREAD = 0.05;
const MIN_SPREAD = 1e-3;

/** The mean of a KPI has become another. Times are those that were handed in. */
export interface Drift {
  readonly fromMean: number;
  readonly toMean: number;
  /** When it began to. */
  readonly sinceMs: number;
}

interface Excursion {
  score: number;
  sinceMs: number;
  sum: number;
  count: number;
}

/** Finds out that a KPI drifts: two-sided cumulative sums (CUSUM) over its distance from a slow mean. */
export class DriftDetector {
  private count = 0;
  private mean = 0;
  private variance = 0;
  private readonly sides: readonly [Excursion, Excursion] = [rest(), rest()];

  take(value: number, timeMs: number): Drift | undefined {
    if (this.count < WARM_UP) {
      this.learn(value, 1 / (this.count + 1));
      return undefined;
    }
    const { mean } = this;
    const spread = Math.max(Math.sqrt(this.variance), MIN_RELATIVE_SPREAD * Math.abs(mean), MIN_SPREAD);
    const distance = (value - mean) / spread;
    for (const [index, side] of this.sides.entries()) {
      const score = Math.max(0, side.score + (index === 0 ? distance : -distance) - SLACK);
      if (score === 0) Object.assign(side, rest());
      else {
        if (side.count === 0) side.sinceMs = timeMs;
        Object.assign(side, { score, sum: side.sum + value, count: side.count + 1 });
      }
      if (score <= THRESHOLD) continue;
      const drift = { fromMean: mean, toMean: side.sum / side.count, sinceMs: side.sinceMs };
      this.begin();
      return drift;
    }
    // What may become a drift must not become the reference.
    if (this.sides.every(({ count }) => count <= 1)) {
      this.learn(mean + spread * Math.max(-OUTLIER, Math.min(OUTLIER, distance)), GAIN);
    }
    return undefined;
  }

  private learn(value: number, gain: number): void {
    const distance = value - this.mean;
    this.mean += gain * distance;
    this.variance = (1 - gain) * (this.variance + gain * distance * distance);
    this.count += 1;
  }

  /** The new mean is another reference. */
  private begin(): void {
    this.count = 0;
    this.mean = 0;
    this.variance = 0;
    for (const side of this.sides) Object.assign(side, rest());
  }
}

function rest(): Excursion {
  return { score: 0, sinceMs: 0, sum: 0, count: 0 };
}
