import { enumerated, ie, ieList, ieMessage, sequence } from '@ricochet/asn1';
import { cause } from '../types/cause.js';
import { diagnostics, transaction, waiting } from '../types/common-ies.js';
import { tnlInformation } from '../types/tnl-information.js';

const size = { min: 1, max: 32 };

const connections = ieList(
  ie(
    43,
    'ignore',
    sequence(
      {
        tnlInformation,
        tnlUsage: enumerated(['ric-service', 'support-function', 'both'], { extensions: [] }),
      },
      {},
    ),
  ),
  size,
);

/** E2 CONNECTION UPDATE (clause 9.1.2.14): the RIC wants further associations, or fewer. */
export const e2ConnectionUpdate = ieMessage({
  ...transaction,
  connectionsAdded: ie(44, 'reject', connections, 'optional'),
  connectionsRemoved: ie(
    46,
    'reject',
    ieList(ie(47, 'ignore', sequence({ tnlInformation }, {})), size),
    'optional',
  ),
  connectionsModified: ie(45, 'reject', connections, 'optional'),
});

/** E2 CONNECTION UPDATE ACKNOWLEDGE (clause 9.1.2.15). */
export const e2ConnectionUpdateAck = ieMessage({
  ...transaction,
  connectionsSetUp: ie(39, 'reject', connections, 'optional'),
  connectionsFailed: ie(
    40,
    'reject',
    ieList(ie(41, 'ignore', sequence({ tnlInformation, cause }, {})), size),
    'optional',
  ),
});

/** E2 CONNECTION UPDATE FAILURE (clause 9.1.2.16). */
export const e2ConnectionUpdateFailure = ieMessage({
  ...transaction,
  cause: ie(1, 'reject', cause, 'optional'),
  ...waiting,
  ...diagnostics,
});
