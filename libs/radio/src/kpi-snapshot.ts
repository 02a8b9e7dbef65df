import { type Counters } from './counters.js';
import { type PacketQueue } from './packet-queue.js';
import { type SliceShares } from './slice-shares.js';
import { type StateExchange } from './state-exchange.js';
import { type UeTable } from './ue-table.js';

/** What a window reads from. */
export interface KpiSource {
  readonly ues: UeTable;
  readonly counters: Counters;
  readonly queue: PacketQueue;
  readonly shares: SliceShares;
}

/** Copy of all counters and gauges at one instant; arrays as in {@link Counters}, `holMs`: [UEs] age of the head packet. */
export class KpiSnapshot {
  readonly ue: Float64Array;
  readonly queuedBits: Float64Array;
  readonly group: Float64Array;
  readonly moved: Float64Array;
  readonly cqi: Float64Array;
  readonly availablePrbSlots: Float64Array;
  readonly delays: Uint32Array;
  readonly holMs: Int32Array;
  readonly order: Int32Array;
  readonly starts: Int32Array;
  readonly minRatio: Uint8Array;
  readonly maxRatio: Uint8Array;
  readonly dedicatedRatio: Uint8Array;
  timeMs = 0;

  constructor(private readonly source: KpiSource) {
    const { counters, queue, ues, shares } = source;
    this.ue = counters.ue.slice();
    this.queuedBits = counters.queuedBits.slice();
    this.group = counters.group.slice();
    this.moved = counters.moved.slice();
    this.cqi = counters.cqi.slice();
    this.availablePrbSlots = counters.availablePrbSlots.slice();
    this.delays = queue.delays.slice();
    this.holMs = new Int32Array(ues.capacity);
    this.order = ues.order.slice();
    this.starts = ues.starts.slice();
    this.minRatio = shares.minRatio.slice();
    this.maxRatio = shares.maxRatio.slice();
    this.dedicatedRatio = shares.dedicatedRatio.slice();
  }

  take(timeMs: number): void {
    const { counters, queue, ues, shares } = this.source;
    this.timeMs = timeMs;
    this.ue.set(counters.ue);
    this.queuedBits.set(counters.queuedBits);
    this.group.set(counters.group);
    this.cqi.set(counters.cqi);
    this.availablePrbSlots.set(counters.availablePrbSlots);
    this.delays.set(queue.delays);
    this.minRatio.set(shares.minRatio);
    this.maxRatio.set(shares.maxRatio);
    this.dedicatedRatio.set(shares.dedicatedRatio);
    const { queuedBits } = queue;
    for (let ue = 0; ue < ues.capacity; ue++) {
      this.holMs[ue] = (queuedBits[ue] as number) > 0 ? timeMs - queue.headSlot(ue) : 0;
    }
    this.moved.set(counters.moved);
    this.order.set(ues.order);
    this.starts.set(ues.starts);
  }

  exchange(state: StateExchange): void {
    state.array(this.ue);
    state.array(this.queuedBits);
    state.array(this.group);
    state.array(this.moved);
    state.array(this.cqi);
    state.array(this.availablePrbSlots);
    state.array(this.delays);
    state.array(this.holMs);
    state.array(this.order);
    state.array(this.starts);
    state.array(this.minRatio);
    state.array(this.maxRatio);
    state.array(this.dedicatedRatio);
    this.timeMs = state.number(this.timeMs);
  }
}
