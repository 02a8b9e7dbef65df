import { type PlmnIdentity } from './plmn-identity.js';

/** Global gNB id (E2AP clause 9.2.6, TS 38.423 clause 9.2.2.1). */
export interface GlobalGnbId {
  readonly plmn: PlmnIdentity;
  /** gNB id. */
  readonly gnbId: number;
  /** Length of the gNB id, 22 to 32 bits; 32 when left out. */
  readonly gnbIdBits?: number | undefined;
}

/** eNB id by its kind: 20, 28, 18 and 21 bits. */
export type EnbId =
  | { readonly macro: number }
  | { readonly home: number }
  | { readonly shortMacro: number }
  | { readonly longMacro: number };

/** Global eNB id (TS 36.423 clause 9.2.22). */
export interface GlobalEnbId {
  readonly plmn: PlmnIdentity;
  readonly enbId: EnbId;
}

/** A gNB, or its DU or CU-UP. */
export interface GnbNodeId extends GlobalGnbId {
  readonly globalEnGnbId?: GlobalGnbId | undefined;
  /** gNB-CU-UP id, 36 bits; absent unless the node is one. */
  readonly gnbCuUpId?: number | undefined;
  /** gNB-DU id, 36 bits; absent unless the node is one. */
  readonly gnbDuId?: number | undefined;
}

/** An en-gNB, or its DU or CU-UP. */
export interface EnGnbNodeId {
  readonly enGnb: Omit<GnbNodeId, 'globalEnGnbId'>;
}

/** An ng-eNB, or its DU. */
export interface NgEnbNodeId {
  readonly ngEnb: {
    readonly plmn: PlmnIdentity;
    readonly enbId: Exclude<EnbId, { readonly home: number }>;
    readonly globalEnbId?: GlobalEnbId | undefined;
    /** ng-eNB-DU id, 36 bits; absent unless the node is one. */
    readonly ngEnbDuId?: number | undefined;
  };
}

/** An eNB. */
export interface EnbNodeId {
  readonly enb: GlobalEnbId;
}

/** Global E2 node id (E2AP clause 9.2.6). */
export type GlobalE2NodeId = GnbNodeId | EnGnbNodeId | NgEnbNodeId | EnbNodeId;

/** `gnb-001-01-1-du-3`: stable text form, used as a key, in subjects and for people. */
export function formatE2NodeId(id: GlobalE2NodeId): string {
  if ('gnbId' in id) return formatGnb('gnb', id);
  if ('enGnb' in id) return formatGnb('en-gnb', id.enGnb);
  if ('ngEnb' in id) return formatEnb('ng-enb', id.ngEnb) + part('du', id.ngEnb.ngEnbDuId);
  return formatEnb('enb', id.enb);
}

/** The PLMN that a node belongs to. */
export function plmnOf(id: GlobalE2NodeId): PlmnIdentity {
  if ('gnbId' in id) return id.plmn;
  if ('enGnb' in id) return id.enGnb.plmn;
  return 'ngEnb' in id ? id.ngEnb.plmn : id.enb.plmn;
}

function formatGnb(kind: string, { plmn, gnbId, gnbCuUpId, gnbDuId }: GnbNodeId): string {
  return `${kind}-${plmn.mcc}-${plmn.mnc}-${gnbId}${part('cu-up', gnbCuUpId)}${part('du', gnbDuId)}`;
}

function formatEnb(kind: string, { plmn, enbId }: GlobalEnbId): string {
  const [[length, id] = []] = Object.entries(enbId);
  return `${kind}-${plmn.mcc}-${plmn.mnc}-${length?.toLowerCase()}-${id}`;
}

const part = (name: string, id: number | undefined): string => (id === undefined ? '' : `-${name}-${id}`);

/** NR Cell Global Identity (TS 38.413 clause 9.3.1.7). */
export interface NrCgi {
  readonly plmn: PlmnIdentity;
  /** NR Cell Identity, 36 bits. */
  readonly nci: number;
}
