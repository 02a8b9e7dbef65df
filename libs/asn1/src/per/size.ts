import { Asn1Error } from '../asn1-error.js';
import { type BitReader } from './bit-reader.js';
import { type BitWriter } from './bit-writer.js';
import { fragmentUnit, readLength, writeLength } from './length.js';
import { formatRange, type SizeBounds } from './range.js';
import { constrainedMinBits, constrainedReader, constrainedWriter } from './whole-number.js';

/** Sizes from here on are not told by a bounded number (X.691 11.9.4). */
const unboundedFrom = 65_536;

/** How the count of a sized type is read and written. */
export interface SizeCodec {
  /** Bits of the shortest encoding with items of at least `itemBits` each. */
  minBits(itemBits: number): number;
  /** @returns the count; or minus the count of a first fragment, as `readLength` does */
  read(reader: BitReader): number;
  /** @returns whether nothing was told yet and the items go in fragments with lengths of their own */
  write(writer: BitWriter, count: number): boolean;
  /** For counts known only when all fragments are read. @throws {Asn1Error} ASN1_CONSTRAINT */
  check(reader: BitReader, count: number): void;
}

/** @param unit what is counted, for messages */
export function sizeCodec({ min, max, extensible }: SizeBounds, unit: string): SizeCodec {
  const expected = `${formatRange(min, max)} ${unit}`;
  const bounded = max < unboundedFrom;
  const readRoot = bounded ? constrainedReader(min, max) : readLength;
  const writeRoot = bounded ? constrainedWriter(min, max) : writeLength;
  const rootBits = bounded ? constrainedMinBits(min, max) : 8;
  const check = (reader: BitReader, count: number): void => {
    if (!extensible && (count < min || count > max)) {
      reader.fail('ASN1_CONSTRAINT', `expected ${expected}, found ${count}`);
    }
  };
  return {
    minBits(itemBits) {
      const inRoot = rootBits + min * itemBits;
      return extensible ? 1 + Math.min(inRoot, 8) : inRoot;
    },
    check,
    read(reader) {
      if (extensible && reader.readBit() === 1) return readLength(reader);
      const count = readRoot(reader);
      if (!bounded && count >= 0) check(reader, count);
      return count;
    },
    write(writer, count) {
      const inRoot = count >= min && count <= max;
      if (!inRoot && !extensible) {
        throw new Asn1Error('ASN1_CONSTRAINT', `expected ${expected}, found ${count}`);
      }
      if (extensible) writer.writeBit(inRoot ? 0 : 1);
      if (inRoot && bounded) {
        writeRoot(writer, count);
        return false;
      }
      if (count >= fragmentUnit) return true;
      writeLength(writer, count);
      return false;
    },
  };
}
