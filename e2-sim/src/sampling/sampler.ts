import { type NodeSample, type SliceSample } from '@ricochet/contracts';
import { type KpiWindow, type RadioNetwork } from '@ricochet/radio';
import { type KpiName } from '@ricochet/ran-types';
import {
  servedShare,
  SLA_MEASUREMENTS,
  slaSatisfied,
  type Scenario,
  type SliceKpis,
} from '@ricochet/scenario';
import { KpiHash } from './kpi-hash.js';
import { SliceTotals } from './slice-totals.js';

/** One sample of the whole network every so often. */
export const SAMPLE_PERIOD_MS = 100;

const PER_MILLION = 1e-6;

export interface SamplerOptions {
  readonly scenario: Scenario;
  /** Of the cells, in their order. */
  readonly nodeIds: readonly string[];
  /** Whether every KPI goes into a hash; in real time no hash repeats, and the time is better spent. */
  readonly hashes: boolean;
}

/** What the network really did, told by the network itself and not by its reports. */
export class Sampler {
  readonly totals = new SliceTotals();
  private readonly hash: KpiHash | undefined;
  private taken = 0;
  private atWarmUp: readonly { readonly delivered: number; readonly offered: number }[] | undefined;

  constructor(
    private readonly radio: RadioNetwork,
    private readonly options: SamplerOptions,
  ) {
    this.hash = options.hashes ? new KpiHash(radio) : undefined;
  }

  get count(): number {
    return this.taken;
  }

  /** `null` when none is kept. */
  get kpiHash(): string | null {
    return this.hash?.digest() ?? null;
  }

  /** Samples the period that the window has just closed. */
  sample(window: KpiWindow): NodeSample[] {
    this.hash?.add(window);
    this.taken += 1;
    if (this.atWarmUp === undefined && this.radio.timeMs >= this.options.scenario.warmUpMs) {
      this.atWarmUp = this.tallies();
    }
    const nodes = this.options.nodeIds.map((nodeId, cell) => ({
      nodeId,
      active: this.radio.isCellOn(cell),
      prbUsed: window.cell('RRU.PrbUsedDl', cell),
      prbAvailable: window.cell('RRU.PrbAvailDl', cell),
      slices: this.radio.slices.map((_, slice) => this.sliceSample(window, cell, slice)),
    }));
    this.totals.add(nodes);
    return nodes;
  }

  /** Served and offered bits of every UE since the warm-up. */
  ueTotals(): { nodeId: string; snssai: SliceSample['snssai']; servedBits: number; offeredBits: number }[] {
    return this.tallies().flatMap(({ delivered, offered }, ue) => {
      const before = this.atWarmUp?.[ue] ?? { delivered: 0, offered: 0 };
      const slice = this.radio.slices[this.radio.sliceOfUe[ue] as number];
      const nodeId = this.options.nodeIds[this.radio.servingCells[ue] as number];
      if (slice === undefined || nodeId === undefined || offered === 0) return [];
      return [
        {
          nodeId,
          snssai: slice.snssai,
          servedBits: delivered - before.delivered,
          offeredBits: offered - before.offered,
        },
      ];
    });
  }

  private tallies(): { delivered: number; offered: number }[] {
    return Array.from({ length: this.radio.ueCapacity }, (_, ue) => {
      const { deliveredBits, offeredBits } = this.radio.tallies.ue(ue);
      return { delivered: deliveredBits, offered: offeredBits };
    });
  }

  private sliceSample(window: KpiWindow, cell: number, slice: number): SliceSample {
    const { radio, options } = this;
    const value = (name: KpiName): number => window.slice(name, cell, slice);
    const orNull = (name: KpiName): number | null => (Number.isNaN(value(name)) ? null : value(name));
    const { snssai, type } = radio.slices[slice] as RadioNetwork['slices'][number];
    const kpis = Object.fromEntries(SLA_MEASUREMENTS.map((name) => [name, value(name)])) as SliceKpis;
    const { minRatio, maxRatio } = radio.sliceQuota(cell, slice);
    return {
      snssai,
      ues: value('RRC.ConnMean'),
      offeredKbit: value('RCT.OfferedVolumeDl'),
      deliveredKbit: value('DRB.PdcpSduVolumeDL'),
      servedShare: servedShare(kpis) ?? 1,
      prbUsed: value('RRU.PrbUsedDl'),
      ueThpKbps: orNull('DRB.UEThpDl'),
      delayMeanMs: orNull('RCT.PacketDelayDl.Mean'),
      delayP99Ms: orNull('RCT.PacketDelayDl.P99'),
      delayMaxMs: orNull('RCT.PacketDelayDl.Max'),
      dropRate: (orNull('DRB.RlcPacketDropRateDl') ?? 0) * PER_MILLION,
      bufferBytes: value('RCT.BufferDl'),
      qos: value('RCT.QosDl'),
      minRatio,
      maxRatio,
      slaMet: slaSatisfied(options.scenario.sla[type] ?? {}, kpis).satisfied,
    };
  }
}
