import { Asn1Error } from '../asn1-error.js';
import { type BitReader } from '../per/bit-reader.js';
import { type BitWriter } from '../per/bit-writer.js';
import { formatRange, type Range } from '../per/range.js';
import { readLength } from '../per/length.js';
import { constrainedMinBits, constrainedReader, constrainedWriter, octetsOf } from '../per/whole-number.js';
import { defineType, outOfConstraint, refuse, type Type } from '../type.js';

/**
 * INTEGER as a number: constrained with `min` and `max`, semi-constrained with `min` alone, unconstrained
 * without `min` (X.691 13); numbers beyond 2^53 are refused, see `bigInteger`.
 */
export function integer(range: Range = {}): Type<number> {
  const { min = -Infinity, max = Infinity, extensible = false } = range;
  for (const bound of [min, max]) {
    if (Math.abs(bound) !== Infinity && !Number.isSafeInteger(bound)) {
      throw new Asn1Error('ASN1_SCHEMA', `${bound} is not a bound of an integer: use bigInteger`);
    }
  }
  if (min > max || (Number.isFinite(max - min) && !Number.isSafeInteger(max - min))) {
    throw new Asn1Error('ASN1_SCHEMA', `an integer can not be from ${min} to ${max}`);
  }
  const expected = `an integer, ${formatRange(min, max)}`;
  const root = rootCodec(min, max);
  const assertInteger = (value: number): void => {
    if (!Number.isSafeInteger(value)) refuse(value, expected);
  };
  if (!extensible) {
    return defineType<number>({
      minBits: root.minBits,
      encode(writer, value) {
        assertInteger(value);
        if (value < min || value > max) outOfConstraint(value, expected);
        root.write(writer, value);
      },
      decode: root.read,
    });
  }
  return defineType<number>({
    minBits: 1 + Math.min(root.minBits, 16),
    encode(writer, value) {
      assertInteger(value);
      const inRoot = value >= min && value <= max;
      writer.writeBit(inRoot ? 0 : 1);
      if (inRoot) root.write(writer, value);
      else writeUnconstrained(writer, value);
    },
    decode: (reader) => (reader.readBit() === 0 ? root.read(reader) : readUnconstrained(reader)),
  });
}

interface RootCodec {
  readonly minBits: number;
  read(this: void, reader: BitReader): number;
  write(this: void, writer: BitWriter, value: number): void;
}

function rootCodec(min: number, max: number): RootCodec {
  if (min !== -Infinity && max !== Infinity) {
    return {
      minBits: constrainedMinBits(min, max),
      read: constrainedReader(min, max),
      write: constrainedWriter(min, max),
    };
  }
  if (min !== -Infinity) {
    return {
      minBits: 16,
      read: (reader) => safe(reader, min + safe(reader, readMagnitude(reader, readOctetCount(reader)))),
      write(writer, value) {
        if (!Number.isSafeInteger(value - min)) outOfConstraint(value, `an integer within 2^53 of ${min}`);
        const octets = octetsOf(value - min);
        writer.align();
        writer.writeOctet(octets);
        writer.writeUnsigned(value - min, octets);
      },
    };
  }
  return {
    minBits: 16,
    read(reader) {
      const value = readUnconstrained(reader);
      return value <= max ? value : reader.fail('ASN1_CONSTRAINT', `expected at most ${max}, found ${value}`);
    },
    write: writeUnconstrained,
  };
}

/** Numbers of more octets than these are beyond 2^53, whatever they are. */
function readOctetCount(reader: BitReader): number {
  const octets = readLength(reader);
  if (octets < 1) {
    // A first fragment has at least 16K octets.
    return octets === 0
      ? reader.fail('ASN1_MALFORMED', 'expected an integer of at least one octet')
      : -octets;
  }
  return octets;
}

/** Leading zeros are skipped: some encoders write a fixed number of octets. */
function readMagnitude(reader: BitReader, octets: number): number {
  let left = octets;
  while (left > 7) {
    if (reader.readOctet() !== 0) beyond(reader);
    left--;
  }
  return reader.readUnsigned(left);
}

/** 2's complement behind a length (X.691 11.4 and 13.2.4). */
function readUnconstrained(reader: BitReader): number {
  const octets = readOctetCount(reader);
  reader.need(8);
  if (reader.octets[reader.position >>> 3]! < 0x80) return safe(reader, readMagnitude(reader, octets));
  let left = octets;
  while (left > 7) {
    if (reader.readOctet() !== 0xff) beyond(reader);
    left--;
  }
  // In two parts: seven octets do not fit a number exactly.
  const low = Math.min(left, 3);
  const high = reader.readUnsigned(left - low) - 256 ** (left - low);
  return safe(reader, high * 256 ** low + reader.readUnsigned(low));
}

function writeUnconstrained(writer: BitWriter, value: number): void {
  // The sign takes a bit: 128 to 255 need a second octet, -129 too.
  const octets = octetsOf(value < 0 ? (-value - 1) * 2 : value * 2);
  writer.align();
  writer.writeOctet(octets);
  if (value >= 0) {
    writer.writeUnsigned(value, octets);
    return;
  }
  // In two parts: seven octets do not fit a number exactly.
  const low = Math.min(octets, 3);
  const high = Math.floor(value / 256 ** low);
  writer.writeUnsigned(high + 256 ** (octets - low), octets - low);
  writer.writeUnsigned(value - high * 256 ** low, low);
}

const safe = (reader: BitReader, value: number): number =>
  Number.isSafeInteger(value) ? value : beyond(reader);

function beyond(reader: BitReader): never {
  reader.fail('ASN1_CONSTRAINT', 'expected an integer within 2^53, found a larger one');
}
