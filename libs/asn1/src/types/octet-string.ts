import { type BitReader } from '../per/bit-reader.js';
import { type BitWriter } from '../per/bit-writer.js';
import { readFragmentedOctets, writeCountedOctets } from '../per/length.js';
import { type Size, sizeBounds } from '../per/range.js';
import { sizeCodec } from '../per/size.js';
import { defineType, refuse, type Type } from '../type.js';

/** OCTET STRING (X.691 17). Decoded values are copies of their part of the input. */
export function octetString(size?: Size): Type<Uint8Array> {
  const bounds = sizeBounds(size);
  const count = sizeCodec(bounds, 'octets');
  // Fixed ones of up to two octets lie anywhere. Behind an extended length all are aligned.
  const unalignedLength = bounds.min === bounds.max && bounds.max <= 2 ? bounds.max : -1;
  return defineType<Uint8Array>({
    minBits: count.minBits(8),
    encode(writer, value) {
      if (!(value instanceof Uint8Array)) refuse(value, 'octets in a Uint8Array');
      if (count.write(writer, value.length)) writeCountedOctets(writer, value);
      else if (value.length === unalignedLength) writeUnaligned(writer, value);
      else if (value.length > 0) {
        writer.align();
        writer.writeOctets(value);
      }
    },
    decode(reader) {
      const length = count.read(reader);
      if (length < 0) {
        const { octets } = readFragmentedOctets(reader, length);
        count.check(reader, octets.length);
        return octets;
      }
      if (length === unalignedLength) return readUnaligned(reader, length);
      if (length > 0) reader.align();
      return reader.readOctets(length);
    },
  });
}

function writeUnaligned(writer: BitWriter, octets: Uint8Array): void {
  for (const octet of octets) writer.writeBits(octet, 8);
}

function readUnaligned(reader: BitReader, length: number): Uint8Array {
  reader.need(length * 8);
  const octets = new Uint8Array(length);
  for (let index = 0; index < length; index++) octets[index] = reader.readBits(8);
  return octets;
}
