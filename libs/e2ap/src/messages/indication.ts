import { enumerated, ie, ieMessage, type Infer } from '@ricochet/asn1';
import { request } from '../types/common-ies.js';
import { octets, ricActionId, ricIndicationSn } from '../types/ids.js';

/** RIC INDICATION (clause 9.1.1.7). */
export const ricIndication = ieMessage({
  ...request,
  ricActionId: ie(15, 'reject', ricActionId),
  ricIndicationSn: ie(27, 'reject', ricIndicationSn, 'optional'),
  ricIndicationType: ie(28, 'reject', enumerated(['report', 'insert'], { extensions: [] })),
  ricIndicationHeader: ie(25, 'reject', octets),
  ricIndicationMessage: ie(26, 'reject', octets),
  ricCallProcessId: ie(20, 'reject', octets, 'optional'),
});
export type RicIndication = Infer<typeof ricIndication>;
