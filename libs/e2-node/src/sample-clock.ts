/** Where a period ends and how long it was. */
export interface SampleTime {
  readonly endMs: number;
  readonly periodMs: number;
  /** What is odd about it, in words. */
  readonly note?: string | undefined;
}

/** Periods that may be missing, and a time that may be, before a step counts as a jump of the clock. */
const [MAX_MISSED, MAX_MISSED_MS] = [10, 10_000];

/**
 * The time of samples, from the times of a gNB's reports: it goes on, whatever the clock does, and no period gets a
 * length that it did not have. After a clock was set back, times are told as if it had not been. For who writes a
 * {@link Ran}.
 */
export class SampleClock {
  private offsetMs = 0;
  private lastMs: number | undefined;
  private isFresh = true;

  /**
   * @param longest the most periods that one report covers: a gNB that is polled tells of all the time since it was
   * asked last, of one that reports by itself some may be missing
   */
  constructor(
    private readonly periodMs: number,
    private readonly longest = 1.5,
  ) {}

  /** The gNB was away: what comes next begins anew. */
  restart(): void {
    this.isFresh = true;
  }

  /** `toldMs`: the end by the gNB's clock, or by ours where it tells none. */
  next(toldMs: number): SampleTime {
    const { periodMs, lastMs } = this;
    const stepMs = toldMs + this.offsetMs - (lastMs ?? -Infinity);
    if (lastMs === undefined || this.isFresh) {
      this.offsetMs = Math.max(0, (lastMs ?? -Infinity) + 1 - toldMs);
      return this.keep(toldMs, periodMs);
    }
    if (stepMs <= 0) {
      this.offsetMs += 1 - stepMs;
      const isJump = stepMs < -periodMs;
      if (!isJump) return this.keep(toldMs, periodMs);
      this.offsetMs += periodMs - 1;
      return this.keep(toldMs, periodMs, `its clock went back by ${seconds(periodMs - stepMs)}`);
    }
    if (stepMs > Math.max(MAX_MISSED_MS, MAX_MISSED * periodMs)) {
      return this.keep(toldMs, periodMs, `its clock went ahead by ${seconds(stepMs)}`);
    }
    return this.keep(toldMs, stepMs > 0.5 * periodMs && stepMs < this.longest * periodMs ? stepMs : periodMs);
  }

  private keep(toldMs: number, periodMs: number, note?: string): SampleTime {
    this.isFresh = false;
    this.lastMs = toldMs + this.offsetMs;
    return { endMs: this.lastMs, periodMs, note };
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
