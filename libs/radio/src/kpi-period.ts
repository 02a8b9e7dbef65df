import { SLICE_TYPES, type SNssai } from '@ricochet/ran-types';

import { CQI_COUNT, FIELD, FIELD_BITS } from './counters.js';
import { DELAY_BINS, delayQuantile } from './delay-histogram.js';
import { KpiSnapshot, type KpiSource } from './kpi-snapshot.js';
import { CQI_EFFICIENCY } from './mcs-tables.js';
import { type RadioConfig } from './radio-config.js';
import { type StateExchange } from './state-exchange.js';
import { SLICE_COUNT } from './ue-table.js';

/**
 * One closed period: the difference of two snapshots of the cumulative counters.
 *
 * Group values follow the members: a total is what UEs counted while they were members. Percentiles and maxima
 * of a group are
 * those of its members when the period closed. Group readers work on the groups `first` … `last − 1`: {@link
 * select} first.
 */
export class KpiPeriod {
  then: KpiSnapshot;
  now: KpiSnapshot;
  /** [UEs] largest delay of the closed period, head packets included. */
  readonly delayMax: Int32Array;
  private first = 0;
  private last = 0;
  private readonly histogram = new Float64Array(DELAY_BINS);
  private readonly groups: number;
  private readonly leastBitsPerPrb: number;
  private readonly sNssais: readonly number[];
  private readonly sliceOfUe: Uint8Array;

  constructor(
    source: KpiSource,
    readonly config: RadioConfig,
    timeMs: number,
  ) {
    this.groups = source.ues.groups;
    this.sliceOfUe = source.ues.slice;
    this.sNssais = SLICE_TYPES.map((type) => sNssaiNumber(config.slices[type].snssai));
    this.delayMax = new Int32Array(source.ues.capacity);
    this.leastBitsPerPrb = ((CQI_EFFICIENCY[1] as number) * config.prbBandwidthHz) / 1000;
    this.then = new KpiSnapshot(source);
    this.now = new KpiSnapshot(source);
    this.begin(timeMs);
  }

  /** Begins anew: nothing is closed yet. */
  begin(timeMs: number): void {
    this.then.take(timeMs);
    this.now.take(timeMs);
    this.delayMax.fill(0);
  }

  /** Closes the period that ends now and starts the next. */
  close(timeMs: number): void {
    const oldest = this.then;
    this.then = this.now;
    this.now = oldest;
    oldest.take(timeMs);
  }

  exchange(state: StateExchange): void {
    this.then.exchange(state);
    this.now.exchange(state);
    state.array(this.delayMax);
  }

  get slots(): number {
    return this.now.timeMs - this.then.timeMs;
  }

  selectSlice(cell: number, sliceIndex: number): void {
    this.first = cell * SLICE_COUNT + sliceIndex;
    this.last = this.first + 1;
  }

  selectCell(cell: number): void {
    this.first = cell * SLICE_COUNT;
    this.last = this.first + SLICE_COUNT;
  }

  /** Growth of a field of one UE. */
  grown(field: number, ue: number): number {
    const at = (ue << FIELD_BITS) + field;
    return (this.now.ue[at] as number) - (this.then.ue[at] as number);
  }

  /** A field of one UE at the end. */
  gauge(field: number, ue: number): number {
    return this.now.ue[(ue << FIELD_BITS) + field] as number;
  }

  queuedBits(ue: number): number {
    return this.now.queuedBits[ue] as number;
  }

  /** What waited at the start of the period, in the buffer and in HARQ. */
  backlogBefore(ue: number): number {
    return (
      (this.then.queuedBits[ue] as number) + (this.then.ue[(ue << FIELD_BITS) + FIELD.harqBits] as number)
    );
  }

  /** S-NSSAI of a UE as a number: SST times 2^24 plus SD. */
  sNssai(ue: number): number {
    return this.sNssais[this.sliceOfUe[ue] as number] ?? NaN;
  }

