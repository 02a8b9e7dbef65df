import { type KpiSource } from './kpi-snapshot.js';
import { CountedWindow } from './counted-window.js';
import { type KpiWindow } from './kpi-window.js';
import { type RadioConfig } from './radio-config.js';
import { RadioConfigError } from './radio-config.error.js';
import { type StateExchange } from './state-exchange.js';

/** Opens windows, and hands the largest delays seen since the last roll of any window on to all of them. */
export class KpiCollector {
  private readonly windows: CountedWindow[] = [];

  constructor(
    private readonly source: KpiSource,
    private readonly config: RadioConfig,
  ) {}

  /** @throws RadioConfigError when the period is not a positive integer */
  open(periodMs: number, clock: () => number): KpiWindow {
    if (!Number.isInteger(periodMs) || periodMs < 1) {
      throw new RadioConfigError('periodMs', `must be a positive integer, not ${String(periodMs)}`);
    }
    this.foldDelays();
    const window = new CountedWindow(periodMs, this.source, {
      config: this.config,
      clock,
      fold: () => this.foldDelays(),
    });
    this.windows.push(window);
    return window;
  }

  /** Periods of the open windows, in the order of their opening. */
  get periodsMs(): number[] {
    return this.windows.map(({ periodMs }) => periodMs);
  }

  /** Exchanges the first `count` windows; the later ones begin anew. Goes after the counters that windows read. */
  exchange(state: StateExchange, count: number): void {
    this.windows.forEach((window, i) => {
      if (i < count) window.exchange(state);
    });
    if (count === this.windows.length) return;
    this.foldDelays();
    for (const window of this.windows.slice(count)) window.begin();
  }

  private foldDelays(): void {
    const { delayMax } = this.source.counters;
    for (const window of this.windows) window.foldDelays(delayMax);
    delayMax.fill(0);
  }
}
