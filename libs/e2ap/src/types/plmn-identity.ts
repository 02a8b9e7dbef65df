import { mapped, octetString, type Type } from '@ricochet/asn1';
import { octetsOfPlmn, type PlmnIdentity, plmnOfOctets } from '@ricochet/ran-types';

/** PLMN identity (TS 38.413 clause 9.3.3.5). */
export const plmnIdentity: Type<PlmnIdentity> = mapped(octetString(3), {
  fromWire: plmnOfOctets,
  toWire: octetsOfPlmn,
});
