import { type Counters, FIELD, FIELD_BITS } from './counters.js';
import { binOfDelay, DELAY_BINS } from './delay-histogram.js';
import { type StateExchange } from './state-exchange.js';

const LONGEST_RING = 1 << 14;
const CACHE_LINE_INTS = 16;
/** Header of a UE's ring, then its entries. */
const HEAD = 0;
const COUNT = 1;
const ENTRIES = 4;

/** What {@link PacketQueue} makes of packets older than the budget of their slice. */
export const LATE = { keep: 0, count: 1, discard: 2 } as const;

/**
 * One first-in first-out queue of packets per UE. `ring`: per UE a header of 4 integers (position of the head, number
 * of packets) and a ring of pairs (arrival slot, bits still to send); the stride is longer than the ring by a
 * cache line, so that
 * the heads of all UEs do not fall into one cache set. Packets that do not fit the buffer are dropped on arrival.
 *
 * A packet that arrives in slot a and whose last bit is received in slot t has a delay of t + 1 − a ms: 1 ms when it
 * leaves in the slot of its arrival. Bits are integers and conserved: offered = delivered + dropped + queued +
 * in HARQ.
 */
export class PacketQueue {
  readonly queuedBits: Float64Array;
  /** [UEs × bins] delivered packets by delay. */
  readonly delays: Uint32Array;
  /** [UEs] budget, and what becomes of packets beyond it ({@link LATE}). */
  readonly budgetMs: Int32Array;
  readonly late: Uint8Array;
  private readonly ring: Int32Array;
  private readonly mask: number;
  private readonly stride: number;
  private readonly fields: Float64Array;
  private readonly delayMax: Int32Array;

  constructor(ues: number, ringLength: number, counters: Counters) {
    let length = 16;
    while (length < ringLength && length < LONGEST_RING) length *= 2;
    this.mask = length - 1;
    this.stride = length * 2 + CACHE_LINE_INTS;
    this.ring = new Int32Array(ues * this.stride);
    this.budgetMs = new Int32Array(ues);
    this.late = new Uint8Array(ues);
    this.delays = new Uint32Array(ues * DELAY_BINS);
    this.queuedBits = counters.queuedBits;
    this.fields = counters.ue;
    this.delayMax = counters.delayMax;
  }

  /** Of the rings only what waits: they are far larger. */
  exchange(state: StateExchange): void {
    state.array(this.delays);
    state.array(this.budgetMs);
    state.array(this.late);
    const { ring, stride, mask } = this;
    for (let header = 0; header < ring.length; header += stride) {
      state.range(ring, header, header + COUNT + 1);
      const head = ring[header + HEAD] as number;
      const end = head + (ring[header + COUNT] as number);
      const first = header + ENTRIES;
      const wrapped = end > mask + 1 ? end - mask - 1 : 0;
      state.range(ring, first + head * 2, first + (end - wrapped) * 2);
      if (wrapped > 0) state.range(ring, first, first + wrapped * 2);
    }
  }

  /** A packet arrives. */
  push(ue: number, bits: number, slot: number): void {
    const { ring, fields, queuedBits } = this;
    const base = ue << FIELD_BITS;
    fields[base + FIELD.offeredBits] = (fields[base + FIELD.offeredBits] as number) + bits;
    fields[base + FIELD.arrivedPackets] = (fields[base + FIELD.arrivedPackets] as number) + 1;
    const header = ue * this.stride;
    const queued = (queuedBits[ue] as number) + bits;
    const count = ring[header + COUNT] as number;
    if (queued > (fields[base + FIELD.limitBits] as number) || count > this.mask) {
      this.lose(ue, bits, 1);
      return;
    }
    const at = header + ENTRIES + (((ring[header + HEAD] as number) + count) & this.mask) * 2;
    ring[at] = slot;
    ring[at + 1] = bits;
    ring[header + COUNT] = count + 1;
    queuedBits[ue] = queued;
  }

