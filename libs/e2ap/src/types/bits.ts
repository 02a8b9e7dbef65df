import { bitString, mapped, outOfConstraint, refuse, type Type } from '@ricochet/asn1';

/** A number of a certain length in bits. */
export interface SizedNumber {
  readonly value: number;
  readonly bits: number;
}

/** BIT STRING (SIZE (min..max)), of at most 53 bits, as a number with its length. */
export function sizedNumber(min: number, max: number): Type<SizedNumber> {
  return mapped(bitString({ min, max }), {
    fromWire: ({ octets, bits }) => ({
      value: octets.reduce((value, octet) => value * 256 + octet, 0) / 2 ** (octets.length * 8 - bits),
      bits,
    }),
    toWire({ value, bits }) {
      if (!Number.isSafeInteger(value) || !Number.isSafeInteger(bits)) refuse(value, 'a whole number');
      if (bits < min || bits > max) outOfConstraint(bits, `a length of ${min} to ${max} bits`);
      if (value < 0 || value >= 2 ** bits) outOfConstraint(value, `a whole number below 2^${bits}`);
      const octets = new Uint8Array(Math.ceil(bits / 8));
      let rest = value * 2 ** (octets.length * 8 - bits);
      for (let at = octets.length - 1; at >= 0; at--) {
        octets[at] = rest % 256;
        rest = Math.floor(rest / 256);
      }
      return { octets, bits };
    },
  });
}
