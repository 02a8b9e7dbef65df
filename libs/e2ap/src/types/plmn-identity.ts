import { mapped, octetString, outOfConstraint, type Type } from '@ricochet/asn1';
import { type PlmnIdentity } from '@ricochet/ran-types';
import { assertObject } from './flattened.js';

/** Of the MNC's third digit: there is none. */
const FILLER = 'f';

/**
 * PLMN identity: six digits in three octets, each octet's low half first, the third digit of the MNC in the
 * second octet (TS 38.413 clause 9.3.3.5). Digits may be hexadecimal: some nodes send such, and get them back.
 */
export const plmnIdentity: Type<PlmnIdentity> = mapped(octetString(3), {
  fromWire(octets) {
    const digits = Array.from(octets, (octet) => (octet & 15).toString(16) + (octet >> 4).toString(16));
    const [first = '', second = '', third = ''] = digits;
    const mnc3 = second.slice(1);
    return { mcc: first + second.slice(0, 1), mnc: third + (mnc3 === FILLER ? '' : mnc3) };
  },
  toWire(plmn) {
    assertObject(plmn);
    const { mcc, mnc } = plmn;
    if (typeof mcc !== 'string' || !/^[0-9a-f]{3}$/.test(mcc)) outOfConstraint(mcc, 'an mcc of three digits');
    if (typeof mnc !== 'string' || !/^[0-9a-f]{2}[0-9a-e]?$/.test(mnc)) {
      outOfConstraint(mnc, 'an mnc of two or three digits');
    }
    const digits = mcc + (mnc[2] ?? FILLER) + mnc.slice(0, 2);
    return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair[1]! + pair[0]!, 16));
  },
});
