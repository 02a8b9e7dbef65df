import { type Counters, FIELD, FIELD_BITS } from './counters.js';
import { type PacketQueue } from './packet-queue.js';
import { type HarqConfig } from './radio-config.js';
import { type StateExchange } from './state-exchange.js';

const BLOCKS_PER_UE = 16;
const NONE = -1;

/**
 * Transport blocks that failed and wait for their retransmission, and the packets that end in them.
 *
 * A block that fails in slot t is sent again from slot t + round trip on, in as many PRBs; with chase combining
 * the SINRs of its
 * transmissions add up (linear). After the last transmission its bits are dropped. A packet is delivered with
 * the block of its last bit; segments lost in another block do not take it along (RLC unacknowledged mode,
 * simplified).
 *
 * Pool of blocks as structure of arrays, chained per cell in order of failure; the packets of a block are a
 * chain in a
 * second pool. Pools are allocated once: a block that finds none free is dropped.
 */
export class Harq {
  /** [cells] first waiting block, or −1. */
  readonly first: Int32Array;
  /** [blocks] next block of the cell. */
  readonly next: Int32Array;
  readonly ue: Int32Array;
  readonly prbs: Int32Array;
  readonly mcs: Int8Array;
  readonly dueSlot: Int32Array;
  /** [blocks] linear SINR gathered so far. */
  readonly gathered: Float64Array;
  readonly transmissions: Uint8Array;
  private readonly last: Int32Array;
  private readonly bits: Int32Array;
  private readonly firstSlot: Int32Array;
  private readonly packets: Int32Array;
  private free: number;
  private readonly packetNext: Int32Array;
  private readonly packetSlot: Int32Array;
  private packetFree: number;
  private readonly fields: Float64Array;

  constructor(
    size: { cells: number; ues: number },
    private readonly queue: PacketQueue,
    { config, counters }: { config: HarqConfig; counters: Counters },
  ) {
    const blocks = size.ues * BLOCKS_PER_UE;
    const packets = blocks * 4;
    this.roundTripMs = config.roundTripMs;
    this.maxTransmissions = config.maxTransmissions;
    this.first = new Int32Array(size.cells).fill(NONE);
    this.last = new Int32Array(size.cells).fill(NONE);
    this.next = Int32Array.from({ length: blocks }, (_, i) => (i + 1 < blocks ? i + 1 : NONE));
    this.ue = new Int32Array(blocks);
    this.prbs = new Int32Array(blocks);
    this.mcs = new Int8Array(blocks);
    this.dueSlot = new Int32Array(blocks);
    this.gathered = new Float64Array(blocks);
    this.transmissions = new Uint8Array(blocks);
    this.bits = new Int32Array(blocks);
    this.firstSlot = new Int32Array(blocks);
    this.packets = new Int32Array(blocks);
    this.free = 0;
    this.packetNext = Int32Array.from({ length: packets }, (_, i) => (i + 1 < packets ? i + 1 : NONE));
    this.packetSlot = new Int32Array(packets);
    this.packetFree = 0;
    this.fields = counters.ue;
  }

  readonly roundTripMs: number;
  readonly maxTransmissions: number;

  exchange(state: StateExchange): void {
    state.array(this.first);
    state.array(this.last);
    state.array(this.next);
    state.array(this.ue);
    state.array(this.prbs);
    state.array(this.mcs);
    state.array(this.dueSlot);
    state.array(this.gathered);
    state.array(this.transmissions);
    state.array(this.bits);
    state.array(this.firstSlot);
    state.array(this.packets);
    state.array(this.packetNext);
    state.array(this.packetSlot);
    this.free = state.number(this.free);
    this.packetFree = state.number(this.packetFree);
  }

