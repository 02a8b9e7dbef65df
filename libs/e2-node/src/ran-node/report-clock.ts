import { type CellPeriod } from '../kpis/cell-period.js';
import { joined } from '../kpis/period-sum.js';

/**
 * Gathers a gNB's measuring periods until a reporting period is over. Where the gNB measures more seldom than is asked,
 * each of its periods is one report: it is not cut into pieces of which nobody knows anything.
 */
export class ReportClock {
  private gathered: CellPeriod | undefined;

  constructor(private readonly reportingPeriodMs: number) {}

  /** @returns what is to be reported, when it is time */
  take(period: CellPeriod): CellPeriod | undefined {
    const gathered = this.gathered === undefined ? period : joined(this.gathered, period);
    // The gNB's periods are as good as its timer: one that is nearer to the end than the next would be ends it.
    // One that is no number must not last.
    const isOver = !(gathered.periodMs + period.periodMs / 2 <= this.reportingPeriodMs);
    this.gathered = isOver ? undefined : gathered;
    return isOver ? gathered : undefined;
  }
}
