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

/** `gnb-001-01-1-du-3`, of the gNB that is emulated, to `DU 3`; of others to `gNB 411 DU 1`. */
export function nodeName(nodeId: string): string {
  return nodeId
    .replace(/^gnb-001-01-1-du-(\d+)$/, 'DU $1')
    .replace(/^gnb-\d+-\d+-(\d+)-du-(\d+)$/, 'gNB $1 DU $2');
}
