import { readCountedOctets, writeCountedOctets } from '../per/length.js';
import { defineType, outOfConstraint, refuse, type Type } from '../type.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const type = defineType<string>({
  minBits: 8,
  encode(writer, value) {
    if (typeof value !== 'string') refuse(value, 'a string');
    // With the u flag only lone surrogates are surrogates.
    if (/\p{Surrogate}/u.test(value)) outOfConstraint(value, 'well-formed Unicode');
    writeCountedOctets(writer, encoder.encode(value));
  },
  decode(reader) {
    const octets = readCountedOctets(reader);
    try {
      return decoder.decode(octets);
    } catch (cause) {
      return reader.fail('ASN1_MALFORMED', `expected UTF-8, found ${octets.length} other octets`, { cause });
    }
  },
});

/** UTF8String: octets behind a length (X.691 30.6); size constraints do not show in its encoding. */
export const utf8String = (): Type<string> => type;
