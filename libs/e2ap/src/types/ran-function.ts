import { ie, ieList, type Infer, integer, printableString, sequence } from '@ricochet/asn1';
import { cause } from './cause.js';
import { octets, ranFunctionId } from './ids.js';

const size = { min: 1, max: 256 };
const ranFunctionRevision = integer({ min: 0, max: 4095 });

/** A RAN function that a node offers: the service model by OID, and its definition in the model's own encoding. */
const ranFunctionItem = sequence(
  {
    ranFunctionId,
    ranFunctionDefinition: octets,
    ranFunctionRevision,
    ranFunctionOid: printableString({ min: 1, max: 1000, extensible: true }),
  },
  {},
);
export type RanFunctionItem = Infer<typeof ranFunctionItem>;

export const ranFunctions = ieList(ie(8, 'ignore', ranFunctionItem), size);
export const ranFunctionIds = ieList(
  ie(6, 'ignore', sequence({ ranFunctionId, ranFunctionRevision }, {})),
  size,
);
export const ranFunctionsRejected = ieList(ie(7, 'ignore', sequence({ ranFunctionId, cause }, {})), size);
