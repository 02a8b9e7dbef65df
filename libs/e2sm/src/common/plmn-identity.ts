import { mapped, octetString, type Type } from '@ricochet/asn1';
import { type PlmnIdentity } from '@ricochet/ran-types';
import { fromHex, toHex } from './octets.js';

/**
 * PLMN identity (TS 38.413 clause 9.3.3.5) in the order of TS 24.008 figure 10.5.13. A third MNC digit of `f`
 * is filler. Nibbles that are no digits stay as the hexadecimal digits they are, so that nothing is lost.
 */
export const plmnIdentity: Type<PlmnIdentity> = mapped(octetString(3), {
  fromWire: plmnFromOctets,
  toWire: plmnToOctets,
});

/** @param octets three */
export function plmnFromOctets(octets: Uint8Array): PlmnIdentity {
  const hex = toHex(octets);
  const third = hex[2] === 'f' ? '' : hex[2]!;
  return { mcc: hex[1]! + hex[0]! + hex[3]!, mnc: hex[5]! + hex[4]! + third };
}

/** @throws {Error} when there is no such PLMN */
export function plmnToOctets(plmn: PlmnIdentity): Uint8Array {
  const { mcc, mnc } = plmn ?? {};
  if (!/^[0-9a-f]{3}$/.test(mcc) || !/^[0-9a-f]{2,3}$/.test(mnc)) {
    throw new Error(`expected an MCC of 3 and an MNC of 2 or 3 digits, found ${mcc} and ${mnc}`);
  }
  return fromHex(`${mcc[1]}${mcc[0]}${mnc[2] ?? 'f'}${mcc[2]}${mnc[1]}${mnc[0]}`);
}
