import { hexOctets, octetNumber, optional, sequence, type Type } from '@ricochet/asn1';
import { type SNssai } from '@ricochet/ran-types';

/** S-NSSAI (TS 38.413 clause 9.3.1.24); an SD of `ffffff`, which says that there is none, is kept as it is. */
export const sNssai: Type<SNssai> = sequence({ sst: octetNumber(1), sd: optional(hexOctets(3)) }, {});

/** S-NSSAI in a test value's OCTET STRING (E2SM-KPM clause 8.3.22): one octet SST, then three SD or none. */
export function sNssaiToHex({ sst, sd }: SNssai): string {
  return sst.toString(16).padStart(2, '0') + (sd ?? '').toLowerCase();
}

/** Reverse of {@link sNssaiToHex}; `undefined` for any other number of octets. */
export function sNssaiFromHex(hex: string): SNssai | undefined {
  if (hex.length !== 2 && hex.length !== 8) return undefined;
  const sst = Number.parseInt(hex.slice(0, 2), 16);
  return hex.length === 2 ? { sst } : { sst, sd: hex.slice(2).toLowerCase() };
}
