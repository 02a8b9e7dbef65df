import { type KpiWindow, type RadioNetwork } from '@ricochet/radio';

/** Reports are taken at multiples of this. */
export const BASE_PERIOD_MS = 10;

/** When the report periods of a node begin. */
export interface ReportPeriod {
  readonly periodMs: number;
  /** Simulation time after each multiple of the period, ms: a multiple of the base period, below `periodMs`. */
  readonly phaseMs: number;
}

/** A window whose period has just ended. */
export interface DueWindow extends ReportPeriod {
  readonly window: KpiWindow;
}

interface OpenWindow extends DueWindow {
  /** Simulation time. */
  readonly openedMs: number;
}

/** One KPI window a report period, shared by all who report at that period and are in phase. */
export class ReportWindows {
  private readonly windows: OpenWindow[] = [];
  private asked: ReportPeriod[] = [];

  constructor(private readonly radio: RadioNetwork) {}

  /** Opens the window of a period, when it next begins. */
  ensure({ periodMs, phaseMs }: ReportPeriod): void {
    const isIt = (other: ReportPeriod): boolean => other.periodMs === periodMs && other.phaseMs === phaseMs;
    if (this.windows.some(isIt) || this.asked.some(isIt)) return;
    this.asked.push({ periodMs, phaseMs });
    this.openAsked();
  }

  /** Closes the periods that end now. Gives the windows that have a report to give: not those that begin now. */
  roll(): readonly DueWindow[] {
    const nowMs = this.radio.timeMs;
    const due = this.windows.filter((period) => this.begins(period) && period.openedMs < nowMs);
    for (const { window } of due) window.roll();
    this.openAsked();
    return due;
  }

  private openAsked(): void {
    for (const period of this.asked.filter((each) => this.begins(each))) {
      const window = this.radio.openWindow(period.periodMs);
      this.windows.push({ ...period, window, openedMs: this.radio.timeMs });
    }
    this.asked = this.asked.filter((period) => !this.begins(period));
  }

  private begins({ periodMs, phaseMs }: ReportPeriod): boolean {
    return this.radio.timeMs % periodMs === phaseMs;
  }
}
