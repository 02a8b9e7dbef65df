import { ie } from '@ricochet/asn1';
import { cause } from './cause.js';
import { criticalityDiagnostics } from './criticality-diagnostics.js';
import { ranFunctionId, ricRequestId, timeToWait, transactionId } from './ids.js';

/** IEs that many messages have in common. */

export const transaction = { transactionId: ie(49, 'reject', transactionId) };

export const request = {
  ricRequestId: ie(29, 'reject', ricRequestId),
  ranFunctionId: ie(5, 'reject', ranFunctionId),
};

export const causeToIgnore = { cause: ie(1, 'ignore', cause) };
export const causeToReject = { cause: ie(1, 'reject', cause) };
export const waiting = { timeToWait: ie(31, 'ignore', timeToWait, 'optional') };
export const diagnostics = {
  criticalityDiagnostics: ie(2, 'ignore', criticalityDiagnostics, 'optional'),
};
