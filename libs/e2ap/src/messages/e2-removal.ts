import { ieMessage } from '@ricochet/asn1';
import { causeToIgnore, diagnostics, transaction } from '../types/common-ies.js';

/** E2 REMOVAL REQUEST: the node or the RIC ends the association for good. */
export const e2RemovalRequest = ieMessage(transaction);

/** E2 REMOVAL RESPONSE. */
export const e2RemovalResponse = ieMessage({ ...transaction, ...diagnostics });

/** E2 REMOVAL FAILURE. */
export const e2RemovalFailure = ieMessage({ ...transaction, ...causeToIgnore, ...diagnostics });