  /** Sends `bits` (no more than are queued) in `slot`, received in the same slot. */
  send(ue: number, bits: number, slot: number): void {
    const { ring, mask, fields } = this;
    const base = ue << FIELD_BITS;
    const queued = (this.queuedBits[ue] as number) - bits;
    this.queuedBits[ue] = queued;
    fields[base + FIELD.deliveredBits] = (fields[base + FIELD.deliveredBits] as number) + bits;
    const header = ue * this.stride;
    let head = ring[header + HEAD] as number;
    let left = bits;
    let finished = 0;
    let delaySum = 0;
    while (left > 0) {
      const at = header + ENTRIES + head * 2;
      const rest = ring[at + 1] as number;
      if (rest > left) {
        ring[at + 1] = rest - left;
        break;
      }
      left -= rest;
      head = (head + 1) & mask;
      finished++;
      const delay = slot + 1 - (ring[at] as number);
      delaySum += delay;
      this.record(ue, delay);
    }
    if (finished === 0) return;
    ring[header + HEAD] = queued === 0 ? 0 : head;
    ring[header + COUNT] = (ring[header + COUNT] as number) - finished;
    fields[base + FIELD.deliveredPackets] = (fields[base + FIELD.deliveredPackets] as number) + finished;
    fields[base + FIELD.delayMs] = (fields[base + FIELD.delayMs] as number) + delaySum;
    fields[base + FIELD.airMs] = (fields[base + FIELD.airMs] as number) + finished;
  }

  private record(ue: number, delay: number): void {
    const at = ue * DELAY_BINS + binOfDelay(delay);
    this.delays[at] = (this.delays[at] as number) + 1;
    if (delay > (this.delayMax[ue] as number)) this.delayMax[ue] = delay;
    if (delay > (this.budgetMs[ue] as number) && this.late[ue] !== LATE.keep) this.lose(ue, 0, 1);
  }

  /** A packet that HARQ delivered after `airMs` on the air; its bits are counted by the block. */
  recordRepeated(ue: number, delayMs: number, airMs: number): void {
    const { fields } = this;
    const base = ue << FIELD_BITS;
    this.record(ue, delayMs);
    fields[base + FIELD.deliveredPackets] = (fields[base + FIELD.deliveredPackets] as number) + 1;
    fields[base + FIELD.delayMs] = (fields[base + FIELD.delayMs] as number) + delayMs;
    fields[base + FIELD.airMs] = (fields[base + FIELD.airMs] as number) + airMs;
  }

  /** Counts bits and packets as lost. */
  lose(ue: number, bits: number, packets: number): void {
    const { fields } = this;
    const base = ue << FIELD_BITS;
    fields[base + FIELD.droppedBits] = (fields[base + FIELD.droppedBits] as number) + bits;
    fields[base + FIELD.lostPackets] = (fields[base + FIELD.lostPackets] as number) + packets;
  }

  /** Takes the head packet, or up to `bits` of it, off the queue without delivering; returns the bits taken. */
  take(ue: number, bits: number): number {
    const { ring } = this;
    const header = ue * this.stride;
    const at = header + ENTRIES + (ring[header + HEAD] as number) * 2;
    const rest = ring[at + 1] as number;
    const taken = rest <= bits ? rest : bits;
    this.queuedBits[ue] = (this.queuedBits[ue] as number) - taken;
    if (taken < rest) {
      ring[at + 1] = rest - taken;
      return taken;
    }
    ring[header + HEAD] = ((ring[header + HEAD] as number) + 1) & this.mask;
    ring[header + COUNT] = (ring[header + COUNT] as number) - 1;
    return taken;
  }

  /** Bits of the oldest packet that are still to send; call with data waiting. */
  headBits(ue: number): number {
    const header = ue * this.stride;
    return this.ring[header + ENTRIES + (this.ring[header + HEAD] as number) * 2 + 1] as number;
  }

  /** Arrival slot of the oldest waiting packet; call with data waiting. */
  headSlot(ue: number): number {
    const header = ue * this.stride;
    return this.ring[header + ENTRIES + (this.ring[header + HEAD] as number) * 2] as number;
  }

  /** Drops the packets that could only be delivered after their budget; their age still counts as a delay seen. */
  discardLate(ue: number, slot: number): void {
    while ((this.queuedBits[ue] as number) > 0) {
      const age = slot + 1 - this.headSlot(ue);
      if (age <= (this.budgetMs[ue] as number)) return;
      if (age > (this.delayMax[ue] as number)) this.delayMax[ue] = age;
      this.lose(ue, this.take(ue, Infinity), 1);
    }
  }

  /** Drops all that waits. */
  flush(ue: number): void {
    while ((this.queuedBits[ue] as number) > 0) this.lose(ue, this.take(ue, Infinity), 1);
  }
}
