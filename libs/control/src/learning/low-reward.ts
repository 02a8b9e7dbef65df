import { SLICE_TYPES, sliceTypeOf, sNssaiToInteger } from '@ricochet/ran-types';
import type { UeObservation } from '../observation/ue-observation.js';

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
  let sum = 0;
  let types = 0;
  for (const type of SLICE_TYPES) {
    const slices = new Map<number, UeObservation[]>();
    for (const ue of ues) {
      if ((sliceTypeOf(ue.snssai) ?? 'eMBB') !== type) continue;
      const key = sNssaiToInteger(ue.snssai);
      const members = slices.get(key);
      if (members === undefined) slices.set(key, [ue]);
      else members.push(ue);
    }
    if (slices.size === 0) continue;
    types++;
    for (const members of slices.values()) sum += QUALITY_OF[type](members) / slices.size;
  }
  return types === 0 ? 1 : sum / types;
}

const QUALITY_OF = {
  eMBB: servedShare,
  mMTC: (ues: readonly UeObservation[]) => satisfiedShare(ues) * servedShare(ues),
  URLLC: (ues: readonly UeObservation[]) => {
    const oldestMs = ues.reduce((oldest, { holDelayMs }) => Math.max(oldest, holDelayMs), 0);
    return 1 - Math.min(1, oldestMs / ZERO_AT_MS);
  },
};

function servedShare(ues: readonly UeObservation[]): number {
  const toServe = ues.reduce((sum, ue) => sum + toServeKbit(ue), 0);
  return toServe > 0 ? ues.reduce((sum, ue) => sum + ue.deliveredKbit, 0) / toServe : 1;
}

function satisfiedShare(ues: readonly UeObservation[]): number {
  const asking = ues.filter((ue) => toServeKbit(ue) > 0);
  const satisfied = asking.filter((ue) => ue.deliveredKbit >= SATISFIED_SHARE * toServeKbit(ue));
  return asking.length > 0 ? satisfied.length / asking.length : 1;
}

function toServeKbit({ deliveredKbit, bufferKbit, offeredKbit }: UeObservation): number {
  return Math.max(deliveredKbit + bufferKbit, offeredKbit);
}
