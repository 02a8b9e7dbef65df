import { bitNumber, choice, integer, octetNumber, sequence } from '@ricochet/asn1';
import { plmnIdentity } from './plmn-identity.js';

/** 5QI (TS 23.501 clause 5.7.4). */
export const fiveQi = integer({ min: 0, max: 255, extensible: true });
/** QCI (TS 23.203 clause 6.1.7). */
export const qci = integer({ min: 0, max: 255 });
/** QoS Flow Identifier (TS 38.413 clause 9.3.1.51). */
export const qosFlowId = integer({ min: 0, max: 63, extensible: true });

/** GUAMI (TS 38.413 clause 9.3.3.3). */
export const guami = sequence(
  { plmn: plmnIdentity, amfRegionId: bitNumber(8), amfSetId: bitNumber(10), amfPointer: bitNumber(6) },
  {},
);

/** GUMMEI (TS 36.413 clause 9.2.3.9). */
export const gummei = sequence(
  { plmn: plmnIdentity, mmeGroupId: octetNumber(2), mmeCode: octetNumber(1) },
  {},
);

/** Core CP ID (E2SM). */
export const coreCpId = choice({ fiveGc: guami, epc: gummei }, {});

/** QoS ID (E2SM). */
export const qosId = choice({ fiveGc: fiveQi, epc: qci }, {});

/** Group ID (E2SM). */
export const groupId = choice({ fiveGc: fiveQi, epc: qci }, {});
