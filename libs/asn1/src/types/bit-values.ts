import { type Size } from '../per/range.js';
import { outOfConstraint, refuse, type Type } from '../type.js';
import { bitString } from './bit-string.js';
import { textOfOctets } from './hex-octets.js';
import { mapped } from './mapped.js';
import { assertObject } from './sequence.js';

/** A number whose length in bits is part of it. */
export interface SizedNumber {
  readonly value: number;
  readonly bits: number;
}

/** BIT STRING (SIZE (min..max)), max up to 53, as a number and how many bits it has. */
export function sizedNumber(min: number, max: number): Type<SizedNumber> {
  return mapped(bitString({ min, max }), {
    fromWire({ octets, bits }): SizedNumber {
      const whole = octets.reduce((value, octet) => value * 256 + octet, 0);
      return { value: whole / 2 ** (octets.length * 8 - bits), bits };
    },
    toWire(sized) {
      assertObject(sized);
      const { value, bits } = sized;
      if (!Number.isInteger(bits) || bits < min || bits > max) outOfConstraint(bits, `${min} to ${max} bits`);
      if (!Number.isSafeInteger(value) || value < 0 || value >= 2 ** bits) {
        outOfConstraint(value, `a whole number of ${bits} bits`);
      }
      const length = Math.ceil(bits / 8);
      const whole = value * 2 ** (length * 8 - bits);
      return {
        octets: Uint8Array.from({ length }, (_, at) => Math.floor(whole / 256 ** (length - 1 - at))),
        bits,
      };
    },
  });
}

const binary = Array.from({ length: 256 }, (_, octet) => octet.toString(2).padStart(8, '0'));

/** BIT STRING as a text of 0 and 1. */
export function bitText(size?: Size): Type<string> {
  return mapped(bitString(size), {
    fromWire: ({ octets, bits }) => textOfOctets(octets, binary).slice(0, bits),
    toWire(text: string) {
      if (typeof text !== 'string' || !/^[01]*$/.test(text)) refuse(text, 'a text of 0 and 1');
      const octets = new Uint8Array(Math.ceil(text.length / 8));
      for (let at = 0; at < text.length; at++) octets[at >>> 3]! |= Number(text[at]) << (7 - (at & 7));
      return { octets, bits: text.length };
    },
  });
}
