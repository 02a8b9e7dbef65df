import { bitNumber, choice, integer, sequence, sizedNumber } from '@ricochet/asn1';
import { plmnIdentity } from './plmn-identity.js';

/** gNB-DU, gNB-CU-UP and ng-eNB-DU ids (TS 38.473 clause 9.3.1.9, TS 37.483 clause 9.3.1.15). */
export const unitId = integer({ min: 0, max: 2 ** 36 - 1 });

/** Global gNB ID (TS 38.413 clause 9.3.1.6); the gNB id has 22 to 32 bits. */
export const globalGnbId = sequence(
  { plmn: plmnIdentity, gnbId: choice({ gnbId: sizedNumber(22, 32) }, {}) },
  {},
);

/** Global en-gNB ID (TS 36.423 clause 9.2.112). */
export const globalEnGnbId = sequence(
  { plmn: plmnIdentity, enGnbId: choice({ enGnbId: sizedNumber(22, 32) }, {}) },
  {},
);

/** Global ng-eNB ID (TS 38.413 clause 9.3.1.8). */
export const globalNgEnbId = sequence(
  {
    plmn: plmnIdentity,
    ngEnbId: choice(
      {
        macroNgEnbId: bitNumber(20),
        shortMacroNgEnbId: bitNumber(18),
        longMacroNgEnbId: bitNumber(21),
      },
      {},
    ),
  },
  {},
);

/** Global eNB ID (TS 36.413 clause 9.2.1.37). */
export const globalEnbId = sequence(
  {
    plmn: plmnIdentity,
    enbId: choice(
      { macroEnbId: bitNumber(20), homeEnbId: bitNumber(28) },
      { shortMacroEnbId: bitNumber(18), longMacroEnbId: bitNumber(21) },
    ),
  },
  {},
);

/** Global NG-RAN node ID (TS 38.423 clause 9.2.2.3). */
export const globalNgRanNodeId = choice({ gnb: globalGnbId, ngEnb: globalNgEnbId }, {});
