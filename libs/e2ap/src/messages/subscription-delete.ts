import { ie, ieList, ieMessage, type Infer, sequence } from '@ricochet/asn1';
import { cause } from '../types/cause.js';
import { causeToIgnore, diagnostics, request } from '../types/common-ies.js';
import { ranFunctionId, ricRequestId } from '../types/ids.js';

/** RIC SUBSCRIPTION DELETE REQUEST and RESPONSE (clauses 9.1.1.4 and 9.1.1.5). */
export const ricSubscriptionDelete = ieMessage(request);
export type RicSubscriptionDelete = Infer<typeof ricSubscriptionDelete>;

/** RIC SUBSCRIPTION DELETE FAILURE (clause 9.1.1.6). */
export const ricSubscriptionDeleteFailure = ieMessage({ ...request, ...causeToIgnore, ...diagnostics });

/** RIC SUBSCRIPTION DELETE REQUIRED: the node asks the RIC to delete. */
export const ricSubscriptionDeleteRequired = ieMessage({
  ricSubscriptionsToBeRemoved: ie(
    60,
    'ignore',
    ieList(ie(61, 'ignore', sequence({ ricRequestId, ranFunctionId, cause }, {})), { min: 1, max: 1024 }),
  ),
});
