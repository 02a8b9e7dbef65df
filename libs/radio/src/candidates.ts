import { SLICE_COUNT } from './ue-table.js';

/**
 * The UEs with data of the cell and slot at hand: `ue`, `need` (PRBs), `granted` (PRBs), [UEs] each; slice s has the
 * entries `first[s]` … `first[s + 1] − 1`.
 */
export class Candidates {
  readonly ue: Int32Array;
  readonly need: Float64Array;
  readonly granted: Int32Array;
  readonly first = new Int32Array(SLICE_COUNT + 1);

  constructor(readonly capacity: number) {
    this.ue = new Int32Array(capacity);
    this.need = new Float64Array(capacity);
    this.granted = new Int32Array(capacity);
  }
}
