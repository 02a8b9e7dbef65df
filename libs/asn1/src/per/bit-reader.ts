import { Asn1Error, type Asn1ErrorCode, type Asn1ErrorDetails } from '../asn1-error.js';
import { describe } from '../describe.js';
import { type Criticality } from '../information-objects/criticality.js';
import { type SentForms, type ToldForms } from './sent-forms.js';

/** Inputs and outputs stay below this, so that bit positions are small integers. */
export const maxOctets = 64 * 1024 * 1024;

/** How many elements that take no bits at all (NULL in a SEQUENCE OF) one decoding may make. */
const maxElementsWithoutBits = 65_536;

/** An unknown information element that was skipped, as its criticality asked. */
export interface IgnoredIe {
  readonly id: number;
  readonly criticality: Criticality;
  /** Where its value starts, in bits from the start of the whole input. */
  readonly bitOffset: number;
}

export interface ReaderOptions {
  /** Accept octets behind a complete encoding, at the end and inside open types. Default false. */
  readonly allowTrailing?: boolean;
  /** How deep `lazy` types may nest. Default 64. */
  readonly maxDepth?: number;
  /** Called for each unknown information element with criticality ignore or notify. */
  readonly onIgnored?: ((ie: IgnoredIe) => void) | undefined;
  /** Called behind the last octet when the sender wrote something in another form than ours. */
  readonly onForms?: ((forms: SentForms) => void) | undefined;
}

/** A piece of input that was put together of fragments: from `start` on it lay at `inputBit`. */
export interface Piece {
  readonly start: number;
  readonly inputBit: number;
}

/**
 * Reads bits, most significant first. Positions are in bits; nothing is ever read at or behind `limit`.
 * @throws {Asn1Error} ASN1_TRUNCATED from every `read` that would
 */
export class BitReader {
  /** The next bit. */
  position = 0;
  /** The first bit that may not be read: the end of the input or of the open type being read. */
  limit: number;
  /** How many `lazy` types the value being read is in. */
  depth = 0;
  readonly allowTrailing: boolean;
  readonly maxDepth: number;
  readonly onIgnored: ((ie: IgnoredIe) => void) | undefined;
  /** What was found to be in other forms than ours. */
  forms: ToldForms | undefined;
  /** How many SEQUENCEs with additions were read. */
  extended = 0;
  #elementsWithoutBits = 0;
  #pieces: readonly Piece[] = [];

  readonly octets: Uint8Array;

  /** @throws {Asn1Error} ASN1_SHAPE or ASN1_TOO_LARGE when `octets` are none or more than 64 MiB */
  constructor(octets: Uint8Array, options: ReaderOptions = {}) {
    if (!(octets instanceof Uint8Array)) {
      throw new Asn1Error('ASN1_SHAPE', `expected octets in a Uint8Array, found ${describe(octets)}`);
    }
    // Node's Buffer is one whose slices are not copies.
    this.octets =
      octets.constructor === Uint8Array
        ? octets
        : new Uint8Array(octets.buffer, octets.byteOffset, octets.length);
    if (octets.length > maxOctets) {
      throw new Asn1Error('ASN1_TOO_LARGE', `expected at most ${maxOctets} octets, found ${octets.length}`);
    }
    this.limit = octets.length * 8;
    this.allowTrailing = options.allowTrailing ?? false;
    this.maxDepth = options.maxDepth ?? 64;
    this.onIgnored = options.onIgnored;
  }

  /** A reader of octets that were put together of fragments; its errors tell offsets in the whole input. */
  reassembled(octets: Uint8Array, pieces: readonly Piece[]): BitReader {
    const reader = new BitReader(octets, this);
    reader.depth = this.depth;
    reader.forms = this.forms;
    reader.extended = this.extended;
    reader.#elementsWithoutBits = this.#elementsWithoutBits;
    reader.#pieces = pieces;
    return reader;
  }

  /** To tell forms that are not ours in. */
  toldForms(): ToldForms {
    return (this.forms ??= {});
  }

  /** The bits that are left. */
  get remaining(): number {
    return this.limit - this.position;
  }

  /** Where `position` lies in the whole input, in bits. */
  inputBit(position: number): number {
    const piece = this.#pieces.findLast(({ start }) => start <= position);
    return piece === undefined ? position : piece.inputBit + position - piece.start;
  }

