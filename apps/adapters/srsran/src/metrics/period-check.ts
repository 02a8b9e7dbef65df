/** So many periods in a row that are others, and it is no accident. */
const IN_A_ROW = 10;
/** As `SampleClock` has it: beyond, a period is taken for as long as it is configured. */
const [SHORTEST, LONGEST] = [0.5, 1.5];

/** Compares the pace at which a gNB reports with the one that is configured: volumes are reckoned with it. */
export class PeriodCheck {
  private lastMs: number | undefined;
  private odd = 0;

  constructor(private readonly periodMs: number) {}

  /** Takes the time of a report. @returns a line when they have disagreed for a while */
  reported(atMs: number): string | undefined {
    const passedMs = atMs - (this.lastMs ?? atMs - this.periodMs);
    this.lastMs = atMs;
    const isOdd = passedMs <= SHORTEST * this.periodMs || passedMs >= LONGEST * this.periodMs;
    this.odd = isOdd ? this.odd + 1 : 0;
    if (this.odd < IN_A_ROW) return undefined;
    return `The gNB reports after ${Math.round(passedMs)} ms; periodMs is ${this.periodMs}`;
  }

  restart(): void {
    this.lastMs = undefined;
    this.odd = 0;
  }
}
