/** Where a period ends and how long it was. */
export interface SampleTime {
  readonly endMs: number;
  readonly periodMs: number;
  /** What is odd about it, in words. */
  readonly note?: string | undefined;
}

/** When something comes, by the adapter's own clocks. */
export interface OwnTime {
  /** ms since 1970; may jump. */
  readonly nowMs: number;
  /** Goes on at the pace of time, from anywhere: durations are taken by it. */
  readonly monotonicMs: number;
}

/** Periods that may be missing, and a time that may be, before a step counts as a jump of the clock. */
const [MAX_MISSED, MAX_MISSED_MS] = [10, 10_000];
/** A gNB's time that is farther from ours is none. */
const MAX_ASTRAY_MS = 24 * 3_600_000;

/**
 * The time of samples, from the times of a gNB's reports: it goes on, whatever the clock does, and no period gets a
 * length that it did not have. After a clock was set back, times are told as if it had not been; one that is set ahead
 * is followed when two reports in a row say so. For who writes a {@link Ran}.
 */
export class SampleClock {
  private offsetMs = 0;
  private last: { readonly endMs: number; readonly monotonicMs: number } | undefined;
  /** A time that was told ahead, and not believed yet. */
  private aheadMs: number | undefined;
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

  /** `toldMs`: the end by the gNB's clock, where it tells one; by ours otherwise. */
  next(toldMs: number | undefined, own: OwnTime): SampleTime {
    const { periodMs, last, aheadMs } = this;
    const isAstray = toldMs !== undefined && !(Math.abs(toldMs - own.nowMs) <= MAX_ASTRAY_MS);
    const endMs = isAstray || toldMs === undefined ? own.nowMs : toldMs;
    const astray = isAstray ? `its clock is ${seconds(Math.abs(toldMs - own.nowMs))} from ours` : undefined;
    if (last === undefined || this.isFresh) {
      this.offsetMs = Math.max(0, (last?.endMs ?? -Infinity) + 1 - endMs);
      return this.keep(endMs + this.offsetMs, own, { note: astray });
    }
    const passedMs = Math.max(1, own.monotonicMs - last.monotonicMs);
    if (isAstray) return this.keep(last.endMs + passedMs, own, { stepMs: passedMs, note: astray });
    const stepMs = endMs + this.offsetMs - last.endMs;
    const mostMs = Math.max(MAX_MISSED_MS, MAX_MISSED * periodMs);
    if (stepMs - passedMs > mostMs) {
      const isTold = aheadMs !== undefined && endMs > aheadMs && endMs - aheadMs - passedMs <= mostMs;
      if (isTold) {
        return this.keep(last.endMs + stepMs, own, { note: `its clock went ahead by ${seconds(stepMs)}` });
      }
      const note = `it told a time ${seconds(stepMs)} ahead`;
      const time = this.keep(last.endMs + passedMs, own, { stepMs: passedMs, note });
      this.aheadMs = endMs;
      return time;
    }
    if (stepMs > 0) return this.keep(last.endMs + stepMs, own, { stepMs });
    const isJump = stepMs < -periodMs;
    this.offsetMs += (isJump ? periodMs : 1) - stepMs;
    const note = isJump ? `its clock went back by ${seconds(periodMs - stepMs)}` : undefined;
    return this.keep(endMs + this.offsetMs, own, { note });
  }

  /** `stepMs` is the period's length when it can be one. */
  private keep(
    endMs: number,
    { monotonicMs }: OwnTime,
    more: { stepMs?: number; note?: string | undefined },
  ) {
    const { periodMs, longest } = this;
    const { stepMs = periodMs, note } = more;
    this.isFresh = false;
    this.aheadMs = undefined;
    this.last = { endMs, monotonicMs };
    const isLength = stepMs > 0.5 * periodMs && stepMs < longest * periodMs;
    return { endMs, periodMs: isLength ? stepMs : periodMs, note };
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