  /** Keeps `bits` from the head of the UE's queue for a retransmission. */
  keep(
    cell: number,
    ue: number,
    block: { bits: number; prbs: number; mcs: number; sinr: number; slot: number },
  ): void {
    const at = this.free;
    if (at === NONE || this.maxTransmissions <= 1) {
      this.loseFromQueue(ue, block.bits);
      return;
    }
    this.free = this.next[at] as number;
    this.append(cell, at);
    this.ue[at] = ue;
    this.prbs[at] = block.prbs;
    this.mcs[at] = block.mcs;
    this.gathered[at] = block.sinr;
    this.transmissions[at] = 1;
    this.bits[at] = block.bits;
    this.firstSlot[at] = block.slot;
    this.dueSlot[at] = block.slot + this.roundTripMs;
    this.packets[at] = NONE;
    this.add(ue, FIELD.harqBits, block.bits);
    for (let left = block.bits; left > 0;) {
      const isLast = this.queue.headBits(ue) <= left;
      const arrival = this.queue.headSlot(ue);
      left -= this.queue.take(ue, left);
      if (isLast) this.chainPacket(at, ue, arrival);
    }
  }

  private add(ue: number, field: number, bits: number): void {
    const at = (ue << FIELD_BITS) + field;
    this.fields[at] = (this.fields[at] as number) + bits;
  }

  private append(cell: number, at: number): void {
    const last = this.last[cell] as number;
    if (last === NONE) this.first[cell] = at;
    else this.next[last] = at;
    this.last[cell] = at;
    this.next[at] = NONE;
  }

  private chainPacket(at: number, ue: number, arrival: number): void {
    const packet = this.packetFree;
    if (packet === NONE) {
      this.queue.lose(ue, 0, 1);
      return;
    }
    this.packetFree = this.packetNext[packet] as number;
    this.packetSlot[packet] = arrival;
    this.packetNext[packet] = this.packets[at] as number;
    this.packets[at] = packet;
  }

  private loseFromQueue(ue: number, bits: number): void {
    for (let left = bits; left > 0;) {
      const isLast = this.queue.headBits(ue) <= left;
      const taken = this.queue.take(ue, left);
      left -= taken;
      this.queue.lose(ue, taken, isLast ? 1 : 0);
    }
  }

  /** Ends a block of a cell: received in `slot`, or lost. `before` is the block before it in the chain, or −1. */
  finish(cell: number, at: number, end: { before: number; slot: number; isReceived: boolean }): void {
    const ue = this.ue[at] as number;
    const bits = this.bits[at] as number;
    this.unlink(cell, at, end.before);
    this.add(ue, FIELD.harqBits, -bits);
    if (end.isReceived) this.add(ue, FIELD.deliveredBits, bits);
    else this.queue.lose(ue, bits, 0);
    let packet = this.packets[at] as number;
    const airMs = end.slot + 1 - (this.firstSlot[at] as number);
    while (packet !== NONE) {
      const next = this.packetNext[packet] as number;
      if (end.isReceived) {
        this.queue.recordRepeated(ue, end.slot + 1 - (this.packetSlot[packet] as number), airMs);
      } else {
        this.queue.lose(ue, 0, 1);
      }
      this.packetNext[packet] = this.packetFree;
      this.packetFree = packet;
      packet = next;
    }
    this.next[at] = this.free;
    this.free = at;
  }

  private unlink(cell: number, at: number, before: number): void {
    const next = this.next[at] as number;
    if (before === NONE) this.first[cell] = next;
    else this.next[before] = next;
    if (this.last[cell] === at) this.last[cell] = before;
  }

  /** Drops the blocks of a UE that leaves. */
  flush(cell: number, ue: number): void {
    this.forUe(cell, ue, (at, before) => this.finish(cell, at, { before, slot: 0, isReceived: false }));
  }

  /** Takes the blocks of a UE along to another cell. */
  handOver(from: number, to: number, ue: number): void {
    this.forUe(from, ue, (at, before) => {
      this.unlink(from, at, before);
      this.append(to, at);
    });
  }

  private forUe(cell: number, ue: number, visit: (at: number, before: number) => void): void {
    let before = NONE;
    for (let at = this.first[cell] as number; at !== NONE;) {
      const next = this.next[at] as number;
      if (this.ue[at] === ue) visit(at, before);
      else before = at;
      at = next;
    }
  }
}
