import { type SliceType, sNssaiOf } from '@ricochet/ran-types';
import type { SliceObservation } from './slice-observation.js';
import type { UeObservation } from './ue-observation.js';

/** A slice in which nothing happens, but for what is said. */
export function slice(type: SliceType, measured: Partial<SliceObservation> = {}): SliceObservation {
  return {
    snssai: sNssaiOf(type),
    type,
    qos: 1,
    connectedUes: 10,
    quota: 0.3,
    offeredKbit: 0,
    deliveredKbit: 0,
    bufferKbit: 0,
    arrivalNeed: 0,
    backlogNeed: 0,
    ...measured,
  };
}

/** A UE with nothing to send, but for what is said. */
export function ue(type: SliceType, measured: Partial<UeObservation> = {}): UeObservation {
  return {
    ueId: 1,
    snssai: sNssaiOf(type),
    bufferKbit: 0,
    offeredKbit: 0,
    deliveredKbit: 0,
    spectralEfficiency: 3,
    holDelayMs: 0,
    ...measured,
  };
}
