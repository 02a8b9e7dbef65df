import { sliceTypeOf } from '@ricochet/ran-types';

/** A slice as people and the style sheet call it. */
export interface SliceName {
  readonly sst: number;
  readonly name: string;
  /** Class of the style sheet, which has its colour. */
  readonly className: string;
}

/** By SST. */
export function sliceName(sst: number): SliceName {
  const type = sliceTypeOf({ sst });
  return { sst, name: type ?? `slice ${sst}`, className: `slice-${type?.toLowerCase() ?? 'other'}` };
}

/** `gnb-001-01-1-du-3` to `DU 3`. */
export function nodeName(nodeId: string): string {
  const du = /-du-(\d+)$/.exec(nodeId)?.[1];
  return du === undefined ? nodeId : `DU ${du}`;
}
