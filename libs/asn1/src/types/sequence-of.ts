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
  const readInto = (reader: BitReader, values: T[], length: number): void => {
    reader.needElements(length, element.minBits);
    let index = values.length;
    try {
      for (const end = index + length; index < end; index++) values.push(element.decode(reader));
    } catch (error) {
      throw within(error, index);
    }
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
      const values: T[] = [];
      const length = count.read(reader);
      if (length >= 0) readInto(reader, values, length);
      else {
        readFragments(reader, length, (part) => readInto(reader, values, part));
        count.check(reader, values.length);
      }
      return values;
    },
  });
}
