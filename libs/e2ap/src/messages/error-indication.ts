import { ie, ieMessage, type Infer } from '@ricochet/asn1';
import { cause } from '../types/cause.js';
import { diagnostics } from '../types/common-ies.js';
import { ranFunctionId, ricRequestId, transactionId } from '../types/ids.js';

/** ERROR INDICATION (clause 9.1.2.1): about a message that no failure message can answer. */
export const errorIndication = ieMessage({
  transactionId: ie(49, 'reject', transactionId, 'optional'),
  ricRequestId: ie(29, 'reject', ricRequestId, 'optional'),
  ranFunctionId: ie(5, 'reject', ranFunctionId, 'optional'),
  cause: ie(1, 'ignore', cause, 'optional'),
  ...diagnostics,
});
export type ErrorIndication = Infer<typeof errorIndication>;
