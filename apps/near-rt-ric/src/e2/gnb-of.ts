import { formatE2NodeId, type GlobalE2NodeId } from '@ricochet/ran-types';

/** The id of the gNB (en-gNB, ng-eNB) that a node is a unit of: the same for its CU-CP, CU-UPs and DUs. */
export function gnbOf(id: GlobalE2NodeId): string {
  if ('gnbId' in id) return formatE2NodeId({ ...id, gnbCuUpId: undefined, gnbDuId: undefined });
  if ('enGnb' in id) {
    return formatE2NodeId({ enGnb: { ...id.enGnb, gnbCuUpId: undefined, gnbDuId: undefined } });
  }
  if ('ngEnb' in id) return formatE2NodeId({ ngEnb: { ...id.ngEnb, ngEnbDuId: undefined } });
  return formatE2NodeId(id);
}
