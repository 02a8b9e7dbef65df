import { flattened, ie, ieMessage, type Infer, octetString, sequence } from '@ricochet/asn1';
import { causeToReject, diagnostics, request } from '../types/common-ies.js';
import { octets } from '../types/ids.js';
import { actionIds, actionsWithCause, ricActionsToBeSetup } from '../types/ric-action.js';

/** An NTP time stamp of 64 bits. */
const ricSubscriptionTime = octetString(8);

/** RIC SUBSCRIPTION REQUEST (clause 9.1.1.1); start and end since v3.00. */
export const ricSubscriptionRequest = flattened(
  ieMessage({
    ...request,
    ricSubscriptionDetails: ie(
      30,
      'reject',
      sequence({ ricEventTriggerDefinition: octets, ricActionsToBeSetup }, {}),
    ),
    ricSubscriptionStartTime: ie(62, 'reject', ricSubscriptionTime, 'optional'),
    ricSubscriptionEndTime: ie(63, 'reject', ricSubscriptionTime, 'optional'),
  }),
  'ricSubscriptionDetails',
  ['ricEventTriggerDefinition', 'ricActionsToBeSetup'],
);
export type RicSubscriptionRequest = Infer<typeof ricSubscriptionRequest>;

/** RIC SUBSCRIPTION RESPONSE (clause 9.1.1.2). */
export const ricSubscriptionResponse = ieMessage({
  ...request,
  ricActionsAdmitted: ie(17, 'reject', actionIds(14, { min: 1 })),
  ricActionsNotAdmitted: ie(18, 'reject', actionsWithCause(16), 'optional'),
});
export type RicSubscriptionResponse = Infer<typeof ricSubscriptionResponse>;

/** RIC SUBSCRIPTION FAILURE (clause 9.1.1.3). */
export const ricSubscriptionFailure = ieMessage({ ...request, ...causeToReject, ...diagnostics });
