import { type KpiName } from '@ricochet/ran-types';

import { CELL_KPIS, GROUP_KPIS, SLICE_KPIS } from './group-kpis.js';
import { KpiPeriod } from './kpi-period.js';
import { type KpiSource } from './kpi-snapshot.js';
import { type KpiWindow } from './kpi-window.js';
import { type RadioConfig } from './radio-config.js';
import { type StateExchange } from './state-exchange.js';
import { SLICE_COUNT } from './ue-table.js';
import { UE_KPIS } from './ue-kpis.js';

export interface WindowOptions {
  readonly config: RadioConfig;
  readonly clock: () => number;
  /** Hands pending delay maxima to all windows. */
  readonly fold: () => void;
}

/** {@link KpiWindow} over a {@link KpiPeriod}. `openMax`: [UEs] largest delay in the open period so far. */
export class CountedWindow implements KpiWindow {
  private readonly period: KpiPeriod;
  private readonly openMax: Int32Array;

  constructor(
    readonly periodMs: number,
    source: KpiSource,
    private readonly options: WindowOptions,
  ) {
    this.period = new KpiPeriod(source, options.config, options.clock());
    this.openMax = new Int32Array(source.ues.capacity);
  }

  foldDelays(delayMax: Int32Array): void {
    const { openMax } = this;
    for (let ue = 0; ue < delayMax.length; ue++) {
      if ((delayMax[ue] as number) > (openMax[ue] as number)) openMax[ue] = delayMax[ue] as number;
    }
  }

  /** Begins anew, the first period starting now. */
  begin(): void {
    this.period.begin(this.options.clock());
    this.openMax.fill(0);
  }

  exchange(state: StateExchange): void {
    this.period.exchange(state);
    state.array(this.openMax);
  }

  roll(): void {
    const { openMax, period } = this;
    this.options.fold();
    period.close(this.options.clock());
    const { holMs } = period.now;
    for (let ue = 0; ue < openMax.length; ue++) {
      const seen = openMax[ue] as number;
      const waiting = holMs[ue] as number;
      period.delayMax[ue] = seen > waiting ? seen : waiting;
      openMax[ue] = 0;
    }
  }

  get endMs(): number {
    return this.period.now.timeMs;
  }

  cell(name: KpiName, cell: number): number {
    this.period.selectCell(cell);
    return CELL_KPIS[name]?.(this.period, cell) ?? GROUP_KPIS[name]?.(this.period) ?? NaN;
  }

  slice(name: KpiName, cell: number, sliceIndex: number): number {
    this.period.selectSlice(cell, sliceIndex);
    const group = cell * SLICE_COUNT + sliceIndex;
    return SLICE_KPIS[name]?.(this.period, group) ?? GROUP_KPIS[name]?.(this.period) ?? NaN;
  }

  ue(name: KpiName, ue: number): number {
    return UE_KPIS[name]?.(this.period, ue) ?? NaN;
  }

  ueReader(name: KpiName): (ue: number) => number {
    const { period } = this;
    const kpi = UE_KPIS[name];
    return kpi === undefined ? () => NaN : (ue) => kpi(period, ue);
  }

  membersOf(cell: number, sliceIndex: number): Int32Array {
    const { order, starts } = this.period.now;
    const group = cell * SLICE_COUNT + sliceIndex;
    return order.subarray(starts[group], starts[group + 1]);
  }

  cqiCount(cell: number, cqi: number): number {
    return this.period.cqiCount(cell, cqi);
  }
}
