import { type KpiName } from '@ricochet/ran-types';

import { CQI_COUNT, FIELD, FIELD_BITS, GROUP_ROW } from './counters.js';
import { DELAY_BINS, delayQuantile } from './delay-histogram.js';
import { KpiSnapshot, type KpiSource } from './kpi-snapshot.js';
import { type KpiWindow } from './kpi-window.js';
import { CQI_EFFICIENCY } from './mcs-tables.js';
import { type RadioConfig } from './radio-config.js';
import { sliceQuality } from './slice-quality.js';
import { SLICE_COUNT } from './ue-table.js';

/** Levels of a group query: one slice, or all of a cell. */
interface Span {
  first: number;
  last: number;
}

export interface WindowOptions {
  readonly config: RadioConfig;
  readonly clock: () => number;
  /** Hands pending delay maxima to all windows. */
  readonly fold: () => void;
}

/**
 * {@link KpiWindow} as the difference of two snapshots of the cumulative counters.
 *
 * Group values follow the members: total = counted by UEs while they were members. Percentiles and maxima of a group are
 * those of its members when the period closed. A UE without a usable CQI needs PRBs as at CQI 1.
 */
export class CountedWindow implements KpiWindow {
  private then: KpiSnapshot;
  private now: KpiSnapshot;
  /** [UEs] largest delay of the open period, and of the closed one (head packets included). */
  private readonly openMax: Int32Array;
  private readonly closedMax: Int32Array;
  private readonly histogram = new Float64Array(DELAY_BINS);
  private readonly span: Span = { first: 0, last: 0 };
  private readonly ues: number;
  private readonly groups: number;
  private readonly leastBitsPerPrb: number;

  constructor(
    readonly periodMs: number,
    source: KpiSource,
    private readonly options: WindowOptions,
  ) {
    this.ues = source.ues.capacity;
    this.groups = source.ues.groups;
    this.openMax = new Int32Array(this.ues);
    this.closedMax = new Int32Array(this.ues);
    this.leastBitsPerPrb = ((CQI_EFFICIENCY[1] as number) * options.config.prbBandwidthHz) / 1000;
    this.then = new KpiSnapshot(source);
    this.now = new KpiSnapshot(source);
    this.now.take(options.clock());
    this.then.take(options.clock());
  }

  foldDelays(delayMax: Int32Array): void {
    const { openMax } = this;
    for (let ue = 0; ue < delayMax.length; ue++) {
      if ((delayMax[ue] as number) > (openMax[ue] as number)) openMax[ue] = delayMax[ue] as number;
    }
  }

  roll(): void {
    this.options.fold();
    [this.then, this.now] = [this.now, this.then];
    this.now.take(this.options.clock());
    const { openMax, closedMax } = this;
    const { holMs } = this.now;
    for (let ue = 0; ue < this.ues; ue++) {
      const seen = openMax[ue] as number;
      closedMax[ue] = Math.max(seen, holMs[ue] as number);
      openMax[ue] = 0;
    }
  }

  private get slots(): number {
    return this.now.timeMs - this.then.timeMs;
  }

  cqiCount(cell: number, cqi: number): number {
    const at = cell * CQI_COUNT + cqi;
    return (this.now.cqi[at] as number) - (this.then.cqi[at] as number);
  }

  cell(name: KpiName, cell: number): number {
    switch (name) {
      case 'RRU.PrbTotDl': {
        const available = this.availablePrbSlots(cell);
        this.select(cell * SLICE_COUNT, (cell + 1) * SLICE_COUNT);
        return available === 0 ? 0 : Math.round((100 * this.total(FIELD.prbSlots)) / available);
      }
      case 'RRU.PrbAvailDl':
        return Math.round(this.availablePrbSlots(cell) / this.slots);
      case 'CARR.WBCQIDist': {
        let reports = 0;
        for (let cqi = 0; cqi < CQI_COUNT; cqi++) reports += this.cqiCount(cell, cqi);
        return reports;
      }
      default:
        this.select(cell * SLICE_COUNT, (cell + 1) * SLICE_COUNT);
        return this.groupValue(name);
    }
  }