  /** Bits a PRB carries; a UE without a usable CQI is taken to be at CQI 1. */
  bitsPerPrb(ue: number): number {
    return Math.max(this.leastBitsPerPrb, this.gauge(FIELD.bitsPerPrb, ue));
  }

  /** Bits delivered a ms with bits waiting, kbit/s; NaN when none waited. */
  throughput(ue: number): number {
    const busy = this.grown(FIELD.busySlots, ue);
    return busy === 0 ? NaN : this.grown(FIELD.deliveredBits, ue) / busy;
  }

  quantile(ue: number, q: number): number {
    this.histogram.fill(0);
    this.addDelays(ue);
    return delayQuantile(this.histogram, q, this.delayMax[ue] as number);
  }

  /** What the selected groups counted in a cumulative field. */
  total(field: number): number {
    let moved = 0;
    for (let g = this.first; g < this.last; g++) {
      const at = (g << FIELD_BITS) + field;
      moved += (this.now.moved[at] as number) - (this.then.moved[at] as number);
    }
    return moved + this.sum(this.now, field) - this.sum(this.then, field);
  }

  /** Growth of a group counter over the selected groups. */
  counted(row: number): number {
    let sum = 0;
    for (let g = this.first; g < this.last; g++) {
      const at = row * this.groups + g;
      sum += (this.now.group[at] as number) - (this.then.group[at] as number);
    }
    return sum;
  }

  /** A field over the members of the selected groups at one end of the period. */
  sum(snapshot: KpiSnapshot, field: number): number {
    const end = snapshot.starts[this.last] as number;
    let sum = 0;
    for (let i = snapshot.starts[this.first] as number; i < end; i++) {
      sum += snapshot.ue[((snapshot.order[i] as number) << FIELD_BITS) + field] as number;
    }
    return sum;
  }

  sumQueued(snapshot: KpiSnapshot): number {
    const end = snapshot.starts[this.last] as number;
    let sum = 0;
    for (let i = snapshot.starts[this.first] as number; i < end; i++) {
      sum += snapshot.queuedBits[snapshot.order[i] as number] as number;
    }
    return sum;
  }

  /** Members of the selected groups at the end: positions `membersBegin` … `membersEnd − 1` of `now.order`. */
  get membersBegin(): number {
    return this.now.starts[this.first] as number;
  }

  get membersEnd(): number {
    return this.now.starts[this.last] as number;
  }

  member(i: number): number {
    return this.now.order[i] as number;
  }

  /** Largest of [UEs] values over the members. */
  largest(values: Int32Array): number {
    let max = 0;
    for (let i = this.membersBegin; i < this.membersEnd; i++)
      max = Math.max(max, values[this.member(i)] as number);
    return max;
  }

  groupQuantile(q: number): number {
    this.histogram.fill(0);
    for (let i = this.membersBegin; i < this.membersEnd; i++) this.addDelays(this.member(i));
    return delayQuantile(this.histogram, q, this.largest(this.delayMax));
  }

  availablePrbSlots(cell: number): number {
    return (this.now.availablePrbSlots[cell] as number) - (this.then.availablePrbSlots[cell] as number);
  }

  cqiCount(cell: number, cqi: number): number {
    const at = cell * CQI_COUNT + cqi;
    return (this.now.cqi[at] as number) - (this.then.cqi[at] as number);
  }

  private addDelays(ue: number): void {
    const base = ue * DELAY_BINS;
    for (let bin = 0; bin < DELAY_BINS; bin++) {
      const grown = (this.now.delays[base + bin] as number) - (this.then.delays[base + bin] as number);
      this.histogram[bin] = (this.histogram[bin] as number) + grown;
    }
  }
}

function sNssaiNumber({ sst, sd }: SNssai): number {
  return sst * 2 ** 24 + (sd === undefined ? 0xffffff : Number.parseInt(sd, 16));
}

/** Packets lost per million that arrived; one million when only older ones were lost, NaN when there were none. */
export function dropRate(lost: number, arrived: number): number {
  if (arrived === 0) return lost === 0 ? NaN : 1e6;
  return Math.min(1e6, Math.round((lost / arrived) * 1e6));
}
