import { type Du } from '../du.js';

/** Every F1 association counts its UEs anew: from 0 for the first of the DU's own, round to those of other DUs. */
export function f1UeIdOf({ radio, cell }: Du, ue: number): number {
  const first = (cell * radio.ueCapacity) / radio.cellCount;
  return (ue - first + radio.ueCapacity) % radio.ueCapacity;
}

/** Reverse of {@link f1UeIdOf}; `undefined` for a UE that the DU does not serve. */
export function ueOfF1Id({ radio, cell }: Du, id: number): number | undefined {
  const first = (cell * radio.ueCapacity) / radio.cellCount;
  const ue = (id + first) % radio.ueCapacity;
  const isServed = id < radio.ueCapacity && radio.servingCells[ue] === cell && radio.activeUes[ue] === 1;
  return isServed ? ue : undefined;
}