  slice(name: KpiName, cell: number, sliceIndex: number): number {
    const group = cell * SLICE_COUNT + sliceIndex;
    this.select(group, group + 1);
    switch (name) {
      case 'RCT.QosDl':
        return this.quality(group, sliceIndex);
      case 'RCT.RrmPolicyMinDl':
        return this.now.minRatio[group] ?? NaN;
      case 'RCT.RrmPolicyMaxDl':
        return this.now.maxRatio[group] ?? NaN;
      case 'RCT.RrmPolicyDedicatedDl':
        return this.now.dedicatedRatio[group] ?? NaN;
      default:
        return this.groupValue(name);
    }
  }

  ue(name: KpiName, ue: number): number {
    switch (name) {
      case 'RRU.PrbUsedDl':
        return this.grown(FIELD.prbSlots, ue) / this.slots;
      case 'DRB.UEThpDl':
        return this.throughput(ue);
      case 'DRB.PdcpSduVolumeDL':
        return this.grown(FIELD.deliveredBits, ue) / 1000;
      case 'DRB.RlcSduDelayDl':
        return (
          ((this.grown(FIELD.delayMs, ue) - this.grown(FIELD.airMs, ue)) * 10) /
          this.grown(FIELD.deliveredPackets, ue)
        );
      case 'DRB.AirIfDelayDl':
        return (this.grown(FIELD.airMs, ue) * 10) / this.grown(FIELD.deliveredPackets, ue);
      case 'DRB.RlcPacketDropRateDl':
        return dropRate(this.grown(FIELD.lostPackets, ue), this.grown(FIELD.arrivedPackets, ue));
      case 'RCT.PacketDelayDl.Mean':
        return this.grown(FIELD.delayMs, ue) / this.grown(FIELD.deliveredPackets, ue);
      case 'RCT.PacketDelayDl.P50':
        return this.ueQuantile(ue, 0.5);
      case 'RCT.PacketDelayDl.P95':
        return this.ueQuantile(ue, 0.95);
      case 'RCT.PacketDelayDl.P99':
        return this.ueQuantile(ue, 0.99);
      case 'RCT.PacketDelayDl.Max':
        return this.closedMax[ue] === 0 ? NaN : (this.closedMax[ue] ?? NaN);
      case 'RCT.BufferDl':
        return Math.ceil((this.now.queuedBits[ue] as number) / 8);
      case 'RCT.OfferedVolumeDl':
        return this.grown(FIELD.offeredBits, ue) / 1000;
      case 'RCT.HolDelayDl':
        return this.now.holMs[ue] ?? NaN;
      case 'RCT.SpectralEfficiencyDl':
        return this.gauge(FIELD.efficiency, ue);
      case 'RCT.PrbNeedArrivalDl':
        return this.grown(FIELD.offeredBits, ue) / this.slots / this.bitsPerPrb(ue);
      case 'RCT.PrbNeedBacklogDl':
        return (this.now.queuedBits[ue] as number) / this.bitsPerPrb(ue);
      case 'RCT.SchedulingWeightDl':
        return this.gauge(FIELD.weight, ue);
      default:
        return NaN;
    }
  }

