import { ie, ieMessage, type Infer } from '@ricochet/asn1';
import { causeToIgnore, diagnostics, transaction, waiting } from '../types/common-ies.js';
import { componentsAdded, componentsAddedAck } from '../types/node-component.js';
import { globalE2NodeId, globalRicId } from '../types/node-ids.js';
import { ranFunctionIds, ranFunctions, ranFunctionsRejected } from '../types/ran-function.js';
import { tnlInformation } from '../types/tnl-information.js';

/** E2 SETUP REQUEST (clause 9.1.2.2). */
export const e2SetupRequest = ieMessage({
  ...transaction,
  globalE2NodeId: ie(3, 'reject', globalE2NodeId),
  ranFunctionsAdded: ie(10, 'reject', ranFunctions),
  componentConfigurationAddition: ie(50, 'reject', componentsAdded),
});
export type E2SetupRequest = Infer<typeof e2SetupRequest>;

/** E2 SETUP RESPONSE (clause 9.1.2.3). */
export const e2SetupResponse = ieMessage({
  ...transaction,
  globalRicId: ie(4, 'reject', globalRicId),
  ranFunctionsAccepted: ie(9, 'reject', ranFunctionIds, 'optional'),
  ranFunctionsRejected: ie(13, 'reject', ranFunctionsRejected, 'optional'),
  // Mandatory; but FlexRIC's RIC has left it out, and a node need not mind.
  componentConfigurationAdditionAck: ie(52, 'reject', componentsAddedAck, 'optional'),
});
export type E2SetupResponse = Infer<typeof e2SetupResponse>;

/** E2 SETUP FAILURE (clause 9.1.2.4). */
export const e2SetupFailure = ieMessage({
  ...transaction,
  ...causeToIgnore,
  ...waiting,
  ...diagnostics,
  tnlInformation: ie(48, 'ignore', tnlInformation, 'optional'),
});
