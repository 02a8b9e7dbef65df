import { type SliceQuota } from './radio-config.js';
import { type StateExchange } from './state-exchange.js';
import { SLICE_COUNT } from './ue-table.js';

const TIE = 1e-9;

/**
 * PRBs of a slot among the slices of a cell under RRMPolicyRatio (TS 28.541 clause 4.3.36).
 *
 * With demand D, minimum m, maximum M and dedicated d in PRBs: a slice first gets min(D, m) (guaranteed on demand);
 * what of d it does not use stays reserved; the rest of the carrier is shared in proportion to what the slices
 * still want,
 * min(D, M) − min(D, m), by largest remainder, ties to the first slice. Ratios become PRBs when they are set:
 * minima together
 * by largest remainder of the cumulative share, dedicated and maximum rounded down, the maximum never below the
 * minimum.
 *
 * [cells · 3]: `minPrbs`, `maxPrbs`, `dedicatedPrbs`, and the ratios. `granted`: [3], of the last call.
 */
export class SliceShares {
  readonly minRatio: Uint8Array;
  readonly maxRatio: Uint8Array;
  readonly dedicatedRatio: Uint8Array;
  readonly granted = new Int32Array(SLICE_COUNT);
  private readonly minPrbs: Int32Array;
  private readonly maxPrbs: Int32Array;
  private readonly dedicatedPrbs: Int32Array;
  private readonly wanted = new Int32Array(SLICE_COUNT);
  private readonly remainder = new Float64Array(SLICE_COUNT);

  constructor(
    cells: number,
    private readonly prbs: number,
  ) {
    const groups = cells * SLICE_COUNT;
    this.minRatio = new Uint8Array(groups);
    this.maxRatio = new Uint8Array(groups).fill(100);
    this.dedicatedRatio = new Uint8Array(groups);
    this.minPrbs = new Int32Array(groups);
    this.maxPrbs = new Int32Array(groups).fill(prbs);
    this.dedicatedPrbs = new Int32Array(groups);
  }

  exchange(state: StateExchange): void {
    state.array(this.minRatio);
    state.array(this.maxRatio);
    state.array(this.dedicatedRatio);
    state.array(this.minPrbs);
    state.array(this.maxPrbs);
    state.array(this.dedicatedPrbs);
  }

  set(group: number, { minRatio, maxRatio, dedicatedRatio }: SliceQuota): void {
    this.minRatio[group] = minRatio;
    this.maxRatio[group] = maxRatio;
    this.dedicatedRatio[group] = dedicatedRatio;
    const first = group - (group % SLICE_COUNT);
    let ratioBefore = 0;
    let prbsBefore = 0;
    for (let g = first; g < first + SLICE_COUNT; g++) {
      ratioBefore += this.minRatio[g] as number;
      const upTo = Math.floor((ratioBefore * this.prbs) / 100 + 0.5);
      this.minPrbs[g] = Math.max(0, Math.min(this.prbs, upTo) - prbsBefore);
      prbsBefore += this.minPrbs[g] as number;
      const cap = Math.floor(((this.maxRatio[g] as number) * this.prbs) / 100);
      this.maxPrbs[g] = Math.max(cap, this.minPrbs[g] as number);
      const dedicated = Math.floor(((this.dedicatedRatio[g] as number) * this.prbs) / 100);
      this.dedicatedPrbs[g] = Math.min(dedicated, this.minPrbs[g] as number);
    }
  }

  /** Fills `granted` for a cell from the demand of its slices, `demand`: [3] PRBs. */
  share(cell: number, demand: Float64Array): void {
    const { granted, wanted } = this;
    const first = cell * SLICE_COUNT;
    let free = this.prbs;
    let open = 0;
    for (let s = 0; s < SLICE_COUNT; s++) {
      const asked = demand[s] as number;
      const min = this.minPrbs[first + s] as number;
      const max = this.maxPrbs[first + s] as number;
      const dedicated = this.dedicatedPrbs[first + s] as number;
      const got = asked < min ? asked : min;
      granted[s] = got;
      wanted[s] = (asked < max ? asked : max) - got;
      open += wanted[s] as number;
      free -= got > dedicated ? got : dedicated;
    }
    if (open <= free) {
      for (let s = 0; s < SLICE_COUNT; s++) granted[s] = (granted[s] as number) + (wanted[s] as number);
    } else if (free > 0) {
      this.lend(free, open);
    }
  }

  private lend(free: number, open: number): void {
    const { granted, wanted, remainder } = this;
    let left = free;
    for (let s = 0; s < SLICE_COUNT; s++) {
      const exact = (free * (wanted[s] as number)) / open;
      const whole = Math.floor(exact);
      remainder[s] = exact - whole;
      granted[s] = (granted[s] as number) + whole;
      left -= whole;
    }
    for (; left > 0; left--) {
      let best = 0;
      for (let s = 1; s < SLICE_COUNT; s++) {
        if ((remainder[s] as number) > (remainder[best] as number) + TIE) best = s;
      }
      remainder[best] = -1;
      granted[best] = (granted[best] as number) + 1;
    }
  }
}