  private groupValue(name: KpiName): number {
    switch (name) {
      case 'RRU.PrbUsedDl':
        return this.total(FIELD.prbSlots) / this.slots;
      case 'DRB.UEThpDl':
        return this.meanThroughput();
      case 'DRB.PdcpSduVolumeDL':
        return this.total(FIELD.deliveredBits) / 1000;
      case 'DRB.RlcSduDelayDl':
        return (
          ((this.total(FIELD.delayMs) - this.total(FIELD.airMs)) * 10) / this.total(FIELD.deliveredPackets)
        );
      case 'DRB.AirIfDelayDl':
        return (this.total(FIELD.airMs) * 10) / this.total(FIELD.deliveredPackets);
      case 'DRB.RlcPacketDropRateDl':
        return dropRate(this.total(FIELD.lostPackets), this.total(FIELD.arrivedPackets));
      case 'DRB.MeanActiveUeDl':
        return this.total(FIELD.busySlots) / this.slots;
      case 'RRC.ConnMean':
        return this.counted(GROUP_ROW.connectedSlots) / this.slots;
      case 'TB.TotNbrDl':
        return this.counted(GROUP_ROW.blocks);
      case 'TB.ErrTotNbrDl':
        return this.counted(GROUP_ROW.blockErrors);
      case 'RCT.PacketDelayDl.Mean':
        return this.total(FIELD.delayMs) / this.total(FIELD.deliveredPackets);
      case 'RCT.PacketDelayDl.P50':
        return this.groupQuantile(0.5);
      case 'RCT.PacketDelayDl.P95':
        return this.groupQuantile(0.95);
      case 'RCT.PacketDelayDl.P99':
        return this.groupQuantile(0.99);
      case 'RCT.PacketDelayDl.Max': {
        const max = this.largest(this.closedMax);
        return max === 0 ? NaN : max;
      }
      case 'RCT.BufferDl':
        return Math.ceil(this.sumQueued(this.now) / 8);
      case 'RCT.OfferedVolumeDl':
        return this.total(FIELD.offeredBits) / 1000;
      case 'RCT.HolDelayDl':
        return this.largest(this.now.holMs);
      case 'RCT.SpectralEfficiencyDl': {
        const members = this.end(this.now) - this.begin(this.now);
        return this.sum(this.now, FIELD.efficiency) / members;
      }
      case 'RCT.PrbNeedArrivalDl':
      case 'RCT.PrbNeedBacklogDl':
        return this.sumOverUes(name);
      default:
        return NaN;
    }
  }

  private select(first: number, last: number): void {
    this.span.first = first;
    this.span.last = last;
  }

  private begin(snapshot: KpiSnapshot): number {
    return snapshot.starts[this.span.first] as number;
  }

  private end(snapshot: KpiSnapshot): number {
    return snapshot.starts[this.span.last] as number;
  }

  private sum(snapshot: KpiSnapshot, field: number): number {
    const end = this.end(snapshot);
    let sum = 0;
    for (let i = this.begin(snapshot); i < end; i++) {
      sum += snapshot.ue[((snapshot.order[i] as number) << FIELD_BITS) + field] as number;
    }
    return sum;
  }

  private sumQueued(snapshot: KpiSnapshot): number {
    const end = this.end(snapshot);
    let sum = 0;
    for (let i = this.begin(snapshot); i < end; i++) {
      sum += snapshot.queuedBits[snapshot.order[i] as number] as number;
    }
    return sum;
  }

  /** What the selected groups counted in a cumulative field during the period. */
  private total(field: number): number {
    let moved = 0;
    for (let g = this.span.first; g < this.span.last; g++) {
      const at = (g << FIELD_BITS) + field;
      moved += (this.now.moved[at] as number) - (this.then.moved[at] as number);
    }
    return moved + this.sum(this.now, field) - this.sum(this.then, field);
  }

  private counted(row: number): number {
    let sum = 0;
    for (let g = this.span.first; g < this.span.last; g++) {
      const at = row * this.groups + g;
      sum += (this.now.group[at] as number) - (this.then.group[at] as number);
    }
    return sum;
  }

  private grown(field: number, ue: number): number {
    const at = (ue << FIELD_BITS) + field;
    return (this.now.ue[at] as number) - (this.then.ue[at] as number);
  }

  private gauge(field: number, ue: number): number {
    return this.now.ue[(ue << FIELD_BITS) + field] as number;
  }

