import { type Asn1Error, type Asn1ErrorCode } from './asn1-error.js';
import { decodePer, encodePer } from './per/complete-encoding.js';
import { type Type } from './type.js';

/** Octets as hexadecimal digits; blanks are for the reader. */
export const hex = (digits: string): Uint8Array =>
  Uint8Array.from(digits.replaceAll(/\s/g, '').match(/../g) ?? [], (pair) => parseInt(pair, 16));

export const toHex = (octets: Uint8Array): string =>
  Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');

/** Expects a value to be encoded as these octets and these octets to be decoded as the value. */
export function expectBoth<T>(type: Type<T>, value: T, digits: string): void {
  expect(toHex(encodePer(type, value))).toBe(digits.replaceAll(/\s/g, ''));
  expect(decodePer(type, hex(digits))).toEqual(value);
}

/** What is thrown with these fields. */
export const failure = (fields: Partial<Record<keyof Asn1Error, unknown>>): Error =>
  expect.objectContaining(fields) as Error;

export const code = (expected: Asn1ErrorCode): Error => failure({ code: expected });
