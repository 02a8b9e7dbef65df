import { type StateExchange } from './state-exchange.js';

export const SLICE_COUNT = 3;

/**
 * Which UE is where: `serving[ue]` cell, `slice[ue]`, `active[ue]`, and the active UEs grouped by (cell, slice):
 * group g = cell·3 + slice holds `order[starts[g]] … order[starts[g + 1] − 1]`, in order of their index.
 *
 * UE k of cell c has the index c·perCell + k from birth on; the places beyond `uesPerCell` are spare.
 */
export class UeTable {
  readonly capacity: number;
  readonly groups: number;
  readonly serving: Int32Array;
  readonly slice: Uint8Array;
  readonly active: Uint8Array;
  /** 1 once a place has ever held a UE. */
  readonly known: Uint8Array;
  readonly order: Int32Array;
  readonly starts: Int32Array;
  activeCount = 0;
  private readonly cursor: Int32Array;

  constructor(
    readonly cells: number,
    readonly perCell: number,
  ) {
    this.capacity = cells * perCell;
    this.groups = cells * SLICE_COUNT;
    this.serving = new Int32Array(this.capacity);
    this.slice = new Uint8Array(this.capacity);
    this.active = new Uint8Array(this.capacity);
    this.known = new Uint8Array(this.capacity);
    this.order = new Int32Array(this.capacity);
    this.starts = new Int32Array(this.groups + 1);
    this.cursor = new Int32Array(this.groups);
    for (let ue = 0; ue < this.capacity; ue++) this.serving[ue] = Math.floor(ue / perCell);
  }

  exchange(state: StateExchange): void {
    state.array(this.serving);
    state.array(this.slice);
    state.array(this.active);
    state.array(this.known);
    state.array(this.order);
    state.array(this.starts);
    this.activeCount = state.number(this.activeCount);
  }

  groupAt(cell: number, sliceIndex: number): number {
    return cell * SLICE_COUNT + sliceIndex;
  }

  groupOf(ue: number): number {
    return (this.serving[ue] as number) * SLICE_COUNT + (this.slice[ue] as number);
  }

  /** Groups the active UEs anew: after arrivals, departures and handovers. */
  regroup(): void {
    const { starts, cursor, order, active } = this;
    starts.fill(0);
    for (let ue = 0; ue < this.capacity; ue++) {
      if (active[ue] === 1) starts[this.groupOf(ue) + 1] = (starts[this.groupOf(ue) + 1] as number) + 1;
    }
    for (let g = 0; g < this.groups; g++) {
      cursor[g] = starts[g] as number;
      starts[g + 1] = (starts[g + 1] as number) + (starts[g] as number);
    }
    for (let ue = 0; ue < this.capacity; ue++) {
      if (active[ue] === 0) continue;
      const at = cursor[this.groupOf(ue)] as number;
      order[at] = ue;
      cursor[this.groupOf(ue)] = at + 1;
    }
    this.activeCount = starts[this.groups] as number;
  }
}
