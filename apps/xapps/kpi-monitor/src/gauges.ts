import { type Counter, type Metrics } from '@ricochet/xapp-sdk';
import { placeKey, type Place } from './kpi-book.js';

const MAX_NAME = 63;

/**
 * A gauge for each KPI of each node and slice, `rru_prbtotdl_gnb_001_01_1_du_1_cell`. Metrics of xApps have no labels of
 * their own, and are bounded in number: the first ones to come have a gauge, the others are counted.
 */
export class Gauges {
  private readonly gauges = new Map<string, { set(value: number): void } | undefined>();
  private readonly hidden: Counter;

  constructor(
    private readonly metrics: Metrics,
    private readonly maxGauges: number,
  ) {
    this.hidden = metrics.counter('series_without_gauge_total', 'KPI series beyond maxGauges');
  }

  set(place: Place, kpi: string, value: number): void {
    const key = `${kpi}_${placeKey(place)}`;
    if (!this.gauges.has(key)) this.gauges.set(key, this.open(key, kpi));
    this.gauges.get(key)?.set(value);
  }

  private open(key: string, kpi: string): { set(value: number): void } | undefined {
    const name = key.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
    const open = [...this.gauges.values()].filter((gauge) => gauge !== undefined).length;
    if (open >= this.maxGauges || name.length > MAX_NAME || !/^[a-z]/.test(name)) {
      this.hidden.inc();
      return undefined;
    }
    return this.metrics.gauge(name, `${kpi}, latest value`);
  }
}
