import { type Ric } from './control.js';
import { type XAppHandlers } from './define-xapp.js';
import { type Report } from './report.js';
import { type SimulationClock } from './simulation-clock.js';

export interface ReportDispatcherOptions {
  readonly handlers: Pick<XAppHandlers, 'onReport'>;
  readonly clock: SimulationClock;
  /** A handler has thrown. */
  readonly onFault: (report: Report, error: unknown) => void;
}

/** Hands reports to an xApp, after the timers that are due by them. */
export class ReportDispatcher {
  constructor(private readonly options: ReportDispatcherOptions) {}

  /** Settles when all that the report set off has; never throws. */
  async dispatch(report: Report, ric: Ric): Promise<void> {
    const { handlers, clock, onFault } = this.options;
    const timers = clock.advance(report);
    try {
      await handlers.onReport(report, ric);
    } catch (error) {
      onFault(report, error);
    }
    if (timers !== undefined) await timers;
  }
}
