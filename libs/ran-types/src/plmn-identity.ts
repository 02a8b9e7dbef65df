/** PLMN identity: mobile country code (3 digits) and mobile network code (2 or 3 digits). */
export interface PlmnIdentity {
  readonly mcc: string;
  readonly mnc: string;
}

/** Where an MNC of two digits has no third one. */
const FILLER = 'f';

/**
 * A PLMN identity from its three octets, each octet's low half first: the digits of the MCC, a filler if the MNC has
 * two digits only, the digits of the MNC (TS 38.413 clause 9.3.3.5; NAS, TS 24.008, has the third digit of an MNC where
 * the first one is here). Digits may be hexadecimal: some nodes send such, and get them back.
 */
export function plmnOfOctets(octets: Uint8Array): PlmnIdentity {
  let digits = '';
  for (const octet of octets) digits += (octet & 15).toString(16) + (octet >> 4).toString(16);
  const mnc = digits.slice(3);
  return { mcc: digits.slice(0, 3), mnc: mnc.startsWith(FILLER) ? mnc.slice(1) : mnc };
}

/** The octets of {@link plmnOfOctets}. @throws {RangeError} when there is no such PLMN */
export function octetsOfPlmn(plmn: PlmnIdentity): Uint8Array {
  const { mcc, mnc } = plmn ?? {};
  if (!isText(mcc, /^[0-9a-f]{3}$/)) throw new RangeError('expected an mcc of three digits');
  if (!isText(mnc, /^(?:[0-9a-e][0-9a-f]|[0-9a-f])[0-9a-f]$/)) {
    throw new RangeError('expected an mnc of two or three digits');
  }
  const digits = mcc + mnc.padStart(3, FILLER);
  return Uint8Array.of(...[0, 2, 4].map((at) => parseInt(digits[at + 1]! + digits[at]!, 16)));
}

function isText(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value);
}
