import { type Counters, FIELD, FIELD_BITS, GROUP_ROW } from './counters.js';
import { Harq } from './harq.js';
import { type Link } from './link.js';
import { LATE, type PacketQueue } from './packet-queue.js';
import { type RadioConfig, type SlicePolicy } from './radio-config.js';
import { RandomStreams, STREAM } from './random-streams.js';
import { SliceShares } from './slice-shares.js';
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

/** Averaging time of the throughput in proportional fair, slots; older averages than the table count as nothing. */
const AVERAGE_SLOTS = 100;
const DECAY_SIZE = 1024;
const DECAY = Float64Array.from({ length: DECAY_SIZE }, (_, age) => (1 - 1 / AVERAGE_SLOTS) ** age);

/**
 * Downlink scheduler of all cells, one slot at a time: demand of each UE in PRBs → PRBs of each slice ({@link SliceShares}) →
 * PRBs of each UE ({@link UeShares} for weights and round robin, {@link UePriority} for the metrics below) → transmission.
 *
 * Metrics: `proportional-fair` r/R̄; `max-cqi` r; `m-lwdf` −ln(δ)·W/T·r/R̄ with W the age of the head packet, T the delay
 * budget (δ is the same within a slice and drops out); `srpt` −(waiting bits / r), shortest remaining first. r: bits a PRB, R̄: throughput averaged over 100 slots.
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
  readonly harq: Harq | undefined;
  private readonly prbs: number;
  private readonly isMcs: boolean;
  private readonly harqStreams: RandomStreams;
  /** Candidates of the cell at hand: [UEs], slice s has the entries first[s] … first[s + 1] − 1. */
  private readonly candidate: Int32Array;
  private readonly need: Float64Array;
  private readonly granted: Int32Array;
  private readonly first = new Int32Array(SLICE_COUNT + 1);
  private readonly demand = new Float64Array(SLICE_COUNT);
  private readonly retransmitted = new Int32Array(SLICE_COUNT);
  private readonly ueShares: UeShares;
  private readonly uePriority: UePriority;
  private readonly averageSlot: Int32Array;
  private readonly queuedBits: Float64Array;
  private readonly fields: Float64Array;
  private readonly blocks: Float64Array;
  private readonly blockErrors: Float64Array;
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
    const { harq } = config.link;
    const size = { cells: ues.cells, ues: n };
    this.harq = this.isMcs && harq !== false ? new Harq(size, queue, { config: harq, counters }) : undefined;
    this.harqStreams = new RandomStreams(ues.cells, seed, STREAM.harq);
    this.candidate = new Int32Array(n);
    this.need = new Float64Array(n);
    this.granted = new Int32Array(n);
    this.ueShares = new UeShares({
      candidate: this.candidate,
      need: this.need,
      granted: this.granted,
      fields: counters.ue,
    });
    this.uePriority = new UePriority(this.need, this.granted);
    this.averageSlot = new Int32Array(n);
    this.queuedBits = queue.queuedBits;
    this.fields = counters.ue;
    for (let ue = 0; ue < n; ue++) this.setWeight(ue, 1);
    this.blocks = counters.groupRow(GROUP_ROW.blocks);
    this.blockErrors = counters.groupRow(GROUP_ROW.blockErrors);
    this.connectedSlots = counters.groupRow(GROUP_ROW.connectedSlots);
    this.availablePrbSlots = counters.availablePrbSlots;
    this.discards = Object.values(config.slices).some((slice) => slice.latePackets === 'discard');
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
    const { first, demand, granted, need, shares } = this;
    this.availablePrbSlots[cell] = (this.availablePrbSlots[cell] as number) + this.prbs;
    const total = this.gather(cell) + this.addRetransmissions(cell, slot);
    let used = 0;
    if (total > 0) {
      shares.share(cell, demand);
      if (this.harq !== undefined) used += this.retransmit(cell, slot, this.harq);
      for (let s = 0; s < SLICE_COUNT; s++) {
        const from = first[s] as number;
        const to = first[s + 1] as number;
        if (from === to) continue;
        const isEnough = shares.granted[s] === demand[s];
        if (isEnough) for (let i = from; i < to; i++) granted[i] = need[i] as number;
        else this.shareSlice(cell, s, slot);
        used += this.isMcs ? this.sendBlocks(cell, s, slot) : this.send(cell, s, slot);
      }
    }
    this.slotPrbs[cell] = used;
    this.usedPrbs[cell] = (this.usedPrbs[cell] as number) + used;
  }

  /** Candidates and demand of a cell; returns the demand of all slices. */
  private gather(cell: number): number {
    const { order, starts } = this.ues;
    const { candidate, need, first, demand, queuedBits, fields, connectedSlots, isMcs } = this;
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
    const budget = (this.shares.granted[s] as number) - (this.retransmitted[s] as number);
    const from = this.first[s] as number;
    const to = this.first[s + 1] as number;
    if (policy === WEIGHTS || policy === ROUND_ROBIN) {
      this.ueShares.isWeighted = policy === WEIGHTS;
      this.ueShares.share(from, to, budget);
      return;
    }
    this.fillMetric(policy, s, slot);
    this.uePriority.share(from, to, budget);
  }

  private fillMetric(policy: number, s: number, slot: number): void {
    const to = this.first[s + 1] as number;
    const { candidate, queuedBits, fields } = this;
    const { metric } = this.uePriority;
    for (let i = this.first[s] as number; i < to; i++) {
      const ue = candidate[i] as number;
      const rate = fields[(ue << FIELD_BITS) + FIELD.bitsPerPrb] as number;
      if (policy === PROPORTIONAL_FAIR) metric[i] = rate / (1 + this.averageAt(ue, slot));
      else if (policy === MAX_CQI) metric[i] = rate;
      else if (policy === M_LWDF)
        metric[i] = (this.urgency(ue, slot) * rate) / (1 + this.averageAt(ue, slot));
      else metric[i] = -(queuedBits[ue] as number) / rate;
    }
  }

  private averageAt(ue: number, slot: number): number {
    const age = slot - (this.averageSlot[ue] as number);
    return age >= DECAY_SIZE
      ? 0
      : (this.fields[(ue << FIELD_BITS) + FIELD.averageBits] as number) * (DECAY[age] as number);
  }

  private urgency(ue: number, slot: number): number {
    const { queue } = this.parts;
    return (slot + 1 - queue.headSlot(ue)) / (queue.budgetMs[ue] as number);
  }

  private account(ue: number, bits: number, slot: number): void {
    this.fields[(ue << FIELD_BITS) + FIELD.averageBits] =
      this.averageAt(ue, slot) + bits * (1 / AVERAGE_SLOTS);
    this.averageSlot[ue] = slot;
  }

  /** Sends without errors; returns the PRBs used. */
  private send(cell: number, s: number, slot: number): number {
    const group = cell * SLICE_COUNT + s;
    const to = this.first[s + 1] as number;
    const { candidate, granted, queuedBits, fields } = this;
    const { queue } = this.parts;
    let used = 0;
    let sent = 0;
    for (let i = this.first[s] as number; i < to; i++) {
      const prbs = granted[i] as number;
      if (prbs === 0) continue;
      const ue = candidate[i] as number;
      const base = ue << FIELD_BITS;
      const room = prbs * (fields[base + FIELD.bitsPerPrb] as number);
      const waiting = queuedBits[ue] as number;
      const bits = waiting < room ? waiting : room;
      queue.send(ue, bits, slot);
      this.account(ue, bits, slot);
      fields[base + FIELD.prbSlots] = (fields[base + FIELD.prbSlots] as number) + prbs;
      used += prbs;
      sent++;
    }
    this.blocks[group] = (this.blocks[group] as number) + sent;
    return used;
  }

  /** Sends transport blocks that may fail; returns the PRBs used. */
  private sendBlocks(cell: number, s: number, slot: number): number {
    const { candidate, granted, first } = this;
    const group = cell * SLICE_COUNT + s;
    const end = first[s + 1] as number;
    let used = 0;
    for (let i = first[s] as number; i < end; i++) {
      const prbs = granted[i] as number;
      if (prbs === 0) continue;
      const ue = candidate[i] as number;
      this.add(ue, FIELD.prbSlots, prbs);
      used += prbs;
      this.blocks[group] = (this.blocks[group] as number) + 1;
      if (!this.sendBlock(cell, { ue, prbs }, slot)) {
        this.blockErrors[group] = (this.blockErrors[group] as number) + 1;
      }
    }
    return used;
  }

  private sendBlock(cell: number, { ue, prbs }: { ue: number; prbs: number }, slot: number): boolean {
    const { link, queue } = this.parts;
    const mcs = link.mcs[ue] as number;
    const room = link.blockSizes[mcs * (this.prbs + 1) + prbs] as number;
    const waiting = this.queuedBits[ue] as number;
    const bits = waiting < room ? waiting : room;
    const sinrDb = link.effectiveDb[ue] as number;
    const isError = this.harqStreams.unit(cell) < link.blockError.ratio(mcs, sinrDb);
    link.learn(ue, isError);
    this.account(ue, bits, slot);
    if (!isError) queue.send(ue, bits, slot);
    else this.harq?.keep(cell, ue, { bits, prbs, mcs, sinr: 10 ** (sinrDb / 10), slot });
    return !isError;
  }

  /** Adds the PRBs of the retransmissions that are due to the demand of their slices. */
  private addRetransmissions(cell: number, slot: number): number {
    const { harq, demand, retransmitted } = this;
    retransmitted.fill(0);
    if (harq === undefined) return 0;
    let total = 0;
    for (let at = harq.first[cell] as number; at !== -1; at = harq.next[at] as number) {
      if ((harq.dueSlot[at] as number) > slot) continue;
      const s = this.ues.slice[harq.ue[at] as number] as number;
      demand[s] = (demand[s] as number) + (harq.prbs[at] as number);
      total += harq.prbs[at] as number;
    }
    return total;
  }

  /** Retransmissions go first, in order of failure, in fewer PRBs when the slice has no more; returns PRBs used. */
  private retransmit(cell: number, slot: number, harq: Harq): number {
    const { retransmitted, shares } = this;
    let used = 0;
    let before = -1;
    for (let at = harq.first[cell] as number; at !== -1;) {
      const next = harq.next[at] as number;
      const ue = harq.ue[at] as number;
      const s = this.ues.slice[ue] as number;
      const left = (shares.granted[s] as number) - (retransmitted[s] as number);
      if ((harq.dueSlot[at] as number) > slot || left <= 0) {
        before = at;
      } else {
        const asked = harq.prbs[at] as number;
        const prbs = asked < left ? asked : left;
        retransmitted[s] = (retransmitted[s] as number) + prbs;
        this.add(ue, FIELD.prbSlots, prbs);
        used += prbs;
        if (!this.repeat(cell, { at, before, prbs }, slot)) before = at;
      }
      at = next;
    }
    return used;
  }

  /** One more transmission of a block; true when the block is done with. */
  private repeat(
    cell: number,
    { at, before, prbs }: { at: number; before: number; prbs: number },
    slot: number,
  ): boolean {
    const harq = this.harq as Harq;
    const { link } = this.parts;
    const ue = harq.ue[at] as number;
    const mcs = harq.mcs[at] as number;
    const sinr = 10 ** ((link.effectiveDb[ue] as number) / 10);
    harq.gathered[at] = (harq.gathered[at] as number) + (sinr * prbs) / (harq.prbs[at] as number);
    harq.transmissions[at] = (harq.transmissions[at] as number) + 1;
    const gatheredDb = 10 * Math.log10(harq.gathered[at]);
    const isError = this.harqStreams.unit(cell) < link.blockError.ratio(mcs, gatheredDb);
    const group = cell * SLICE_COUNT + (this.ues.slice[ue] as number);
    if (isError) this.blockErrors[group] = (this.blockErrors[group] as number) + 1;
    if (isError && (harq.transmissions[at] as number) < harq.maxTransmissions) {
      harq.dueSlot[at] = slot + harq.roundTripMs;
      return false;
    }
    harq.finish(cell, at, { before, slot, isReceived: !isError });
    return true;
  }
}
