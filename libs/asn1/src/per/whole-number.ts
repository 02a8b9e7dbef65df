import { type BitReader } from './bit-reader.js';
import { type BitWriter } from './bit-writer.js';

/** How many octets a non-negative number takes, at least one. */
export function octetsOf(value: number): number {
  let octets = 1;
  for (let rest = value; rest >= 256; rest = Math.floor(rest / 256)) octets++;
  return octets;
}

/** How many bits tell `count` alternatives apart. */
export function bitsFor(count: number): number {
  let bits = 0;
  while (2 ** bits < count) bits++;
  return bits;
}

/** The length in front of a number whose range is beyond 64K: 1 to so many octets (X.691 13.2.6). */
const lengthBits = (maxOctets: number): number => bitsFor(maxOctets);

/** Bits of the shortest encoding of a constrained whole number. */
export function constrainedMinBits(min: number, max: number): number {
  const range = max - min + 1;
  if (range <= 255) return bitsFor(range);
  if (range <= 65_536) return range === 256 ? 8 : 16;
  return lengthBits(octetsOf(max - min)) + 8;
}

/** Reads a constrained whole number, aligned variant (X.691 11.5.7); `min` and `max` are safe integers. */
export function constrainedReader(min: number, max: number): (reader: BitReader) => number {
  const span = max - min;
  const checked = (reader: BitReader, offset: number): number =>
    offset > span
      ? reader.fail('ASN1_CONSTRAINT', `expected ${min} to ${max}, found ${min + offset}`)
      : min + offset;
  if (span === 0) return () => min;
  if (span < 255) {
    const bits = bitsFor(span + 1);
    // All of 2^bits values are in the range: nothing to check.
    if (span === 2 ** bits - 1) return (reader) => min + reader.readBits(bits);
    return (reader) => {
      const offset = reader.readBits(bits);
      return offset <= span ? min + offset : checked(reader, offset);
    };
  }
  if (span < 65_536) {
    const octets = span === 255 ? 1 : 2;
    return (reader) => {
      reader.align();
      const offset = reader.readUnsigned(octets);
      return offset <= span ? min + offset : checked(reader, offset);
    };
  }
  const maxOctets = octetsOf(span);
  const bits = lengthBits(maxOctets);
  return (reader) => {
    const octets = reader.readBits(bits) + 1;
    if (octets > maxOctets) {
      reader.fail('ASN1_MALFORMED', `expected a number of 1 to ${maxOctets} octets, found ${octets}`);
    }
    reader.align();
    const offset = reader.readUnsigned(octets);
    return offset <= span ? min + offset : checked(reader, offset);
  };
}

/** Writes what `constrainedReader` reads; the value is known to be in the range. */
export function constrainedWriter(min: number, max: number): (writer: BitWriter, value: number) => void {
  const span = max - min;
  if (span === 0) return () => undefined;
  if (span < 255) {
    const bits = bitsFor(span + 1);
    return (writer, value) => writer.writeBits(value - min, bits);
  }
  if (span < 65_536) {
    const octets = span === 255 ? 1 : 2;
    return (writer, value) => {
      writer.align();
      writer.writeUnsigned(value - min, octets);
    };
  }
  const bits = lengthBits(octetsOf(span));
  return (writer, value) => {
    const octets = octetsOf(value - min);
    writer.writeBits(octets - 1, bits);
    writer.align();
    writer.writeUnsigned(value - min, octets);
  };
}

/** A normally small non-negative whole number: an extension's index (X.691 11.6). */
export function readNormallySmall(reader: BitReader): number {
  if (reader.readBit() === 0) return reader.readBits(6);
  reader.align();
  const octets = reader.readOctet();
  if (octets < 1 || octets > 4) {
    reader.fail('ASN1_MALFORMED', `expected a small number of 1 to 4 octets, found ${octets}`);
  }
  return reader.readUnsigned(octets);
}

export function writeNormallySmall(writer: BitWriter, value: number): void {
  if (value < 64) {
    writer.writeBits(value, 7);
    return;
  }
  writer.writeBit(1);
  writer.align();
  const octets = octetsOf(value);
  writer.writeOctet(octets);
  writer.writeUnsigned(value, octets);
}
