import { type Type } from '../type.js';
import { BitReader, type ReaderOptions } from './bit-reader.js';
import { BitWriter } from './bit-writer.js';
import { type SentForms } from './sent-forms.js';

/** Buffers beyond this are given back after use. */
const keptOctets = 1024 * 1024;

/** The writer of the last encoding, free for the next; taken away while in use. */
let idle: BitWriter | undefined;

export interface WriterOptions {
  /** Forms to write instead of ours: what `onForms` told of a sender. */
  readonly forms?: SentForms | undefined;
}

/**
 * The complete encoding of a value (X.691 11.1): at least one octet.
 * @throws {Asn1Error}
 */
export function encodePer<T>(type: Type<T>, value: T, options: WriterOptions = {}): Uint8Array {
  const writer = idle ?? new BitWriter();
  idle = undefined;
  writer.reset(options.forms);
  try {
    type.encode(writer, value);
    if (writer.position === 0) writer.writeOctet(0);
    return writer.toOctets();
  } finally {
    if (writer.capacityOctets <= keptOctets) idle = writer;
  }
}

/**
 * The value of a complete encoding.
 * @throws {Asn1Error} also when octets are left behind it, unless `allowTrailing`
 */
export function decodePer<T>(type: Type<T>, octets: Uint8Array, options: ReaderOptions = {}): T {
  const reader = new BitReader(octets, options);
  const value = type.decode(reader);
  endOfEncoding(reader, 0);
  if (reader.forms !== undefined) options.onForms?.(reader.forms);
  return value;
}

/**
 * Checks that an encoding that began at bit `start` ends where the reader's limit is.
 * @throws {Asn1Error} ASN1_TRAILING, or ASN1_TRUNCATED when there is not even one octet
 */
export function endOfEncoding(reader: BitReader, start: number): void {
  // A value that takes no bits is still one octet.
  if (reader.position === start) reader.skip(8);
  reader.align();
  if (reader.position < reader.limit && !reader.allowTrailing) {
    reader.fail(
      'ASN1_TRAILING',
      `expected the end of the encoding, found ${reader.remaining >>> 3} more octets`,
    );
  }
}