  private bitsPerPrb(ue: number): number {
    return Math.max(this.leastBitsPerPrb, this.gauge(FIELD.bitsPerPrb, ue));
  }

  private availablePrbSlots(cell: number): number {
    return (this.now.availablePrbSlots[cell] as number) - (this.then.availablePrbSlots[cell] as number);
  }

  private throughput(ue: number): number {
    const busy = this.grown(FIELD.busySlots, ue);
    return busy === 0 ? NaN : this.grown(FIELD.deliveredBits, ue) / busy;
  }

  private meanThroughput(): number {
    const end = this.end(this.now);
    let sum = 0;
    let count = 0;
    for (let i = this.begin(this.now); i < end; i++) {
      const throughput = this.throughput(this.now.order[i] as number);
      if (Number.isNaN(throughput)) continue;
      sum += throughput;
      count++;
    }
    return sum / count;
  }

  private sumOverUes(name: KpiName): number {
    const end = this.end(this.now);
    let sum = 0;
    for (let i = this.begin(this.now); i < end; i++) sum += this.ue(name, this.now.order[i] as number);
    return sum;
  }

  private largest(values: Int32Array): number {
    const end = this.end(this.now);
    let max = 0;
    for (let i = this.begin(this.now); i < end; i++) {
      max = Math.max(max, values[this.now.order[i] as number] as number);
    }
    return max;
  }

  private addDelays(ue: number): void {
    const base = ue * DELAY_BINS;
    for (let bin = 0; bin < DELAY_BINS; bin++) {
      const grown = (this.now.delays[base + bin] as number) - (this.then.delays[base + bin] as number);
      this.histogram[bin] = (this.histogram[bin] as number) + grown;
    }
  }

  private ueQuantile(ue: number, q: number): number {
    this.histogram.fill(0);
    this.addDelays(ue);
    return delayQuantile(this.histogram, q);
  }

  private groupQuantile(q: number): number {
    this.histogram.fill(0);
    const end = this.end(this.now);
    for (let i = this.begin(this.now); i < end; i++) this.addDelays(this.now.order[i] as number);
    return delayQuantile(this.histogram, q);
  }

  private quality(group: number, sliceIndex: number): number {
    const { config } = this.options;
    const waiting = this.sumQueued(this.then) + this.sum(this.then, FIELD.harqBits);
    const offered = waiting + this.total(FIELD.offeredBits);
    return sliceQuality(sliceIndex, {
      offeredBits: offered,
      deliveredBits: this.total(FIELD.deliveredBits),
      satisfiedShare: sliceIndex === 1 ? this.satisfiedShare(group) : 1,
      maxDelayMs: sliceIndex === 2 ? this.largest(this.closedMax) : 0,
      zeroAtMs: config.qosDelayMs,
    });
  }

  /** Of the members that had anything to receive, those that received enough of it. */
  private satisfiedShare(group: number): number {
    const { order, starts } = this.now;
    let asking = 0;
    let satisfied = 0;
    for (let i = starts[group] as number; i < (starts[group + 1] as number); i++) {
      const ue = order[i] as number;
      const waiting =
        (this.then.queuedBits[ue] as number) + (this.then.ue[(ue << FIELD_BITS) + FIELD.harqBits] as number);
      const offered = waiting + this.grown(FIELD.offeredBits, ue);
      if (offered === 0) continue;
      asking++;
      if (this.grown(FIELD.deliveredBits, ue) >= this.options.config.qosServedShare * offered) satisfied++;
    }
    return asking === 0 ? 1 : satisfied / asking;
  }
}

/** Packets lost per million that arrived; one million when only older ones were lost. */
function dropRate(lost: number, arrived: number): number {
  if (arrived === 0) return lost === 0 ? NaN : 1e6;
  return Math.min(1e6, Math.round((lost / arrived) * 1e6));
}
