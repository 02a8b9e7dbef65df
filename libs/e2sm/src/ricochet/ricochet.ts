import { type Infer, integer, optional, sequence, sequenceOf, type Type, utf8String } from '@ricochet/asn1';
import { type UeWeight } from '@ricochet/ran-types';
import { ranFunctionName } from '../common/ran-function-name.js';
import { sNssai } from '../common/s-nssai.js';
import { perMessage } from '../per-message.js';
import { weight } from './weight.js';

/** gNB-CU UE F1AP ID (TS 38.473 clause 9.3.1.4). */
const ueId = integer({ min: 0, max: 0xffff_ffff });

const ues: Type<readonly UeWeight[]> = sequenceOf(sequence({ ueId, weight }), { min: 0, max: 65_535 });

const ranFunctionDefinition = sequence(
  { ranFunctionName, slices: sequenceOf(sNssai, { min: 0, max: 1024 }) },
  {},
);
export type UeWeightsRanFunctionDefinition = Infer<typeof ranFunctionDefinition>;

const controlMessage = sequence(
  {
    slices: sequenceOf(sequence({ snssai: sNssai, ues }, {}), { min: 1, max: 1024 }),
  },
  {},
);
export type UeWeightsMessage = Infer<typeof controlMessage>;

/**
 * A service model of our own, since no standard one carries it: the scheduling weights of UEs inside their
 * slice. PRBs of the slice go to its UEs with data in proportion to their weights, none gets more than it
 * needs, and the rest is handed on. UEs that are not named keep their weight. Its ASN.1 stands in
 * docs/e2sm-ue-weights.md.
 *
 * The OID stands under the arc for UUIDs (ITU-T X.667), which needs no registration.
 */
export const ricochet = {
  shortName: 'RICOCHET-E2SM-UE-WEIGHTS',
  oid: '2.25.285452772303873894525804914433209682462',
  ranFunctionId: 200,
  ranFunctionDefinition: perMessage('Ricochet RANfunctionDefinition', ranFunctionDefinition),
  controlHeader: perMessage(
    'Ricochet ControlHeader',
    sequence({ controlStyle: integer({ min: 1, max: 255 }) }, {}),
  ),
  controlMessage: perMessage('Ricochet ControlMessage', controlMessage),
  /** UEs that were named but are not connected; on failure, why. */
  controlOutcome: perMessage(
    'Ricochet ControlOutcome',
    sequence({ unknownUes: sequenceOf(ueId, { min: 0, max: 65_535 }), text: optional(utf8String()) }, {}),
  ),
} as const;
