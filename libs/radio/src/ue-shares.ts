import { type Candidates } from './candidates.js';
import { FIELD, FIELD_BITS } from './counters.js';
import { type StateExchange } from './state-exchange.js';

const BUCKETS = 64;
/** Keys are a fraction in 0 … 1 and a carry in ± CARRY_LIMIT. */
const CARRY_LIMIT = 1.5;
const KEY_SPAN = 1 + 2 * CARRY_LIMIT;
/** What a weight of nothing counts as: served only when nobody else waits. */
const LEAST_WEIGHT = 1e-9;
/** Below this product of picks and candidates a plain search for the largest is cheapest. */
const PLAIN_LIMIT = 200;

/**
 * PRBs of a slice among its UEs in proportion to weight, work-conserving.
 *
 * No UE gets more than it needs; what it leaves is handed on in proportion to the weights of those still
 * waiting, until all
 * is given. Whole PRBs by largest remainder; the part of a PRB that a UE was owed or overpaid is carried to its next
 * slot (so weights hold over time even when there are fewer PRBs than UEs) and forgotten when its buffer empties.
 * Ties go to the first candidate. Candidates are the entries first … last − 1.
 */
export class UeShares {
  private readonly carry: Float64Array;
  private readonly key: Float64Array;
  private readonly bucketCount = new Int32Array(BUCKETS);
  private readonly weight: Float64Array;
  /** PRBs a weight of one, in the round at hand. */
  private unit = 0;

  /** Whether the UEs' weights count; all are equal otherwise. */
  isWeighted = true;
  private readonly candidate: Int32Array;
  private readonly need: Float64Array;
  private readonly granted: Int32Array;

  /** `fields`: as in `Counters.ue`, for the weights. */
  constructor(
    { ue, need, granted }: Candidates,
    private readonly fields: Float64Array,
  ) {
    this.candidate = ue;
    this.need = need;
    this.granted = granted;
    this.carry = new Float64Array(ue.length);
    this.key = new Float64Array(ue.length);
    this.weight = new Float64Array(ue.length);
  }

  exchange(state: StateExchange): void {
    state.array(this.carry);
  }

  /** Shares `budget` PRBs, fewer than the candidates need together. */
  share(first: number, last: number, budget: number): void {
    const { candidate, need, granted, weight, fields, isWeighted } = this;
    for (let i = first; i < last; i++) {
      const own = isWeighted
        ? (fields[((candidate[i] as number) << FIELD_BITS) + FIELD.weight] as number)
        : 1;
      weight[i] = own > LEAST_WEIGHT ? own : LEAST_WEIGHT;
      granted[i] = -1;
    }
    let left = budget;
    let unit = 0;
    for (let again = true; again;) {
      again = false;
      let open = 0;
      for (let i = first; i < last; i++) if (granted[i] === -1) open += weight[i] as number;
      unit = open > 0 ? left / open : 0;
      for (let i = first; i < last; i++) {
        if (granted[i] !== -1 || (weight[i] as number) * unit < (need[i] as number)) continue;
        granted[i] = need[i] as number;
        left -= need[i] as number;
        this.carry[candidate[i] as number] = 0;
        again = true;
      }
    }
    this.unit = unit;
    this.round(first, last, left);
  }

  /** Whole PRBs for those that can not be satisfied. */
  private round(first: number, last: number, left: number): void {
    const { candidate, granted, weight, carry, key, unit } = this;
    let extra = left;
    let waiting = 0;
    for (let i = first; i < last; i++) {
      if (granted[i] !== -1) {
        key[i] = -Infinity;
        continue;
      }
      const share = (weight[i] as number) * unit;
      const whole = Math.floor(share);
      granted[i] = whole;
      extra -= whole;
      waiting++;
      const fraction = share - whole;
      key[i] = fraction + (carry[candidate[i] as number] as number);
      const owed = key[i] as number;
      carry[candidate[i] as number] =
        owed > CARRY_LIMIT ? CARRY_LIMIT : owed < -CARRY_LIMIT ? -CARRY_LIMIT : owed;
    }
    if (extra > waiting) extra = waiting;
    if (extra <= 0) return;
    if (extra * (last - first) <= PLAIN_LIMIT) this.giveLargest(first, last, extra);
    else this.giveByBuckets(first, last, extra);
  }

  private give(i: number): void {
    const ue = this.candidate[i] as number;
    this.granted[i] = (this.granted[i] as number) + 1;
    this.carry[ue] = (this.carry[ue] as number) - 1;
    this.key[i] = -Infinity;
  }

  private giveLargest(first: number, last: number, extra: number): void {
    const { key } = this;
    for (let k = 0; k < extra; k++) {
      let best = first;
      for (let i = first + 1; i < last; i++) if ((key[i] as number) > (key[best] as number)) best = i;
      this.give(best);
    }
  }

  /** The same in linear time: whole buckets of the highest keys, a search only inside the last one. */
  private giveByBuckets(first: number, last: number, extra: number): void {
    const { key, bucketCount } = this;
    bucketCount.fill(0);
    for (let i = first; i < last; i++) {
      const bucket = this.bucketOf(key[i] as number);
      if (bucket >= 0) bucketCount[bucket] = (bucketCount[bucket] as number) + 1;
    }
    let edge = BUCKETS - 1;
    let left = extra;
    while (edge > 0 && (bucketCount[edge] as number) <= left) left -= bucketCount[edge--] as number;
    for (let i = first; i < last; i++) {
      const bucket = this.bucketOf(key[i] as number);
      if (bucket > edge) this.give(i);
      else if (bucket < edge) key[i] = -Infinity;
    }
    this.giveLargest(first, last, left);
  }

  private bucketOf(key: number): number {
    if (key === -Infinity) return -1;
    const bucket = ((key + CARRY_LIMIT) * (BUCKETS / KEY_SPAN)) | 0;
    return bucket < 0 ? 0 : bucket >= BUCKETS ? BUCKETS - 1 : bucket;
  }
}
