import {
  assertObject,
  bitNumber,
  choice,
  flattened,
  type Infer,
  integer,
  mapped,
  optional,
  sequence,
  sizedNumber,
  type Type,
} from '@ricochet/asn1';
import { type GlobalE2NodeId, type GlobalEnbId, type GlobalGnbId } from '@ricochet/ran-types';
import { plmnIdentity } from './plmn-identity.js';

const DEFAULT_GNB_ID_BITS = 32;

/** gNB-DU id, gNB-CU-UP id and ng-eNB-DU id. */
export const partId = integer({ min: 0, max: 2 ** 36 - 1 });

/** Global gNB id and, which is encoded in the same way, global en-gNB id. */
export const globalGnbId: Type<GlobalGnbId> = mapped(
  sequence({ plmn: plmnIdentity, gnbId: choice({ gnbId: sizedNumber(22, 32) }, {}) }, {}),
  {
    fromWire({ plmn, gnbId: { gnbId } }) {
      const { value, bits } = gnbId;
      return { plmn, gnbId: value, ...(bits !== DEFAULT_GNB_ID_BITS && { gnbIdBits: bits }) };
    },
    toWire(id) {
      assertObject(id);
      const { gnbId, gnbIdBits = DEFAULT_GNB_ID_BITS, ...others } = id;
      return { ...others, gnbId: { gnbId: { value: gnbId, bits: gnbIdBits } } };
    },
  },
);
const gnbIdFields = ['plmn', 'gnbId', 'gnbIdBits'] as const;

export const globalEnbId: Type<GlobalEnbId> = sequence(
  {
    plmn: plmnIdentity,
    enbId: choice(
      { macro: bitNumber(20), home: bitNumber(28) },
      { shortMacro: bitNumber(18), longMacro: bitNumber(21) },
    ),
  },
  {},
);

export const globalNgEnbId = sequence(
  {
    plmn: plmnIdentity,
    enbId: choice({ macro: bitNumber(20), shortMacro: bitNumber(18), longMacro: bitNumber(21) }, {}),
  },
  {},
);

const parts = { gnbCuUpId: optional(partId), gnbDuId: optional(partId) };
const gnb = sequence({ globalGnbId, globalEnGnbId: optional(globalGnbId), ...parts }, {});
const enGnb = sequence({ globalGnbId, ...parts }, {});
const ngEnb = sequence(
  { globalNgEnbId, globalEnbId: optional(globalEnbId), ngEnbDuId: optional(partId) },
  {},
);
const enb = sequence({ globalEnbId }, {});

/** Global E2 node id: a gNB stands alone, the others under their kind (clause 9.2.6). */
export const globalE2NodeId: Type<GlobalE2NodeId> = mapped(
  choice(
    {
      gnb: flattened(gnb, 'globalGnbId', gnbIdFields),
      enGnb: flattened(enGnb, 'globalGnbId', gnbIdFields),
      ngEnb: flattened(ngEnb, 'globalNgEnbId', ['plmn', 'enbId']),
      enb: flattened(enb, 'globalEnbId', ['plmn', 'enbId']),
    },
    {},
  ),
  {
    fromWire: (wire) => ('gnb' in wire ? wire.gnb : wire),
    toWire(id) {
      assertObject(id);
      return 'gnbId' in id ? { gnb: id } : id;
    },
  },
);

/** Global NG-RAN node id, as Xn has it. */
export const globalNgRanNodeId = choice({ gnb: globalGnbId, ngEnb: globalNgEnbId }, {});

/** RIC id, 20 bits (clause 9.2.4). */
export const globalRicId = sequence({ plmn: plmnIdentity, ricId: bitNumber(20) }, {});
export type GlobalRicId = Infer<typeof globalRicId>;
