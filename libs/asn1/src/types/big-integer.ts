import { Asn1Error } from '../asn1-error.js';
import { readCountedOctets, writeCountedOctets } from '../per/length.js';
import { bitsFor } from '../per/whole-number.js';
import { defineType, outOfConstraint, refuse, type Type } from '../type.js';

/** `(min..max)` of a `bigInteger`; the constrained form needs a range beyond 64K. */
export interface BigRange {
  readonly min?: bigint;
  readonly max?: bigint;
}

/** Longer numbers are refused: the time that writing one down in decimal takes grows faster than its length. */
const longestOctets = 1024;

/**
 * INTEGER as a bigint, for ranges beyond 2^53 and numbers of up to 1024 octets: constrained with `min` and `max`,
 * semi-constrained with `min` alone, unconstrained without `min`. Use `integer` for all others.
 */
export function bigInteger({ min, max }: BigRange = {}): Type<bigint> {
  const expected = `a bigint${min === undefined ? '' : ` from ${min}`}${max === undefined ? '' : ` to ${max}`}`;
  const inRange = (value: bigint): boolean =>
    (min === undefined || value >= min) && (max === undefined || value <= max);
  const maxOctets = min === undefined || max === undefined ? 0 : toUnsigned(max - min).length;
  if (min !== undefined && max !== undefined && (max - min < 65_536n || maxOctets > 255)) {
    throw new Asn1Error('ASN1_SCHEMA', `a big integer can not be from ${min} to ${max}`);
  }
  const lengthBits = bitsFor(maxOctets);
  return defineType<bigint>({
    minBits: maxOctets > 0 ? lengthBits + 8 : 16,
    encode(writer, value) {
      if (typeof value !== 'bigint') refuse(value, expected);
      if (!inRange(value)) outOfConstraint(value, expected);
      const octets = min === undefined ? toSigned(value) : toUnsigned(value - min);
      if (octets.length > longestOctets) {
        throw new Asn1Error('ASN1_CONSTRAINT', tooLong(octets));
      }
      if (maxOctets === 0) {
        writeCountedOctets(writer, octets);
        return;
      }
      writer.writeBits(octets.length - 1, lengthBits);
      writer.align();
      writer.writeOctets(octets);
    },
    decode(reader) {
      let octets: Uint8Array;
      if (maxOctets === 0) octets = readCountedOctets(reader);
      else {
        const length = reader.readBits(lengthBits) + 1;
        reader.align();
        octets = reader.readOctets(length);
      }
      if (octets.length > longestOctets) reader.fail('ASN1_CONSTRAINT', tooLong(octets));
      if (octets.length === 0) reader.fail('ASN1_MALFORMED', 'expected an integer of at least one octet');
      const value = min === undefined ? fromSigned(octets) : min + fromUnsigned(octets);
      if (!inRange(value)) reader.fail('ASN1_CONSTRAINT', `expected ${expected}, found one outside`);
      return value;
    },
  });
}

const tooLong = ({ length }: Uint8Array): string =>
  `expected an integer of at most ${longestOctets} octets, found one of ${length}`;

function fromUnsigned(octets: Uint8Array): bigint {
  const hex = Array.from(octets, (octet) => octet.toString(16).padStart(2, '0'));
  return BigInt(`0x${hex.join('')}`);
}

function fromSigned(octets: Uint8Array): bigint {
  return BigInt.asIntN(octets.length * 8, fromUnsigned(octets));
}

function toUnsigned(value: bigint): Uint8Array {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Uint8Array.from({ length: even.length / 2 }, (_, at) =>
    parseInt(even.slice(at * 2, at * 2 + 2), 16),
  );
}

/** 2's complement in the fewest octets: one bit more than the magnitude has. */
function toSigned(value: bigint): Uint8Array {
  const magnitude = value < 0n ? -value - 1n : value;
  const length = toUnsigned(magnitude * 2n).length;
  const octets = toUnsigned(BigInt.asUintN(length * 8, value));
  const padded = new Uint8Array(length);
  padded.set(octets, length - octets.length);
  return padded;
}
