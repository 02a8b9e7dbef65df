import { ie, ieMessage } from '@ricochet/asn1';
import { causeToReject, diagnostics, transaction, waiting } from '../types/common-ies.js';
import { ranFunctionIds, ranFunctions, ranFunctionsRejected } from '../types/ran-function.js';

/** RIC SERVICE UPDATE (clause 9.1.2.7): what changed of the node's RAN functions. */
export const ricServiceUpdate = ieMessage({
  ...transaction,
  ranFunctionsAdded: ie(10, 'reject', ranFunctions, 'optional'),
  ranFunctionsModified: ie(12, 'reject', ranFunctions, 'optional'),
  ranFunctionsDeleted: ie(11, 'reject', ranFunctionIds, 'optional'),
});

/** RIC SERVICE UPDATE ACKNOWLEDGE (clause 9.1.2.8). */
export const ricServiceUpdateAcknowledge = ieMessage({
  ...transaction,
  ranFunctionsAccepted: ie(9, 'reject', ranFunctionIds, 'optional'),
  ranFunctionsRejected: ie(13, 'reject', ranFunctionsRejected, 'optional'),
});

/** RIC SERVICE UPDATE FAILURE (clause 9.1.2.9). */
export const ricServiceUpdateFailure = ieMessage({
  ...transaction,
  ...causeToReject,
  ...waiting,
  ...diagnostics,
});

/** RIC SERVICE QUERY (clause 9.1.2.10): the RIC asks for an update, and tells what it knows. */
export const ricServiceQuery = ieMessage({
  ...transaction,
  ranFunctionsAccepted: ie(9, 'reject', ranFunctionIds, 'optional'),
});
