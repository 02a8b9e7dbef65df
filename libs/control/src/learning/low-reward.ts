import { SLICE_TYPES, sliceTypeOf, type SliceType } from '@ricochet/ran-types';
import type { UeObservation } from '../observation/ue-observation.js';
import { slicesOf } from '../observation/ue-slices.js';

/** A UE of mMTC is satisfied with this part of what it was to get. */
const SATISFIED_SHARE = 0.9;
/** URLLC quality is 0 at this delay. */
const ZERO_AT_MS = 50;

/**
 * What the lower controller maximises: the quality of the DU's slices over the last period, mean over the slice
 * types that have UEs, 0..1; 1 without UEs.
 *
 * It is `RCT.QosDl` as near as a UE-level report tells it. eMBB: served share of the bits that were to serve; mMTC:
 * that times the share of UEs that got 90 % of theirs; URLLC: 1 − min(1, largest delay / 50 ms). Differences: bits
 * to serve are those delivered or still waiting (or those arrived, when more), so what was dropped of an older
 * backlog and what is in HARQ is missed; the delay is the age of the oldest packet that still waits, so the delay of
 * packets delivered within the period is not seen.
 */
export function lowReward(ues: readonly UeObservation[]): number {
  const { sliceOf, snssais } = slicesOf(ues);
  const slices = snssais.map((snssai): Slice => ({
    type: sliceTypeOf(snssai) ?? 'eMBB',
    ...{ toServeKbit: 0, deliveredKbit: 0, asking: 0, satisfied: 0, oldestMs: 0 },
  }));
  ues.forEach((ue, place) => count(ue, slices[sliceOf[place]!]!));
  let sum = 0;
  let types = 0;
  for (const type of SLICE_TYPES) {
    const same = slices.filter((slice) => slice.type === type);
    if (same.length === 0) continue;
    types++;
    for (const slice of same) sum += qualityOf(slice) / same.length;
  }
  return types === 0 ? 1 : sum / types;
}

/** What the UEs of a slice come to. */
interface Slice {
  readonly type: SliceType;
  toServeKbit: number;
  deliveredKbit: number;
  /** UEs with bits to serve, and those of them that got enough. */
  asking: number;
  satisfied: number;
  oldestMs: number;
}

function count({ deliveredKbit, bufferKbit, offeredKbit, holDelayMs }: UeObservation, slice: Slice): void {
  const toServeKbit = Math.max(deliveredKbit + bufferKbit, offeredKbit);
  slice.toServeKbit += toServeKbit;
  slice.deliveredKbit += deliveredKbit;
  slice.oldestMs = Math.max(slice.oldestMs, holDelayMs);
  if (!(toServeKbit > 0)) return;
  slice.asking++;
  if (deliveredKbit >= SATISFIED_SHARE * toServeKbit) slice.satisfied++;
}

function qualityOf({ type, toServeKbit, deliveredKbit, asking, satisfied, oldestMs }: Slice): number {
  if (type === 'URLLC') return 1 - Math.min(1, oldestMs / ZERO_AT_MS);
  const served = toServeKbit > 0 ? deliveredKbit / toServeKbit : 1;
  return type === 'mMTC' && asking > 0 ? (satisfied / asking) * served : served;
}
