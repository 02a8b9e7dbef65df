import { type Du } from '../du.js';

/** Every F1 association counts its UEs anew: from 0 for the first of the DU's own, round to those of other DUs. */
export function f1UeIdOf({ radio, cell, ueIds }: Du, ue: number): number {
  const first = (cell * radio.ueCapacity) / radio.cellCount;
  return ueIds.idOf((ue - first + radio.ueCapacity) % radio.ueCapacity);
}

/** Reverse of {@link f1UeIdOf}; `undefined` for a UE that the DU does not serve. */
export function ueOfF1Id({ radio, cell, ueIds }: Du, id: number): number | undefined {
  const place = ueIds.placeOf(id);
  if (place === undefined) return undefined;
  const first = (cell * radio.ueCapacity) / radio.cellCount;
  const ue = (place + first) % radio.ueCapacity;
  const isServed = radio.servingCells[ue] === cell && radio.activeUes[ue] === 1;
  return isServed ? ue : undefined;
}
