import { type Counters, FIELD, FIELD_BITS } from './counters.js';
import { SLICE_COUNT, type UeTable } from './ue-table.js';

/** Bits since the start: offered = delivered + dropped + queued, `queued` being in buffers and HARQ at present. */
export interface BitTally {
  readonly offeredBits: number;
  readonly deliveredBits: number;
  readonly droppedBits: number;
  readonly queuedBits: number;
}

/** Cumulative conservation counters; a group's are what UEs counted while they belonged to it. */
export class Tallies {
  constructor(
    private readonly counters: Counters,
    private readonly ues: UeTable,
  ) {}

  ue(ue: number): BitTally {
    return this.sum([ue], []);
  }

  slice(cell: number, sliceIndex: number): BitTally {
    const group = cell * SLICE_COUNT + sliceIndex;
    return this.groups(group, group + 1);
  }

  cell(cell: number): BitTally {
    return this.groups(cell * SLICE_COUNT, (cell + 1) * SLICE_COUNT);
  }

  network(): BitTally {
    return this.groups(0, this.ues.groups);
  }

  private groups(first: number, last: number): BitTally {
    const { order, starts } = this.ues;
    const groups = Array.from({ length: last - first }, (_, i) => first + i);
    return this.sum(order.subarray(starts[first], starts[last]), groups);
  }

  private sum(members: ArrayLike<number>, groups: readonly number[]): BitTally {
    const { ue, moved, queuedBits } = this.counters;
    const field = (index: number, from: Float64Array, of: ArrayLike<number>): number => {
      let sum = 0;
      for (let i = 0; i < of.length; i++) sum += from[((of[i] as number) << FIELD_BITS) + index] as number;
      return sum;
    };
    const total = (index: number): number => field(index, ue, members) + field(index, moved, groups);
    let queued = field(FIELD.harqBits, ue, members);
    for (let i = 0; i < members.length; i++) queued += queuedBits[members[i] as number] as number;
    return {
      offeredBits: total(FIELD.offeredBits),
      deliveredBits: total(FIELD.deliveredBits),
      droppedBits: total(FIELD.droppedBits),
      queuedBits: queued,
    };
  }
}
