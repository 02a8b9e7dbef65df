import { choice, enumerated, integer, sequence, soleField } from '@ricochet/asn1';
import { guami, gummei } from './core-ids.js';
import {
  globalEnbId,
  globalEnGnbId,
  globalGnbId,
  globalNgEnbId,
  globalNgRanNodeId,
  unitId,
} from './node-ids.js';

/** Interface Type (E2SM). */
export const interfaceType = enumerated(['ng', 'xn', 'f1', 'e1', 's1', 'x2', 'w1'], { extensions: [] });

/** Interface Identifier (E2SM): the interface and the node at its other end. */
export const interfaceIdentifier = choice(
  {
    ng: soleField(guami),
    xn: soleField(globalNgRanNodeId),
    f1: sequence({ globalGnbId, gnbDuId: unitId }, {}),
    e1: sequence({ globalGnbId, gnbCuUpId: unitId }, {}),
    s1: soleField(gummei),
    x2: soleField(choice({ globalEnbId, globalEnGnbId }, {})),
    w1: sequence({ globalNgEnbId, ngEnbDuId: unitId }, {}),
  },
  {},
);

/** Interface Message ID (E2SM): which message of the interface's protocol. */
export const interfaceMessageId = sequence(
  {
    interfaceProcedureId: integer(),
    messageType: enumerated(['initiating-message', 'successful-outcome', 'unsuccessful-outcome'], {
      extensions: [],
    }),
  },
  {},
);
