import type { KpiWindow, RadioNetwork } from '@ricochet/radio';
import type { KpiName, SliceType } from '@ricochet/ran-types';
import { type Sla, SLA_MEASUREMENTS, type SliceKpis, slaSatisfied } from '@ricochet/scenario';
import {
  type EnvironmentStep,
  type SlicingEnvironment,
  SPLIT_PERIOD_MS,
} from '../environment/environment.js';
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
  /** [cells] quality of each period that could be judged. */
  readonly qualities: readonly (readonly number[])[];
  /** Mean rate of each UE that traffic was for, kbit/s. */
  readonly ueRatesKbps: readonly number[];
}

export interface LabResult {
  readonly slices: readonly LabSliceResult[];
  /** R: mean over slices of their mean quality. */
  readonly reward: number;
  /** [cells] mean reward of each DU, by its own task. */
  readonly duRewards: readonly number[];
  /** Jain's index over the UEs' served share. */
  readonly jain: number;
  /** Share of cells, slices and periods that met the SLA. */
  readonly slaShare: number;
}

/** Measures a run from now on: slice quality, SLA and reward each split period, the rest over the whole. */
export class LabMeter {
  private readonly network: RadioNetwork;
  private readonly whole: KpiWindow;
  private readonly period: KpiWindow;
  private readonly qosSums: number[];
  private readonly qualities: number[][][];
  private readonly metCounts: number[];
  private readonly rewardSums: number[];
  private periods = 0;

  constructor(
    environment: SlicingEnvironment,
    private readonly sla: Sla,
    private readonly durationMs: number,
  ) {
    const { network } = environment;
    this.network = network;
    this.whole = network.openWindow(durationMs);
    this.period = network.openWindow(SPLIT_PERIOD_MS);
    this.qosSums = network.slices.map(() => 0);
    this.qualities = network.slices.map(() => Array.from({ length: network.cellCount }, () => []));
    this.metCounts = network.slices.map(() => 0);
    this.rewardSums = Array.from({ length: network.cellCount }, () => 0);
  }

  /** Takes a step in. */
  step({ split }: EnvironmentStep): void {
    if (split === undefined) return;
    this.period.roll();
    this.periods++;
    split.rewards.forEach((reward, du) => (this.rewardSums[du]! += reward));
    this.network.slices.forEach(({ type }, slice) => {
      for (let cell = 0; cell < this.network.cellCount; cell++) {
        const kpis = kpisOf((name) => this.period.slice(name, cell, slice));
        const met = slaSatisfied(this.sla[type] ?? {}, kpis).satisfied;
        const quality = kpis['RCT.QosDl'];
        if (typeof quality === 'number') this.qualities[slice]![cell]!.push(quality);
        this.qosSums[slice]! += quality ?? 1;
        this.metCounts[slice]! += met ? 1 : 0;
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
      duRewards: this.rewardSums.map((sum) => sum / this.periods),
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
      qualities: this.qualities[slice] ?? [],
      ueRatesKbps: this.ueRates(slice),
    };
  }

  private ueRates(slice: number): number[] {
    const rates: number[] = [];
    for (let ue = 0; ue < this.network.ueCapacity; ue++) {
      if (this.network.sliceOfUe[ue] !== slice || !(this.whole.ue('RCT.OfferedVolumeDl', ue) > 0)) continue;
      rates.push((1000 * this.whole.ue('DRB.PdcpSduVolumeDL', ue)) / this.durationMs);
    }
    return rates;
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
