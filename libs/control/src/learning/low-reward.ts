import { SLICE_TYPES, sliceTypeOf } from '@ricochet/ran-types';
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
  const members = snssais.map((): UeObservation[] => []);
  ues.forEach((ue, place) => members[sliceOf[place]!]!.push(ue));
  let sum = 0;
  let types = 0;
  for (const type of SLICE_TYPES) {
    const slices = members.filter((_, slice) => (sliceTypeOf(snssais[slice]!) ?? 'eMBB') === type);
    if (slices.length === 0) continue;
    types++;
    for (const slice of slices) sum += QUALITY_OF[type](slice) / slices.length;
  }
  return types === 0 ? 1 : sum / types;
}

const QUALITY_OF = {
  eMBB: servedShare,
  mMTC: (ues: readonly UeObservation[]) => satisfiedShare(ues) * servedShare(ues),
  URLLC: (ues: readonly UeObservation[]) => {
    let oldestMs = 0;
    for (const { holDelayMs } of ues) oldestMs = Math.max(oldestMs, holDelayMs);
    return 1 - Math.min(1, oldestMs / ZERO_AT_MS);
  },
};

function servedShare(ues: readonly UeObservation[]): number {
  let toServe = 0;
  let served = 0;
  for (const ue of ues) {
    toServe += toServeKbit(ue);
    served += ue.deliveredKbit;
  }
  return toServe > 0 ? served / toServe : 1;
}

function satisfiedShare(ues: readonly UeObservation[]): number {
  let asking = 0;
  let satisfied = 0;
  for (const ue of ues) {
    const toServe = toServeKbit(ue);
    if (!(toServe > 0)) continue;
    asking++;
    if (ue.deliveredKbit >= SATISFIED_SHARE * toServe) satisfied++;
  }
  return asking > 0 ? satisfied / asking : 1;
}

function toServeKbit({ deliveredKbit, bufferKbit, offeredKbit }: UeObservation): number {
  return Math.max(deliveredKbit + bufferKbit, offeredKbit);
}
