import { Candidates } from './candidates.js';
import { type Counters, FIELD, FIELD_BITS, GROUP_ROW } from './counters.js';
import { type Link } from './link.js';
import { LATE, type PacketQueue } from './packet-queue.js';
import { type RadioConfig, type SlicePolicy } from './radio-config.js';
import { SliceShares } from './slice-shares.js';
import { type StateExchange } from './state-exchange.js';
import { ThroughputAverage } from './throughput-average.js';
import { Transmitter } from './transmitter.js';
import { UePriority } from './ue-priority.js';
import { UeShares } from './ue-shares.js';
import { SLICE_COUNT, type UeTable } from './ue-table.js';

export const POLICIES: readonly SlicePolicy[] = [
  'weights',
  'round-robin',
  'proportional-fair',
  'max-cqi',
  'm-lwdf',
  'srpt',
];
const WEIGHTS = 0;
const ROUND_ROBIN = 1;
const PROPORTIONAL_FAIR = 2;
const MAX_CQI = 3;
const M_LWDF = 4;

/**
 * Downlink scheduler of all cells, one slot at a time: demand of each UE in PRBs → PRBs of each slice ({@link
 * SliceShares}) →
 * PRBs of each UE ({@link UeShares} for weights and round robin, {@link UePriority} for the metrics below) →
 * {@link Transmitter}.
 *
 * Metrics: `proportional-fair` r/R̄; `max-cqi` r; `m-lwdf` −ln(δ)·W/T·r/R̄ with W the age of the head packet, T
 * the delay
 * budget (δ is the same within a slice and drops out); `srpt` −(waiting bits / r), shortest remaining first. r:
 * bits a PRB, R̄: throughput averaged over 100 slots.
 *
 * `policy`: [cells · 3]; `isOn`: [cells]; `usedPrbs`: [cells] PRB slots since last cleared; `slotPrbs`: [cells], of
 * the last slot.
 */
export class Mac {
  readonly shares: SliceShares;
  readonly policy: Uint8Array;
  readonly isOn: Uint8Array;
  readonly usedPrbs: Float64Array;
  readonly slotPrbs: Int32Array;
  readonly transmitter: Transmitter;
  private readonly prbs: number;
  private readonly isMcs: boolean;
  private readonly candidates: Candidates;
  private readonly demand = new Float64Array(SLICE_COUNT);
  private readonly ueShares: UeShares;
  private readonly uePriority: UePriority;
  private readonly average: ThroughputAverage;
  private readonly queuedBits: Float64Array;
  private readonly fields: Float64Array;
  private readonly connectedSlots: Float64Array;
  private readonly availablePrbSlots: Float64Array;
  private readonly discards: boolean;

  constructor(
    private readonly ues: UeTable,
    private readonly parts: { link: Link; queue: PacketQueue; counters: Counters },
    { config, seed }: { config: RadioConfig; seed: number },
  ) {
    const n = ues.capacity;
    const { counters, queue } = parts;
    this.prbs = config.prbsPerCell;
    this.isMcs = config.link.rate === 'mcs';
    this.shares = new SliceShares(ues.cells, this.prbs);
    this.policy = new Uint8Array(ues.groups);
    this.isOn = new Uint8Array(ues.cells).fill(1);
    this.usedPrbs = new Float64Array(ues.cells);
    this.slotPrbs = new Int32Array(ues.cells);
    this.candidates = new Candidates(n);
    this.ueShares = new UeShares(this.candidates, counters.ue);
    this.uePriority = new UePriority(this.candidates);
    this.average = new ThroughputAverage(n, counters.ue);
    const { candidates, average } = this;
    this.transmitter = new Transmitter(ues, { ...parts, candidates, average }, { config, seed });
    this.queuedBits = queue.queuedBits;
    this.fields = counters.ue;
    for (let ue = 0; ue < n; ue++) this.setWeight(ue, 1);
    this.connectedSlots = counters.groupRow(GROUP_ROW.connectedSlots);
    this.availablePrbSlots = counters.availablePrbSlots;
    this.discards = Object.values(config.slices).some((slice) => slice.latePackets === 'discard');
  }

  exchange(state: StateExchange): void {
    state.array(this.policy);
    state.array(this.isOn);
    state.array(this.usedPrbs);
    state.array(this.slotPrbs);
    this.shares.exchange(state);
    this.ueShares.exchange(state);
    this.average.exchange(state);
    this.transmitter.exchange(state);
  }

  /** Scheduling weight of a UE; relative to the others of its slice. */
  setWeight(ue: number, weight: number): void {
    this.fields[(ue << FIELD_BITS) + FIELD.weight] = weight;
  }

  weight(ue: number): number {
    return this.fields[(ue << FIELD_BITS) + FIELD.weight] ?? NaN;
  }

  private add(ue: number, field: number, amount: number): void {
    const at = (ue << FIELD_BITS) + field;
    this.fields[at] = (this.fields[at] as number) + amount;
  }

  /** Schedules and sends one slot in every cell. */
  slot(slot: number): void {
    for (let cell = 0; cell < this.ues.cells; cell++) {
      if (this.discards) this.discardLate(cell, slot);
      if (this.isOn[cell] === 1) this.scheduleCell(cell, slot);
      else this.idleCell(cell);
    }
  }

