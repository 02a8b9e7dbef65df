import { SLICE_TYPES } from '@ricochet/ran-types';

import { type DuProfile, type RadioConfig } from './radio-config.js';
import { RandomStreams, STREAM } from './random-streams.js';
import { SLICE_COUNT, type UeTable } from './ue-table.js';

/** Integers in proportion to shares, adding up to `total`: largest remainder, ties to the first. */
export function apportion(total: number, shares: readonly number[]): number[] {
  const sum = shares.reduce((a, b) => a + b, 0);
  const exact = shares.map((share) => (total * share) / sum);
  const counts = exact.map(Math.floor);
  let left = total - counts.reduce((a, b) => a + b, 0);
  const byRemainder = exact
    .map((value, i) => ({ i, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (const { i } of byRemainder) {
    if (left-- <= 0) break;
    counts[i] = (counts[i] ?? 0) + 1;
  }
  return counts;
}

/**
 * The task of each DU: its type (cycled), its UEs by slice, its offered load, and each UE's mean rate.
 *
 * Load of a cell: uniform in the configured range, times the reference capacity; its slice mix: that of the
 * type times
 * e^(σN), renormalised; a UE's part of its slice: e^(σN), normalised over the first UEs. Rates of UEs that come
 * and go
 * are raised by their absence. One stream per cell.
 */
export class DuTasks {
  readonly profiles: readonly DuProfile[];
  /** [cells · 3] offered bits a ms with all first UEs present. */
  readonly loadBitsPerMs: Float64Array;
  /** [UEs × 3] mean offered bits a ms of the UE if it belonged to the slice. */
  readonly rateBitsPerMs: Float64Array;

  constructor(config: RadioConfig, ues: UeTable, seed: number) {
    const { duTypes, duProfiles, uesPerCell, traffic, load } = config;
    const streams = new RandomStreams(config.cells, seed, STREAM.task);
    this.loadBitsPerMs = new Float64Array(ues.groups);
    this.rateBitsPerMs = new Float64Array(ues.capacity * SLICE_COUNT);
    const profiles: DuProfile[] = [];
    for (let cell = 0; cell < config.cells; cell++) {
      const type = duTypes[cell % duTypes.length] ?? 'residential';
      const profile = duProfiles[type];
      profiles.push(profile);
      const counts = apportion(
        uesPerCell,
        SLICE_TYPES.map((slice) => profile.ues[slice]),
      );
      const total = streams.uniform(cell, [load.min, load.max]) * traffic.referenceCapacityMbps * 1000;
      const mix = SLICE_TYPES.map(
        (s) => profile.load[s] * Math.exp(traffic.mixJitterSigma * streams.normal(cell)),
      );
      const mixSum = mix.reduce((a, b) => a + b, 0);
      this.fillSlices(ues, { cell, counts });
      const weights = Float64Array.from({ length: ues.perCell }, () =>
        Math.exp(traffic.ueWeightSigma * streams.normal(cell)),
      );
      const { sessions } = profile;
      const presence =
        sessions === false ? 1 : sessions.presentMeanS / (sessions.presentMeanS + sessions.awayMeanS);
      for (let slice = 0; slice < SLICE_COUNT; slice++) {
        const own = config.slices[SLICE_TYPES[slice] ?? 'eMBB'].rateMbpsPerUe;
        const count = counts[slice] ?? 0;
        const shared = count === 0 ? 0 : (total * (mix[slice] ?? 0)) / mixSum;
        const mean = own === null ? shared / Math.max(1, count) / presence : own * 1000;
        this.loadBitsPerMs[cell * SLICE_COUNT + slice] = own === null ? shared : own * 1000 * count;
        this.shareOut(ues, { cell, slice, weights, mean });
      }
    }
    this.profiles = profiles;
  }

  private fillSlices(ues: UeTable, { cell, counts }: { cell: number; counts: readonly number[] }): void {
    let ue = cell * ues.perCell;
    counts.forEach((count, slice) => {
      for (let i = 0; i < count; i++, ue++) {
        ues.slice[ue] = slice;
        ues.active[ue] = 1;
        ues.known[ue] = 1;
      }
    });
  }

  private shareOut(
    ues: UeTable,
    { cell, slice, weights, mean }: { cell: number; slice: number; weights: Float64Array; mean: number },
  ): void {
    const first = cell * ues.perCell;
    let sum = 0;
    let count = 0;
    for (let k = 0; k < ues.perCell; k++) {
      if (ues.active[first + k] === 0 || ues.slice[first + k] !== slice) continue;
      sum += weights[k] as number;
      count++;
    }
    const unit = count === 0 ? mean : (mean * count) / sum;
    for (let k = 0; k < ues.perCell; k++) {
      this.rateBitsPerMs[(first + k) * SLICE_COUNT + slice] = unit * (weights[k] as number);
    }
  }
}
