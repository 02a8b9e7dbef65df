import {
  choice,
  enumerated,
  flattened,
  ie,
  ieList,
  type Infer,
  optional,
  printableString,
  sequence,
} from '@ricochet/asn1';
import { cause } from './cause.js';
import { octets } from './ids.js';
import { globalEnbId, globalGnbId, globalNgRanNodeId, partId } from './node-ids.js';

const name = printableString({ min: 1, max: 150, extensible: true });

/** One component of the node by the interface that it is configured on (clauses 9.2.26 and 9.2.32). */
const key = {
  interfaceType: enumerated(['ng', 'xn', 'e1', 'f1', 'w1', 's1', 'x2'], { extensions: [] }),
  /** Id of the component on that interface: the gNB-DU id on F1. */
  componentId: choice(
    {
      ng: sequence({ amfName: name }, {}),
      xn: sequence({ globalNgRanNodeId }, {}),
      e1: sequence({ gnbCuUpId: partId }, {}),
      f1: sequence({ gnbDuId: partId }, {}),
      w1: sequence({ ngEnbDuId: partId }, {}),
      s1: sequence({ mmeName: name }, {}),
      x2: sequence({ globalEnbId: optional(globalEnbId), globalEnGnbId: optional(globalGnbId) }, {}),
    },
    {},
  ),
};

/** A component and its configuration: set-up or update messages of its interface (clause 9.2.27). */
const configuration = flattened(
  sequence({ ...key, configuration: sequence({ requestPart: octets, responsePart: octets }, {}) }, {}),
  'configuration',
  ['requestPart', 'responsePart'],
);
export type ComponentConfigurationItem = Infer<typeof configuration>;

/** What became of a component's configuration (clause 9.2.28). */
const acknowledgement = flattened(
  sequence(
    {
      ...key,
      acknowledgement: sequence(
        { outcome: enumerated(['success', 'failure'], { extensions: [] }), cause: optional(cause) },
        {},
      ),
    },
    {},
  ),
  'acknowledgement',
  ['outcome', 'cause'],
);
export type ComponentAcknowledgeItem = Infer<typeof acknowledgement>;

const size = { min: 1, max: 1024 };

export const componentsAdded = ieList(ie(51, 'reject', configuration), size);
export const componentsUpdated = ieList(ie(34, 'reject', configuration), size);
export const componentsRemoved = ieList(ie(55, 'reject', sequence(key, {})), size);
export const componentsAddedAck = ieList(ie(53, 'reject', acknowledgement), size);
export const componentsUpdatedAck = ieList(ie(36, 'reject', acknowledgement), size);
export const componentsRemovedAck = ieList(ie(57, 'reject', acknowledgement), size);
