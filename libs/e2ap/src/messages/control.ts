import { enumerated, ie, ieMessage, type Infer } from '@ricochet/asn1';
import { causeToIgnore, diagnostics, request } from '../types/common-ies.js';
import { octets } from '../types/ids.js';

const callProcess = { ricCallProcessId: ie(20, 'reject', octets, 'optional') };
const outcome = { ricControlOutcome: ie(32, 'reject', octets, 'optional') };

/** RIC CONTROL REQUEST (clause 9.1.1.8). */
export const ricControlRequest = ieMessage({
  ...request,
  ...callProcess,
  ricControlHeader: ie(22, 'reject', octets),
  ricControlMessage: ie(23, 'reject', octets),
  ricControlAckRequest: ie(21, 'reject', enumerated(['noAck', 'ack'], { extensions: [] }), 'optional'),
});
export type RicControlRequest = Infer<typeof ricControlRequest>;

/** RIC CONTROL ACKNOWLEDGE (clause 9.1.1.9). */
export const ricControlAcknowledge = ieMessage({ ...request, ...callProcess, ...outcome });

/** RIC CONTROL FAILURE (clause 9.1.1.10); the diagnostics since v3.00. */
export const ricControlFailure = ieMessage({
  ...request,
  ...callProcess,
  ...causeToIgnore,
  ...outcome,
  ...diagnostics,
});
