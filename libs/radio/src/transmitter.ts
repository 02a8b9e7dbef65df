import { type Candidates } from './candidates.js';
import { type Counters, FIELD, FIELD_BITS, GROUP_ROW } from './counters.js';
import { Harq } from './harq.js';
import { type Link } from './link.js';
import { type PacketQueue } from './packet-queue.js';
import { type RadioConfig } from './radio-config.js';
import { RandomStreams, STREAM } from './random-streams.js';
import { type StateExchange } from './state-exchange.js';
import { type ThroughputAverage } from './throughput-average.js';
import { SLICE_COUNT, type UeTable } from './ue-table.js';

export interface TransmitterParts {
  readonly link: Link;
  readonly queue: PacketQueue;
  readonly counters: Counters;
  readonly candidates: Candidates;
  readonly average: ThroughputAverage;
}

/**
 * Sends what the scheduler granted: without errors at Shannon's rate, or as transport blocks whose outcome is
 * drawn from the
 * BLER at the SINR of the slot, with HARQ. `retransmitted`: [3] PRBs that retransmissions took in the slot at
 * hand. One
 * stream per cell.
 */
export class Transmitter {
  readonly harq: Harq | undefined;
  readonly retransmitted = new Int32Array(SLICE_COUNT);
  private readonly prbs: number;
  private readonly isMcs: boolean;
  private readonly streams: RandomStreams;
  private readonly queuedBits: Float64Array;
  private readonly fields: Float64Array;
  private readonly blocks: Float64Array;
  private readonly blockErrors: Float64Array;

  constructor(
    private readonly ues: UeTable,
    private readonly parts: TransmitterParts,
    { config, seed }: { config: RadioConfig; seed: number },
  ) {
    const { counters, queue } = parts;
    const { harq } = config.link;
    const size = { cells: ues.cells, ues: ues.capacity };
    this.prbs = config.prbsPerCell;
    this.isMcs = config.link.rate === 'mcs';
    this.harq = this.isMcs && harq !== false ? new Harq(size, queue, { config: harq, counters }) : undefined;
    this.streams = new RandomStreams(ues.cells, seed, STREAM.harq);
    this.queuedBits = queue.queuedBits;
    this.fields = counters.ue;
    this.blocks = counters.groupRow(GROUP_ROW.blocks);
    this.blockErrors = counters.groupRow(GROUP_ROW.blockErrors);
  }

  exchange(state: StateExchange): void {
    state.array(this.streams.state);
    this.harq?.exchange(state);
  }

  /** Sends in the PRBs granted to the candidates of a slice; returns the PRBs used. */
  sendSlice(cell: number, s: number, slot: number): number {
    return this.isMcs ? this.sendBlocks(cell, s, slot) : this.send(cell, s, slot);
  }

  private add(ue: number, field: number, amount: number): void {
    const at = (ue << FIELD_BITS) + field;
    this.fields[at] = (this.fields[at] as number) + amount;
  }

  /** Sends without errors; returns the PRBs used. */
  private send(cell: number, s: number, slot: number): number {
    const group = cell * SLICE_COUNT + s;
    const to = this.parts.candidates.first[s + 1] as number;
    const { queuedBits, fields } = this;
    const { queue, average } = this.parts;
    const { ue: candidate, granted, first } = this.parts.candidates;
    let used = 0;
    let sent = 0;
    for (let i = first[s] as number; i < to; i++) {
      const prbs = granted[i] as number;
      if (prbs === 0) continue;
      const ue = candidate[i] as number;
      const base = ue << FIELD_BITS;
      const room = prbs * (fields[base + FIELD.bitsPerPrb] as number);
      const waiting = queuedBits[ue] as number;
      const bits = waiting < room ? waiting : room;
      queue.send(ue, bits, slot);
      average.add(ue, bits, slot);
      fields[base + FIELD.prbSlots] = (fields[base + FIELD.prbSlots] as number) + prbs;
      used += prbs;
      sent++;
    }
    this.blocks[group] = (this.blocks[group] as number) + sent;
    return used;
  }

  /** Sends transport blocks that may fail; returns the PRBs used. */
  private sendBlocks(cell: number, s: number, slot: number): number {
    const { ue: candidate, granted, first } = this.parts.candidates;
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
    const { link, queue, average } = this.parts;
    const mcs = link.mcs[ue] as number;
    const room = link.blockSizes[mcs * (this.prbs + 1) + prbs] as number;
    const waiting = this.queuedBits[ue] as number;
    const bits = waiting < room ? waiting : room;
    const sinrDb = link.effectiveDb[ue] as number;
    const isError = this.streams.unit(cell) < link.blockError.ratio(mcs, sinrDb);
    link.learn(ue, isError);
    average.add(ue, bits, slot);
    if (!isError) queue.send(ue, bits, slot);
    else this.harq?.keep(cell, ue, { bits, prbs, mcs, sinr: 10 ** (sinrDb / 10), slot });
    return !isError;
  }

  /** Adds the PRBs of the retransmissions that are due to the demand of their slices. */
  addRetransmissions(cell: number, slot: number, demand: Float64Array): number {
    const { harq, retransmitted } = this;
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
  retransmit(cell: number, slot: number, sliceGrant: Int32Array): number {
    const { retransmitted, harq } = this;
    if (harq === undefined) return 0;
    let used = 0;
    let before = -1;
    for (let at = harq.first[cell] as number; at !== -1;) {
      const next = harq.next[at] as number;
      const ue = harq.ue[at] as number;
      const s = this.ues.slice[ue] as number;
      const left = (sliceGrant[s] as number) - (retransmitted[s] as number);
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
    const isError = this.streams.unit(cell) < link.blockError.ratio(mcs, gatheredDb);
    const group = cell * SLICE_COUNT + (this.ues.slice[ue] as number);
    if (isError) this.blockErrors[group] = (this.blockErrors[group] as number) + 1;
    if (isError && harq.transmissions[at] < harq.maxTransmissions) {
      harq.dueSlot[at] = slot + harq.roundTripMs;
      return false;
    }
    harq.finish(cell, at, { before, slot, isReceived: !isError });
    return true;
  }
}
