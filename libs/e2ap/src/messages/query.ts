import { ie, ieMessage } from '@ricochet/asn1';
import { causeToIgnore, diagnostics, request } from '../types/common-ies.js';
import { octets } from '../types/ids.js';

/** RIC QUERY REQUEST, since v3.00: the RIC asks for RAN data once. */
export const ricQueryRequest = ieMessage({
  ...request,
  ricQueryHeader: ie(95, 'reject', octets),
  ricQueryDefinition: ie(96, 'reject', octets),
});

/** RIC QUERY RESPONSE. */
export const ricQueryResponse = ieMessage({ ...request, ricQueryOutcome: ie(97, 'reject', octets) });

/** RIC QUERY FAILURE. */
export const ricQueryFailure = ieMessage({ ...request, ...causeToIgnore, ...diagnostics });
