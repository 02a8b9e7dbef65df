import type { KpiWindow, RadioNetwork } from '@ricochet/radio';
import type { KpiName, SliceType } from '@ricochet/ran-types';
import { type Sla, SLA_MEASUREMENTS, type SliceKpis, slaSatisfied } from '@ricochet/scenario';
import { jainIndex } from './jain.js';

/** One slice over a run, all cells together. */
export interface LabSliceResult {
  readonly type: SliceType;
  /** Mean of `RCT.QosDl` over cells and periods, 1 where it could not be judged. */
  readonly meanQos: number;
  /** Delivered of offered bits. */
  readonly servedShare: number;
  /** Mean over the delivered bits; 0 when there were none. */
  readonly meanDelayMs: number;
  /** Share of cells and periods that met the SLA. */
  readonly slaShare: number;
}

export interface LabResult {
  readonly slices: readonly LabSliceResult[];
  /** R: mean over slices of their mean quality. */
  readonly reward: number;
  /** Jain's index over the UEs' served share. */
  readonly jain: number;
  /** Share of cells, slices and periods that met the SLA. */
  readonly slaShare: number;
}

/** Measures a run: slice quality and SLA each period, the rest over the whole of what it saw. */
export class LabMeter {
  private readonly whole: KpiWindow;
  private readonly qosSums: number[];
  private readonly metCounts: number[];
  private periods = 0;

  constructor(
    private readonly network: RadioNetwork,
    private readonly sla: Sla,
    durationMs: number,
  ) {
    this.whole = network.openWindow(durationMs);
    this.qosSums = network.slices.map(() => 0);
    this.metCounts = network.slices.map(() => 0);
  }

  /** Takes one decision period in, all cells. */
  period(window: KpiWindow): void {
    this.periods++;
    this.network.slices.forEach(({ type }, slice) => {
      for (let cell = 0; cell < this.network.cellCount; cell++) {
        const kpis = kpisOf((name) => window.slice(name, cell, slice));
        const met = slaSatisfied(this.sla[type] ?? {}, kpis).satisfied;
        this.qosSums[slice] = (this.qosSums[slice] ?? 0) + (kpis['RCT.QosDl'] ?? 1);
        this.metCounts[slice] = (this.metCounts[slice] ?? 0) + (met ? 1 : 0);
      }
    });
  }

  /** Closes the measurement, once. */
  result(): LabResult {
    this.whole.roll();
    const slices = this.network.slices.map(({ type }, slice) => this.sliceResult(type, slice));
    return {
      slices,
      reward: meanOf(slices.map(({ meanQos }) => meanQos)),
      jain: jainIndex(this.servedShares()),
      slaShare: meanOf(slices.map(({ slaShare }) => slaShare)),
    };
  }

  private sliceResult(type: SliceType, slice: number): LabSliceResult {
    let offered = 0;
    let delivered = 0;
    let delayed = 0;
    for (let cell = 0; cell < this.network.cellCount; cell++) {
      const volume = this.whole.slice('DRB.PdcpSduVolumeDL', cell, slice);
      offered += this.whole.slice('RCT.OfferedVolumeDl', cell, slice);
      delivered += volume;
      if (volume > 0) delayed += volume * this.whole.slice('RCT.PacketDelayDl.Mean', cell, slice);
    }
    const samples = this.periods * this.network.cellCount;
    return {
      type,
      meanQos: (this.qosSums[slice] ?? 0) / samples,
      servedShare: offered > 0 ? delivered / offered : 1,
      meanDelayMs: delivered > 0 ? delayed / delivered : 0,
      slaShare: (this.metCounts[slice] ?? 0) / samples,
    };
  }

  private servedShares(): number[] {
    const shares: number[] = [];
    for (let cell = 0; cell < this.network.cellCount; cell++) {
      for (const { ueIndex } of this.network.uesOf(cell)) {
        const offered = this.whole.ue('RCT.OfferedVolumeDl', ueIndex);
        if (offered > 0) shares.push(this.whole.ue('DRB.PdcpSduVolumeDL', ueIndex) / offered);
      }
    }
    return shares;
  }
}

function kpisOf(read: (name: KpiName) => number): SliceKpis {
  const entries = SLA_MEASUREMENTS.map((name) => [name, read(name)] as const);
  return Object.fromEntries(entries.filter(([, value]) => !Number.isNaN(value)));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