  /** @throws {Asn1Error} always, with where the reader is */
  fail(code: Asn1ErrorCode, reason: string, details: Asn1ErrorDetails = {}): never {
    throw new Asn1Error(code, reason, { bitOffset: this.inputBit(this.position), ...details });
  }

  /** @throws {Asn1Error} ASN1_TRUNCATED when fewer than `bits` are left */
  need(bits: number): void {
    if (bits > this.limit - this.position) this.#truncated(bits);
  }

  /** Skips to the next octet boundary. The padding may hold anything. */
  align(): void {
    // An open type ends at an octet boundary, so this never passes the limit.
    this.position = (this.position + 7) & ~7;
  }

  skip(bits: number): void {
    this.need(bits);
    this.position += bits;
  }

  readBit(): number {
    const at = this.position;
    if (at >= this.limit) this.#truncated(1);
    this.position = at + 1;
    return (this.octets[at >>> 3]! >>> (7 - (at & 7))) & 1;
  }

  /** The bit at a position already passed. */
  bitAt(position: number): number {
    return (this.octets[position >>> 3]! >>> (7 - (position & 7))) & 1;
  }

  /** `count` bits, 0 to 53, as a non-negative number. */
  readBits(count: number): number {
    if (count > 24) {
      this.need(count);
      return this.readBits(count - 24) * 0x1000000 + this.readBits(24);
    }
    const start = this.position;
    const end = start + count;
    if (end > this.limit) this.#truncated(count);
    this.position = end;
    let index = start >>> 3;
    let have = 8 - (start & 7);
    let value = this.octets[index]! & (0xff >>> (start & 7));
    while (have < count) {
      value = (value << 8) | this.octets[++index]!;
      have += 8;
    }
    return value >>> (have - count);
  }

  /** One octet at an octet boundary. */
  readOctet(): number {
    const at = this.position;
    if (at + 8 > this.limit) this.#truncated(8);
    this.position = at + 8;
    return this.octets[at >>> 3]!;
  }

  /** `count` octets, 0 to 7, at an octet boundary, as a non-negative number; exact up to 2^53. */
  readUnsigned(count: number): number {
    const at = this.position;
    const end = at + count * 8;
    if (end > this.limit) this.#truncated(count * 8);
    this.position = end;
    let value = 0;
    for (let index = at >>> 3; index < end >>> 3; index++) value = value * 256 + this.octets[index]!;
    return value;
  }

  /** A copy of `count` octets at an octet boundary. */
  readOctets(count: number): Uint8Array {
    const at = this.position;
    const end = at + count * 8;
    if (end > this.limit) this.#truncated(count * 8);
    this.position = end;
    return this.octets.slice(at >>> 3, end >>> 3);
  }

  /** `count` octets at an octet boundary as the characters U+0000 to U+00FF. */
  readCharacters(count: number): string {
    this.need(count * 8);
    const { octets } = this;
    let at = this.position >>> 3;
    const end = at + count;
    this.position = end * 8;
    let text = '';
    // Eight a call is twice as fast as one.
    for (; at + 8 <= end; at += 8) {
      text += String.fromCharCode(
        octets[at]!,
        octets[at + 1]!,
        octets[at + 2]!,
        octets[at + 3]!,
        octets[at + 4]!,
        octets[at + 5]!,
        octets[at + 6]!,
        octets[at + 7]!,
      );
    }
    for (; at < end; at++) text += String.fromCharCode(octets[at]!);
    return text;
  }

  /**
   * Before making `count` elements of at least `minBits` bits each: that the input can hold them.
   * @throws {Asn1Error} ASN1_TRUNCATED, or ASN1_TOO_LARGE for too many that take no bits
   */
  needElements(count: number, minBits: number): void {
    if (minBits > 0) {
      if (count * minBits > this.limit - this.position) this.#truncated(count * minBits);
      return;
    }
    this.#elementsWithoutBits += count;
    if (this.#elementsWithoutBits > maxElementsWithoutBits) {
      this.fail('ASN1_TOO_LARGE', `expected at most ${maxElementsWithoutBits} elements that take no bits`);
    }
  }

  #truncated(bits: number): never {
    this.fail('ASN1_TRUNCATED', `expected ${bits} more bits, found the end after ${this.remaining}`);
  }
}
