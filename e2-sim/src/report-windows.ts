import { type KpiWindow, type RadioNetwork } from '@ricochet/radio';

/** Reports are taken at multiples of this. */
export const BASE_PERIOD_MS = 10;

/** One KPI window a report period, shared by all who report at that period and aligned to simulation time. */
export class ReportWindows {
  private readonly windows = new Map<number, KpiWindow>();
  private readonly asked = new Set<number>();

  constructor(private readonly radio: RadioNetwork) {}

  /** Opens the window of a period, at the next multiple of that period. */
  ensure(periodMs: number): void {
    if (this.windows.has(periodMs)) return;
    this.asked.add(periodMs);
    this.openAsked();
  }

  /** Closes the periods that end now. Gives the windows that have a report to give. */
  roll(): ReadonlyMap<number, KpiWindow> {
    const { timeMs } = this.radio;
    const due = new Map([...this.windows].filter(([periodMs]) => timeMs % periodMs === 0));
    for (const window of due.values()) window.roll();
    this.openAsked();
    return due;
  }

  private openAsked(): void {
    for (const periodMs of this.asked) {
      if (this.radio.timeMs % periodMs !== 0) continue;
      this.windows.set(periodMs, this.radio.openWindow(periodMs));
      this.asked.delete(periodMs);
    }
  }
}
