import { type Size } from '../per/range.js';
import { refuse, type Type } from '../type.js';
import { mapped } from './mapped.js';
import { octetString } from './octet-string.js';

/** OCTET STRING as lower-case hexadecimal digits, two an octet. */
export function hexOctets(size?: Size): Type<string> {
  return mapped(octetString(size), { fromWire: toHex, toWire: fromHex });
}

/** OCTET STRING of a fixed size up to 6 as a number, the first octet the highest. */
export function octetNumber(octets: number): Type<number> {
  return mapped(octetString(octets), {
    fromWire(wire) {
      let value = 0;
      for (const octet of wire) value = value * 256 + octet;
      return value;
    },
    toWire(value: number) {
      if (!Number.isSafeInteger(value) || value < 0 || value >= 256 ** octets) {
        refuse(value, `a whole number of ${octets} octets`);
      }
      const wire = new Uint8Array(octets);
      for (let at = octets - 1, rest = value; at >= 0; at--, rest = Math.floor(rest / 256)) wire[at] = rest;
      return wire;
    },
  });
}

const digits = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'));

export const toHex = (octets: Uint8Array): string => textOfOctets(octets, digits);

export const isHex = (text: unknown): text is string =>
  typeof text === 'string' && text.length % 2 === 0 && !/[^0-9a-f]/i.test(text);

/** @throws {Asn1Error} ASN1_SHAPE when `text` is not octets in hexadecimal */
export function fromHex(text: string): Uint8Array {
  if (!isHex(text)) refuse(text, 'octets in hexadecimal');
  const octets = new Uint8Array(text.length / 2);
  for (let at = 0; at < octets.length; at++) octets[at] = Number.parseInt(text.slice(at * 2, at * 2 + 2), 16);
  return octets;
}

/** A text that grows by an octet at a time takes about 32 octets for each until it is read. */
const PIECE_OCTETS = 4096;

/** @param texts of each of the 256 octets */
export function textOfOctets(octets: Uint8Array, texts: readonly string[]): string {
  if (octets.length > PIECE_OCTETS) {
    const pieces: string[] = [];
    for (let at = 0; at < octets.length; at += PIECE_OCTETS) {
      pieces.push(Array.from(octets.subarray(at, at + PIECE_OCTETS), (octet) => texts[octet]!).join(''));
    }
    return pieces.join('');
  }
  let text = '';
  for (const octet of octets) text += texts[octet]!;
  return text;
}
