/** PLMN identity: mobile country code (3 digits) and mobile network code (2 or 3 digits). */
export interface PlmnIdentity {
  readonly mcc: string;
  readonly mnc: string;
}

/** Global E2 node id of a gNB or of one of its DUs (E2AP clause 9.2.6). */
export interface GlobalE2NodeId {
  readonly plmn: PlmnIdentity;
  /** gNB id, 22 to 32 bits. */
  readonly gnbId: number;
  /** gNB-DU id; absent for a whole gNB. */
  readonly gnbDuId?: number | undefined;
}

/** `gnb-001-01-1-du-3`: stable text form, used as a key, in subjects and for people. */
export function formatE2NodeId({ plmn, gnbId, gnbDuId }: GlobalE2NodeId): string {
  const gnb = `gnb-${plmn.mcc}-${plmn.mnc}-${gnbId}`;
  return gnbDuId === undefined ? gnb : `${gnb}-du-${gnbDuId}`;
}

/** NR Cell Global Identity (TS 38.413 clause 9.3.1.7). */
export interface NrCgi {
  readonly plmn: PlmnIdentity;
  /** NR Cell Identity, 36 bits. */
  readonly nci: number;
}
