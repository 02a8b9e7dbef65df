import { Asn1Error } from '../asn1-error.js';
import { maxOctets } from './bit-reader.js';
import { type SentForms } from './sent-forms.js';

/** Writes bits, most significant first, into a buffer that grows. Positions are in bits. */
export class BitWriter {
  /** Where the next bit goes. Behind it, the octet begun is zero and everything else is undefined. */
  position = 0;
  /** How many `lazy` types the value being written is in. */
  depth = 0;
  /** Forms to write instead of ours. */
  forms: SentForms | undefined;
  /** How many SEQUENCEs with additions were written. */
  extended = 0;
  #octets: Uint8Array;
  #capacity: number;

  constructor(capacityOctets = 1024) {
    this.#octets = new Uint8Array(capacityOctets);
    this.#capacity = capacityOctets * 8;
  }

  get capacityOctets(): number {
    return this.#octets.length;
  }

  /** Starts a new encoding in the same buffer. */
  reset(forms?: SentForms): void {
    this.position = 0;
    this.depth = 0;
    this.forms = forms;
    this.extended = 0;
  }

  /** A copy of what was written, the last octet filled with zeros. */
  toOctets(): Uint8Array {
    return this.copyFrom(0);
  }

  /** A copy of what was written from the octet boundary `from` on. */
  copyFrom(from: number): Uint8Array {
    return this.#octets.slice(from >>> 3, (this.position + 7) >>> 3);
  }

  align(): void {
    this.position = (this.position + 7) & ~7;
  }

  writeBit(bit: number): void {
    const at = this.position;
    if (at >= this.#capacity) this.#grow(at + 1);
    this.position = at + 1;
    const offset = at & 7;
    if (offset === 0) this.#octets[at >>> 3] = bit << 7;
    else this.#octets[at >>> 3]! |= bit << (7 - offset);
  }

  /** Sets a bit that was written as zero before. */
  setBit(position: number): void {
    this.#octets[position >>> 3]! |= 0x80 >>> (position & 7);
  }

  /** The low `count` bits, 0 to 53, of a non-negative number below 2^count. */
  writeBits(value: number, count: number): void {
    if (count > 24) {
      this.writeBits(Math.floor(value / 0x1000000), count - 24);
      this.writeBits(value % 0x1000000, 24);
      return;
    }
    if (count === 0) return;
    const at = this.position;
    if (at + count > this.#capacity) this.#grow(at + count);
    this.position = at + count;
    const octets = this.#octets;
    let index = at >>> 3;
    // Left to write behind the octet begun; negative when that one has room to spare.
    let left = count - (8 - (at & 7));
    const first = left >= 0 ? value >>> left : value << -left;
    octets[index] = (at & 7) === 0 ? first : octets[index]! | first;
    while (left > 0) {
      left -= 8;
      octets[++index] = left >= 0 ? value >>> left : value << -left;
    }
  }

  /** One octet at an octet boundary. */
  writeOctet(value: number): void {
    const at = this.position;
    if (at + 8 > this.#capacity) this.#grow(at + 8);
    this.position = at + 8;
    this.#octets[at >>> 3] = value;
  }

  /** A non-negative number below 2^53 in `count` octets, 0 to 7, at an octet boundary. */
  writeUnsigned(value: number, count: number): void {
    const at = this.position;
    const end = at + count * 8;
    if (end > this.#capacity) this.#grow(end);
    this.position = end;
    let rest = value;
    for (let index = (end >>> 3) - 1; index >= at >>> 3; index--) {
      this.#octets[index] = rest & 0xff;
      rest = rest < 0x80000000 ? rest >>> 8 : Math.floor(rest / 256);
    }
  }

  /** The low `count` octets, 0 to 8, of two words of 32 bits, at an octet boundary. */
  writeWords(high: number, low: number, count: number): void {
    const at = this.position;
    const end = at + count * 8;
    if (end > this.#capacity) this.#grow(end);
    this.position = end;
    const octets = this.#octets;
    const start = at >>> 3;
    let index = (end >>> 3) - 1;
    let rest = low;
    for (const behind = Math.max(start, index - 3); index >= behind; index--) {
      octets[index] = rest;
      rest >>>= 8;
    }
    rest = high;
    for (; index >= start; index--) {
      octets[index] = rest;
      rest >>>= 8;
    }
  }

  /** Octets from `from` to before `to`, at an octet boundary. */
  writeOctets(octets: Uint8Array, from = 0, to = octets.length): void {
    const at = this.position;
    const end = at + (to - from) * 8;
    if (end > this.#capacity) this.#grow(end);
    this.position = end;
    if (to - from > 32) {
      this.#octets.set(from === 0 && to === octets.length ? octets : octets.subarray(from, to), at >>> 3);
      return;
    }
    for (let index = from, target = at >>> 3; index < to; index++) this.#octets[target++] = octets[index]!;
  }

  /** The characters of `text` from `from` to before `to`, U+0000 to U+00FF, an octet each, at an octet boundary. */
  writeCharacters(text: string, from = 0, to = text.length): void {
    const at = this.position;
    const end = at + (to - from) * 8;
    if (end > this.#capacity) this.#grow(end);
    this.position = end;
    for (let index = from, target = at >>> 3; index < to; index++) {
      this.#octets[target++] = text.charCodeAt(index);
    }
  }

  /** Makes room for `count` octets at the octet boundary `at`, moving what was written behind it. */
  insertOctets(at: number, count: number): void {
    const end = (this.position + 7) & ~7;
    if (end + count * 8 > this.#capacity) this.#grow(end + count * 8);
    this.#octets.copyWithin((at >>> 3) + count, at >>> 3, end >>> 3);
    this.position += count * 8;
  }

  /** Overwrites one octet that was written before, at the octet boundary `at`. */
  patchOctet(at: number, value: number): void {
    this.#octets[at >>> 3] = value;
  }

  #grow(bits: number): void {
    const needed = (bits + 7) >>> 3;
    if (needed > maxOctets) {
      throw new Asn1Error('ASN1_TOO_LARGE', `expected at most ${maxOctets} octets, found ${needed} to write`);
    }
    const grown = new Uint8Array(Math.min(maxOctets, Math.max(needed, this.#octets.length * 2)));
    grown.set(this.#octets);
    this.#octets = grown;
    this.#capacity = grown.length * 8;
  }
}
