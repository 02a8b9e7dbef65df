import { ieMessage } from '@ricochet/asn1';
import { causeToIgnore, diagnostics, transaction } from '../types/common-ies.js';

/** RESET REQUEST (clause 9.1.2.5): the sender has forgotten every subscription and asks the peer to do so. */
export const resetRequest = ieMessage({ ...transaction, ...causeToIgnore });

/** RESET RESPONSE (clause 9.1.2.6). */
export const resetResponse = ieMessage({ ...transaction, ...diagnostics });
