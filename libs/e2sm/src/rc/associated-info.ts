import { choice, optional, sequence, sequenceOf, soleField } from '@ricochet/asn1';
import { cgi } from '../common/cell-ids.js';
import { partialUeId, ueId } from '../common/ue-id.js';
import { rcId, some } from './ids.js';
import { ranParameterTesting } from './ran-parameter-testing.js';
import { truth } from './truth.js';

const individualUe = sequence({ ueId, ranParameterTesting: optional(ranParameterTesting) }, {});
const groupOfUes = soleField(ranParameterTesting);

/** Event Trigger UE Info (E2SM-RC clause 9.3.26): about which UEs a trigger is. */
export const eventTriggerUeInfo = soleField(
  sequenceOf(
    sequence(
      {
        eventTriggerUeId: rcId,
        ueType: choice({ individual: individualUe, group: groupOfUes }, {}),
        logicalOr: optional(truth),
      },
      {},
    ),
    some,
  ),
);

/** Event Trigger UE Event Info (clause 9.3.29). */
export const eventTriggerUeEventInfo = soleField(
  sequenceOf(sequence({ ueEventId: rcId, logicalOr: optional(truth) }, {}), some),
);

/** Event Trigger Cell Info (clause 9.3.28). */
export const eventTriggerCellInfo = soleField(
  sequenceOf(
    sequence(
      {
        eventTriggerCellId: rcId,
        cellType: choice({ individual: soleField(cgi), group: soleField(ranParameterTesting) }, {}),
        logicalOr: optional(truth),
      },
      {},
    ),
    some,
  ),
);

/** Associated UE Info of a query (v3 on). */
export const associatedUeInfo = soleField(
  sequenceOf(
    sequence(
      {
        ueFilterId: rcId,
        ueType: choice(
          { individual: individualUe, group: groupOfUes },
          { query: sequence({ partialUeId, ranParameterTesting: optional(ranParameterTesting) }, {}) },
        ),
        logicalOr: optional(truth),
      },
      {},
    ),
    some,
  ),
);
