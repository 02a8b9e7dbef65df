import { type BitReader, type Piece } from './bit-reader.js';
import { type BitWriter } from './bit-writer.js';

/** Longer ones are cut into fragments of 1 to 4 times this many items (X.691 11.9.3.8). */
export const fragmentUnit = 16_384;

/**
 * A length determinant without an upper bound below 64K (X.691 11.9.3.5 to 8).
 * @returns the length; or minus the length of a fragment, with the next length to follow behind it
 */
export function readLength(reader: BitReader): number {
  reader.align();
  const first = reader.readOctet();
  if (first < 0x80) return first;
  if (first < 0xc0) return ((first & 0x3f) << 8) | reader.readOctet();
  const units = first & 0x3f;
  if (units < 1 || units > 4) {
    reader.fail('ASN1_MALFORMED', `expected a fragment of 1 to 4 times 16K, found ${units}`);
  }
  return -units * fragmentUnit;
}

/** A length below 16K. */
export function writeLength(writer: BitWriter, length: number): void {
  writer.align();
  if (length < 0x80) writer.writeOctet(length);
  else writer.writeUnsigned(0x8000 | length, 2);
}

/** Calls `read` for the fragment that a negative length announced and for all behind it. */
export function readFragments(reader: BitReader, announced: number, read: (count: number) => void): void {
  let length = announced;
  while (length < 0) {
    read(-length);
    length = readLength(reader);
  }
  read(length);
}

/** Writes lengths, and calls `write` for the items of each fragment from `from` to before `to`. */
export function writeFragments(
  writer: BitWriter,
  count: number,
  write: (from: number, to: number) => void,
): void {
  let from = 0;
  while (count - from >= fragmentUnit) {
    const units = Math.min(4, Math.floor((count - from) / fragmentUnit));
    writer.align();
    writer.writeOctet(0xc0 | units);
    write(from, from + units * fragmentUnit);
    from += units * fragmentUnit;
  }
  writeLength(writer, count - from);
  write(from, count);
}

/** Octets behind the negative length `announced`, and where each fragment lay in the input. */
export function readFragmentedOctets(
  reader: BitReader,
  announced: number,
): { octets: Uint8Array; pieces: Piece[] } {
  const parts: Uint8Array[] = [];
  const pieces: Piece[] = [];
  let total = 0;
  readFragments(reader, announced, (count) => {
    pieces.push({ start: total * 8, inputBit: reader.inputBit(reader.position) });
    parts.push(reader.readOctets(count));
    total += count;
  });
  const octets = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    octets.set(part, at);
    at += part.length;
  }
  return { octets, pieces };
}

/** All octets behind a length without an upper bound. */
export function readCountedOctets(reader: BitReader): Uint8Array {
  const length = readLength(reader);
  return length >= 0 ? reader.readOctets(length) : readFragmentedOctets(reader, length).octets;
}

export function writeCountedOctets(writer: BitWriter, octets: Uint8Array): void {
  writeFragments(writer, octets.length, (from, to) => writer.writeOctets(octets, from, to));
}