  private discardLate(cell: number, slot: number): void {
    const { order, starts } = this.ues;
    const { queue } = this.parts;
    const end = starts[(cell + 1) * SLICE_COUNT] as number;
    for (let i = starts[cell * SLICE_COUNT] as number; i < end; i++) {
      const ue = order[i] as number;
      if (queue.late[ue] === LATE.discard && (this.queuedBits[ue] as number) > 0) queue.discardLate(ue, slot);
    }
  }

  /** A cell that is off: data waits. */
  private idleCell(cell: number): void {
    const { order, starts } = this.ues;
    const { queuedBits } = this;
    this.slotPrbs[cell] = 0;
    const end = starts[(cell + 1) * SLICE_COUNT] as number;
    for (let i = starts[cell * SLICE_COUNT] as number; i < end; i++) {
      const ue = order[i] as number;
      if ((queuedBits[ue] as number) > 0) this.add(ue, FIELD.busySlots, 1);
    }
  }

  private scheduleCell(cell: number, slot: number): void {
    const { demand, shares, transmitter } = this;
    const { first, granted, need } = this.candidates;
    this.availablePrbSlots[cell] = (this.availablePrbSlots[cell] as number) + this.prbs;
    const total = this.gather(cell) + transmitter.addRetransmissions(cell, slot, demand);
    let used = 0;
    if (total > 0) {
      shares.share(cell, demand);
      used += transmitter.retransmit(cell, slot, shares.granted);
      for (let s = 0; s < SLICE_COUNT; s++) {
        const from = first[s] as number;
        const to = first[s + 1] as number;
        if (from === to) continue;
        const isEnough = shares.granted[s] === demand[s];
        if (isEnough) for (let i = from; i < to; i++) granted[i] = need[i] as number;
        else this.shareSlice(cell, s, slot);
        used += transmitter.sendSlice(cell, s, slot);
      }
    }
    this.slotPrbs[cell] = used;
    this.usedPrbs[cell] = (this.usedPrbs[cell] as number) + used;
  }

  /** Candidates and demand of a cell; returns the demand of all slices. */
  private gather(cell: number): number {
    const { order, starts } = this.ues;
    const { demand, queuedBits, fields, connectedSlots, isMcs } = this;
    const { ue: candidate, need, first } = this.candidates;
    let n = 0;
    let total = 0;
    for (let s = 0; s < SLICE_COUNT; s++) {
      const group = cell * SLICE_COUNT + s;
      const start = starts[group] as number;
      const end = starts[group + 1] as number;
      connectedSlots[group] = (connectedSlots[group] as number) + end - start;
      first[s] = n;
      let asked = 0;
      for (let i = start; i < end; i++) {
        const ue = order[i] as number;
        const bits = queuedBits[ue] as number;
        if (bits === 0) continue;
        const base = ue << FIELD_BITS;
        fields[base + FIELD.busySlots] = (fields[base + FIELD.busySlots] as number) + 1;
        const perPrb = fields[base + FIELD.bitsPerPrb] as number;
        if (perPrb === 0) continue;
        const prbs = isMcs ? this.blockPrbs(ue, bits) : Math.ceil(bits / perPrb);
        candidate[n] = ue;
        need[n++] = prbs;
        asked += prbs;
      }
      demand[s] = asked;
      total += asked;
    }
    first[SLICE_COUNT] = n;
    return total;
  }

  /** Fewest PRBs whose block holds the bits, at most the carrier. */
  private blockPrbs(ue: number, bits: number): number {
    const { blockSizes, mcs } = this.parts.link;
    const row = (mcs[ue] as number) * (this.prbs + 1);
    let n = Math.ceil(bits / (this.fields[(ue << FIELD_BITS) + FIELD.bitsPerPrb] as number));
    if (n >= this.prbs) n = this.prbs;
    while (n < this.prbs && (blockSizes[row + n] as number) < bits) n++;
    while (n > 1 && (blockSizes[row + n - 1] as number) >= bits) n--;
    return n;
  }

  private shareSlice(cell: number, s: number, slot: number): void {
    const policy = this.policy[cell * SLICE_COUNT + s] as number;
    const budget = (this.shares.granted[s] as number) - (this.transmitter.retransmitted[s] as number);
    const from = this.candidates.first[s] as number;
    const to = this.candidates.first[s + 1] as number;
    if (policy === WEIGHTS || policy === ROUND_ROBIN) {
      this.ueShares.isWeighted = policy === WEIGHTS;
      this.ueShares.share(from, to, budget);
      return;
    }
    this.fillMetric(policy, s, slot);
    this.uePriority.share(from, to, budget);
  }

  private fillMetric(policy: number, s: number, slot: number): void {
    const { queuedBits, fields, average } = this;
    const { ue: candidate, first } = this.candidates;
    const to = first[s + 1] as number;
    const { metric } = this.uePriority;
    for (let i = first[s] as number; i < to; i++) {
      const ue = candidate[i] as number;
      const rate = fields[(ue << FIELD_BITS) + FIELD.bitsPerPrb] as number;
      if (policy === PROPORTIONAL_FAIR) metric[i] = rate / (1 + average.at(ue, slot));
      else if (policy === MAX_CQI) metric[i] = rate;
      else if (policy === M_LWDF) metric[i] = (this.urgency(ue, slot) * rate) / (1 + average.at(ue, slot));
      else metric[i] = -(queuedBits[ue] as number) / rate;
    }
  }

  private urgency(ue: number, slot: number): number {
    const { queue } = this.parts;
    return (slot + 1 - queue.headSlot(ue)) / (queue.budgetMs[ue] as number);
  }
}
