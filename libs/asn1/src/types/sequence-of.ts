import { within } from '../asn1-error.js';
import { type BitReader } from '../per/bit-reader.js';
import { type BitWriter } from '../per/bit-writer.js';
import { readFragments, writeFragments } from '../per/length.js';
import { type Size, sizeBounds } from '../per/range.js';
import { sizeCodec } from '../per/size.js';
import { defineType, refuse, type Type } from '../type.js';

/** SEQUENCE OF as an array (X.691 20). */
export function sequenceOf<T>(element: Type<T>, size?: Size): Type<T[]> {
  const count = sizeCodec(sizeBounds(size), 'elements');
  /** So many elements in an array that is no longer than they are; one that grows takes up to ten times the room. */
  const read = (reader: BitReader, length: number, before = 0): T[] => {
    reader.needElements(length, element.minBits);
    const values = new Array<T>(length);
    let index = 0;
    try {
      for (; index < length; index++) values[index] = element.decode(reader);
    } catch (error) {
      throw within(error, before + index);
    }
    return values;
  };
  const write = (writer: BitWriter, values: readonly T[], range: { from: number; to: number }): void => {
    let index = range.from;
    try {
      for (; index < range.to; index++) element.encode(writer, values[index]!);
    } catch (error) {
      throw within(error, index);
    }
  };
  return defineType<T[]>({
    minBits: count.minBits(element.minBits),
    encode(writer, values) {
      if (!Array.isArray(values)) refuse(values, 'an array');
      if (count.write(writer, values.length)) {
        writeFragments(writer, values.length, (from, to) => write(writer, values, { from, to }));
      } else write(writer, values, { from: 0, to: values.length });
    },
    decode(reader) {
      const length = count.read(reader);
      if (length >= 0) return read(reader, length);
      const parts: T[][] = [];
      let total = 0;
      readFragments(reader, length, (part) => {
        parts.push(read(reader, part, total));
        total += part;
      });
      count.check(reader, total);
      return new Array<T>().concat(...parts);
    },
  });
}
