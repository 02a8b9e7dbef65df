import { type UeObservation } from '@ricochet/control';
import { formatSNssai, type SNssai } from '@ricochet/ran-types';
import { type RanControl } from '@ricochet/xapp-sdk';

/** The weights as a control, by slice. */
export function weightsControl(ues: readonly UeObservation[], weights: readonly number[]): RanControl {
  const slices = new Map<string, { snssai: SNssai; weights: { ueId: number; weight: number }[] }>();
  ues.forEach(({ ueId, snssai }, i) => {
    const key = formatSNssai(snssai);
    let slice = slices.get(key);
    if (slice === undefined) slices.set(key, (slice = { snssai, weights: [] }));
    slice.weights.push({ ueId, weight: weights[i] ?? 0 });
  });
  return { kind: 'ue-weights', slices: [...slices.values()] };
}
