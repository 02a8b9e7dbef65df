import { type RadioNetwork } from '@ricochet/radio';
import { type Du } from './du.js';
import { UeIds } from './ue-ids.js';

/** The DU of a cell. */
export function duOf(radio: RadioNetwork, cell: number): Du {
  const globalId = { plmn: { mcc: '001', mnc: '01' }, gnbId: 1, gnbDuId: cell + 1 };
  return { globalId, cell, radio, ueIds: new UeIds(radio.ueCapacity), reportOffsetMs: 0 };
}
