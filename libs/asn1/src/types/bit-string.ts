import { Asn1Error } from '../asn1-error.js';
import { type BitReader } from '../per/bit-reader.js';
import { type BitWriter } from '../per/bit-writer.js';
import { readFragments, writeFragments } from '../per/length.js';
import { type Size, sizeBounds } from '../per/range.js';
import { sizeCodec } from '../per/size.js';
import { defineType, outOfConstraint, refuse, type Type } from '../type.js';

/** Bits, the first in the high bit of the first octet; what is left of the last octet is zero. */
export interface BitString {
  readonly octets: Uint8Array;
  readonly bits: number;
}

/** BIT STRING (X.691 16). */
export function bitString(size?: Size): Type<BitString> {
  const bounds = sizeBounds(size);
  const count = sizeCodec(bounds, 'bits');
  // Fixed ones of up to two octets lie anywhere. Behind an extended length all are aligned.
  const aligns = bounds.min !== bounds.max || bounds.max > 16;
  return defineType<BitString>({
    minBits: count.minBits(1),
    encode(writer, value) {
      assertBitString(value);
      if (count.write(writer, value.bits)) {
        writeFragments(writer, value.bits, (from, to) => writeBitsOf(writer, value.octets, from, to));
      } else {
        if (aligns && value.bits > 0) writer.align();
        writeBitsOf(writer, value.octets, 0, value.bits);
      }
    },
    decode(reader) {
      const bits = count.read(reader);
      if (bits >= 0) {
        if (aligns && bits > 0) reader.align();
        return readBitString(reader, bits);
      }
      const parts: BitString[] = [];
      readFragments(reader, bits, (partBits) => parts.push(readBitString(reader, partBits)));
      const whole = joined(parts);
      count.check(reader, whole.bits);
      return whole;
    },
  });
}

/** A BIT STRING of a fixed size up to 53 as a number, the first bit the highest. */
export function bitNumber(bits: number): Type<number> {
  if (!Number.isInteger(bits) || bits < 1 || bits > 53) {
    throw new Asn1Error('ASN1_SCHEMA', `a number can not be of ${bits} bits`);
  }
  const expected = `a whole number below 2^${bits}`;
  return defineType<number>({
    minBits: bits,
    encode(writer, value) {
      if (!Number.isSafeInteger(value)) refuse(value, expected);
      if (value < 0 || value >= 2 ** bits) outOfConstraint(value, expected);
      if (bits > 16) writer.align();
      writer.writeBits(value, bits);
    },
    decode(reader) {
      if (bits > 16) reader.align();
      return reader.readBits(bits);
    },
  });
}

function assertBitString(value: unknown): asserts value is BitString {
  if (typeof value !== 'object' || value === null) refuse(value, 'a bit string {octets, bits}');
  const { octets, bits } = value as Partial<BitString>;
  if (!(octets instanceof Uint8Array)) refuse(octets, 'octets in a Uint8Array');
  if (!Number.isSafeInteger(bits) || octets.length !== Math.ceil(bits! / 8)) {
    refuse(bits, `bits in ${octets.length} octets`);
  }
}

function readBitString(reader: BitReader, bits: number): BitString {
  reader.need(bits);
  if ((reader.position & 7) === 0) {
    const octets = reader.octets.slice(reader.position >>> 3, (reader.position + bits + 7) >>> 3);
    reader.skip(bits);
    if ((bits & 7) !== 0) octets[octets.length - 1]! &= 0xff << (8 - (bits & 7));
    return { octets, bits };
  }
  const octets = new Uint8Array((bits + 7) >>> 3);
  for (let at = 0; at < bits; at += 8) {
    const count = Math.min(8, bits - at);
    octets[at >>> 3] = reader.readBits(count) << (8 - count);
  }
  return { octets, bits };
}

/** Bits from `from`, which is a multiple of 8, to before `to`. */
function writeBitsOf(writer: BitWriter, octets: Uint8Array, from: number, to: number): void {
  let at = from;
  if ((writer.position & 7) === 0) {
    writer.writeOctets(octets, from >>> 3, to >>> 3);
    at = to & ~7;
  }
  for (; at < to; at += 8) {
    const count = Math.min(8, to - at);
    writer.writeBits(octets[at >>> 3]! >>> (8 - count), count);
  }
}

/** All but the last are multiples of 16K bits. */
function joined(parts: readonly BitString[]): BitString {
  const bits = parts.reduce((sum, part) => sum + part.bits, 0);
  const octets = new Uint8Array((bits + 7) >>> 3);
  let at = 0;
  for (const part of parts) {
    octets.set(part.octets, at);
    at += part.octets.length;
  }
  return { octets, bits };
}
