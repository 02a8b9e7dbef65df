import { type SNssai, sNssaiToInteger } from '@ricochet/ran-types';
import type { UeObservation } from './ue-observation.js';

/** Which UEs are of the same slice. */
export interface UeSlices {
  /** [UEs] the slice of each, an index into `snssais`. */
  readonly sliceOf: readonly number[];
  /** The slices that have UEs, in the order of their first one. */
  readonly snssais: readonly SNssai[];
}

export function slicesOf(ues: readonly UeObservation[]): UeSlices {
  const snssais: SNssai[] = [];
  const keys: number[] = [];
  let last: SNssai | undefined;
  let slice = -1;
  const sliceOf = new Array<number>(ues.length);
  for (let place = 0; place < ues.length; place++) {
    const { snssai } = ues[place]!;
    // Nodes tell their UEs slice by slice.
    if (snssai !== last) {
      last = snssai;
      const key = sNssaiToInteger(snssai);
      slice = keys.indexOf(key);
      if (slice < 0) {
        slice = keys.push(key) - 1;
        snssais.push(snssai);
      }
    }
    sliceOf[place] = slice;
  }
  return { sliceOf, snssais };
}
