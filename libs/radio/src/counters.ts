import { type StateExchange } from './state-exchange.js';

/**
 * Fields of a UE in {@link Counters.ue}, 16 doubles: what an arrival or a transmission touches shares a cache line.
 * `limitBits` is the size of the buffer; `averageBits` the throughput average of the scheduler.
 */
export const FIELD = {
  offeredBits: 0,
  arrivedPackets: 1,
  deliveredBits: 2,
  /** Slots with data waiting. */
  busySlots: 3,
  prbSlots: 4,
  bitsPerPrb: 5,
  averageBits: 6,
  limitBits: 7,
  deliveredPackets: 8,
  /** Arrival to reception, and first transmission of the last block to reception, ms, of delivered packets. */
  delayMs: 9,
  airMs: 10,
  droppedBits: 11,
  /** Dropped at a full buffer, discarded or delivered too late, or lost after the last HARQ transmission. */
  lostPackets: 12,
  harqBits: 13,
  efficiency: 14,
  weight: 15,
} as const;
/** log2 of the number of fields: a UE's fields start at `ue << FIELD_BITS`. */
export const FIELD_BITS = 4;
export const FIELD_COUNT = 1 << FIELD_BITS;
/** Fields that only grow, and add up over UEs. */
export const CUMULATIVE_FIELDS = [
  FIELD.offeredBits,
  FIELD.arrivedPackets,
  FIELD.deliveredBits,
  FIELD.busySlots,
  FIELD.prbSlots,
  FIELD.deliveredPackets,
  FIELD.delayMs,
  FIELD.airMs,
  FIELD.droppedBits,
  FIELD.lostPackets,
] as const;

/** Rows of {@link Counters.group}, cumulative. */
export const GROUP_ROW = { blocks: 0, blockErrors: 1, connectedSlots: 2 } as const;
export const GROUP_ROW_COUNT = 3;

export const CQI_COUNT = 16;

/**
 * What the radio counts, for windows to take differences of.
 *
 * `ue`: Float64[UEs × 16] of {@link FIELD}. `queuedBits`: [UEs] apart, because the scheduler scans it. `group`:
 * [rows × (cells·3)].
 * `moved`: [(cells·3) × 16], what UEs that left a group had counted there minus what those that joined brought along:
 * a group's total is `moved` plus the sum over its members. `cqi`: [cells × 16] reports. `availablePrbSlots`:
 * [cells].
 * `delayMax`: [UEs], largest delay since a window last folded it away.
 */
export class Counters {
  readonly ue: Float64Array;
  readonly queuedBits: Float64Array;
  readonly group: Float64Array;
  readonly moved: Float64Array;
  readonly cqi: Float64Array;
  readonly availablePrbSlots: Float64Array;
  readonly delayMax: Int32Array;

  constructor(
    readonly ues: number,
    readonly groups: number,
    cells: number,
  ) {
    this.ue = new Float64Array(FIELD_COUNT * ues);
    this.queuedBits = new Float64Array(ues);
    this.group = new Float64Array(GROUP_ROW_COUNT * groups);
    this.moved = new Float64Array(FIELD_COUNT * groups);
    this.cqi = new Float64Array(cells * CQI_COUNT);
    this.availablePrbSlots = new Float64Array(cells);
    this.delayMax = new Int32Array(ues);
  }

  exchange(state: StateExchange): void {
    state.array(this.ue);
    state.array(this.queuedBits);
    state.array(this.group);
    state.array(this.moved);
    state.array(this.cqi);
    state.array(this.availablePrbSlots);
    state.array(this.delayMax);
  }

  groupRow(index: number): Float64Array {
    return this.group.subarray(index * this.groups, (index + 1) * this.groups);
  }

  /** Keeps the totals of a group when a UE joins (sign −1) or leaves it (sign +1). */
  move(ue: number, group: number, sign: 1 | -1): void {
    for (const field of CUMULATIVE_FIELDS) {
      const at = (group << FIELD_BITS) + field;
      this.moved[at] = (this.moved[at] as number) + sign * (this.ue[(ue << FIELD_BITS) + field] as number);
    }
  }
}
