import { SLICE_TYPES, sliceTypeOf, type SliceType } from '@ricochet/ran-types';
import type { UeObservation } from '../observation/ue-observation.js';
import { slicesOf, type UeSlices } from '../observation/ue-slices.js';

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
  const slices = slicesOf(ues);
  const types = slices.snssais.map((snssai) => sliceTypeOf(snssai) ?? 'eMBB');
  const qualities = types.map((type, slice) => qualityOf(ues, slices, { type, slice }));
  let sum = 0;
  let typeCount = 0;
  for (const type of SLICE_TYPES) {
    const same = qualities.filter((_, slice) => types[slice] === type);
    if (same.length === 0) continue;
    typeCount++;
    for (const quality of same) sum += quality / same.length;
  }
  return typeCount === 0 ? 1 : sum / typeCount;
}

function qualityOf(
  ues: readonly UeObservation[],
  { sliceOf }: UeSlices,
  { type, slice }: { readonly type: SliceType; readonly slice: number },
): number {
  let totalKbit = 0;
  let totalDeliveredKbit = 0;
  // UEs with bits to serve, and those of them that got enough.
  let asking = 0;
  let satisfied = 0;
  let oldestMs = 0;
  for (let place = 0; place < ues.length; place++) {
    if (sliceOf[place] !== slice) continue;
    const { deliveredKbit, bufferKbit, offeredKbit, holDelayMs } = ues[place]!;
    const toServeKbit = Math.max(deliveredKbit + bufferKbit, offeredKbit);
    totalKbit += toServeKbit;
    totalDeliveredKbit += deliveredKbit;
    oldestMs = Math.max(oldestMs, holDelayMs);
    if (!(toServeKbit > 0)) continue;
    asking++;
    if (deliveredKbit >= SATISFIED_SHARE * toServeKbit) satisfied++;
  }
  if (type === 'URLLC') return 1 - Math.min(1, oldestMs / ZERO_AT_MS);
  const served = totalKbit > 0 ? totalDeliveredKbit / totalKbit : 1;
  return type === 'mMTC' && asking > 0 ? (satisfied / asking) * served : served;
}
