import { type Type } from '../type.js';
import { type BitReader } from './bit-reader.js';
import { type BitWriter } from './bit-writer.js';
import { endOfEncoding } from './complete-encoding.js';
import { readFragmentedOctets, readFragments, readLength, writeCountedOctets } from './length.js';

/** Reads a complete encoding of `type` behind its length in octets (X.691 11.2), where it lies. */
export function readOpen<T>(reader: BitReader, type: Type<T>): T {
  const length = readLength(reader);
  if (length < 0) {
    const { octets, pieces } = readFragmentedOctets(reader, length);
    const whole = reader.reassembled(octets, pieces);
    const value = type.decode(whole);
    endOfEncoding(whole, 0);
    reader.extended = whole.extended;
    reader.forms = whole.forms;
    return value;
  }
  const start = reader.position;
  const end = start + length * 8;
  const outerLimit = reader.limit;
  if (end > outerLimit) reader.need(length * 8);
  reader.limit = end;
  const value = type.decode(reader);
  endOfEncoding(reader, start);
  reader.position = end;
  reader.limit = outerLimit;
  return value;
}

/** Passes over an open type. @returns where its value starts, in bits of the whole input */
export function skipOpen(reader: BitReader): number {
  const length = readLength(reader);
  const start = reader.inputBit(reader.position);
  if (length >= 0) reader.skip(length * 8);
  else readFragments(reader, length, (count) => reader.skip(count * 8));
  return start;
}

/** Writes a complete encoding of `type` behind its length in octets. */
export function writeOpen<T>(writer: BitWriter, type: Type<T>, value: T): void {
  const start = beginOpen(writer);
  type.encode(writer, value);
  endOpen(writer, start);
}

/** Leaves room for a short length; what is written until `endOpen` is the value. */
export function beginOpen(writer: BitWriter): number {
  writer.align();
  const start = writer.position;
  writer.writeOctet(0);
  return start;
}

export function endOpen(writer: BitWriter, start: number): void {
  if (writer.position === start + 8) writer.writeOctet(0);
  writer.align();
  const length = (writer.position - start) / 8 - 1;
  if (length < 0x80) writer.patchOctet(start, length);
  else if (length < 0x4000) {
    // Rarer than short ones: what was written moves by the second octet of the length.
    writer.insertOctets(start + 8, 1);
    writer.patchOctet(start, 0x80 | (length >>> 8));
    writer.patchOctet(start + 8, length & 0xff);
  } else {
    const octets = writer.copyFrom(start + 8);
    writer.position = start;
    writeCountedOctets(writer, octets);
  }
}
