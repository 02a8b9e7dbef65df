import { type MessageName } from '../pdu.js';

/** Messages that E2AP has since v3.00. */
export const V3_MESSAGES: readonly MessageName[] = [
  'E2removalRequest',
  'E2removalResponse',
  'E2removalFailure',
  'RICsubscriptionModificationRequest',
  'RICsubscriptionModificationResponse',
  'RICsubscriptionModificationFailure',
  'RICsubscriptionModificationRequired',
  'RICsubscriptionModificationConfirm',
  'RICsubscriptionModificationRefuse',
  'RICqueryRequest',
  'RICqueryResponse',
  'RICqueryFailure',
];
