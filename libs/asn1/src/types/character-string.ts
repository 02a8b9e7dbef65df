import { Asn1Error } from '../asn1-error.js';
import { type BitReader } from '../per/bit-reader.js';
import { type BitWriter } from '../per/bit-writer.js';
import { readFragments, writeFragments } from '../per/length.js';
import { type Size, sizeBounds } from '../per/range.js';
import { sizeCodec } from '../per/size.js';
import { bitsFor } from '../per/whole-number.js';
import { defineType, outOfConstraint, refuse, type Type } from '../type.js';

/**
 * PrintableString, 8 bits a character. Lenient both ways: vendors send characters that are not printable
 * strings', and what was received can be sent on. What does not fit 8 bits is refused.
 */
export const printableString = (size?: Size): Type<string> => characterString(size, octetCharacters);

/** VisibleString; lenient as `printableString` is. `from` is a permitted alphabet, all of its characters. */
export const visibleString = (size?: Size, from?: string): Type<string> =>
  characterString(size, from === undefined ? octetCharacters : alphabet(from));

/** IA5String; lenient as `printableString` is. `from` is a permitted alphabet, all of its characters. */
export const ia5String = (size?: Size, from?: string): Type<string> =>
  characterString(size, from === undefined ? octetCharacters : alphabet(from));

/** NumericString: digits and space, 4 bits each. `from` is a permitted alphabet, all of its characters. */
export const numericString = (size?: Size, from?: string): Type<string> =>
  characterString(size, alphabet(from ?? ' 0123456789'));

/** How the characters of a string are written: `bits` each. */
interface Characters {
  readonly bits: number;
  /** `count` characters, known to be there. */
  read(reader: BitReader, count: number): string;
  /** The characters from `from` to before `to`. */
  write(writer: BitWriter, text: string, range: { from: number; to: number }): void;
}

/** A known-multiplier character string (X.691 30.5). */
function characterString(size: Size | undefined, characters: Characters): Type<string> {
  const bounds = sizeBounds(size);
  const count = sizeCodec(bounds, 'characters');
  const { bits } = characters;
  const fixed = bounds.min === bounds.max;
  // Short ones lie anywhere; exactly 16 bits do so only if fixed. Behind an extended length all are aligned.
  const aligns = bounds.max * bits > 16 || (bounds.max * bits === 16 && !fixed);
  const readPart = (reader: BitReader, length: number): string => {
    reader.need(length * bits);
    return characters.read(reader, length);
  };
  return defineType<string>({
    minBits: count.minBits(bits),
    encode(writer, value) {
      if (typeof value !== 'string') refuse(value, 'a string');
      if (count.write(writer, value.length)) {
        writeFragments(writer, value.length, (from, to) => characters.write(writer, value, { from, to }));
        return;
      }
      if (aligns && value.length > 0) writer.align();
      characters.write(writer, value, { from: 0, to: value.length });
    },
    decode(reader) {
      const length = count.read(reader);
      if (length >= 0) {
        if (aligns && length > 0) reader.align();
        return readPart(reader, length);
      }
      let text = '';
      readFragments(reader, length, (part) => (text += readPart(reader, part)));
      count.check(reader, text.length);
      return text;
    },
  });
}

const octetCharacters: Characters = {
  bits: 8,
  read(reader, count) {
    if ((reader.position & 7) === 0) return reader.readCharacters(count);
    let text = '';
    for (let left = count; left > 0; left--) text += String.fromCharCode(reader.readBits(8));
    return text;
  },
  write(writer, text, { from, to }) {
    for (let at = from; at < to; at++) {
      if (text.charCodeAt(at) > 0xff) outOfConstraint(text, 'characters of 8 bits');
    }
    if ((writer.position & 7) === 0) {
      writer.writeCharacters(text, from, to);
      return;
    }
    for (let at = from; at < to; at++) writer.writeBits(text.charCodeAt(at), 8);
  },
};

/**
 * Characters of a permitted alphabet: 1, 2, 4 or 8 bits each, and their codes themselves where the largest
 * fits (X.691 30.5.2 to 30.5.4).
 */
function alphabet(from: string): Characters {
  const codes = [...new Set(from)].map((character) => character.charCodeAt(0)).sort((a, b) => a - b);
  if (codes.length === 0 || codes.at(-1)! > 0x7f) {
    throw new Asn1Error('ASN1_SCHEMA', `${JSON.stringify(from)} is not an alphabet`);
  }
  const bits = codes.length === 1 ? 0 : 2 ** bitsFor(bitsFor(codes.length));
  const asTheyAre = codes.at(-1)! < 2 ** bits;
  const indexOf = new Map<number, number>();
  const codeOf = new Map<number, number>();
  codes.forEach((code, place) => {
    const index = asTheyAre ? code : place;
    indexOf.set(code, index);
    codeOf.set(index, code);
  });
  const expected = `characters of ${JSON.stringify(from)}`;
  return {
    bits,
    read(reader, count) {
      if (bits === 0) reader.needElements(count, 0);
      let text = '';
      for (let left = count; left > 0; left--) {
        const index = reader.readBits(bits);
        const code = codeOf.get(index);
        if (code === undefined)
          return reader.fail('ASN1_CONSTRAINT', `expected ${expected}, found number ${index}`);
        text += String.fromCharCode(code);
      }
      return text;
    },
    write(writer, text, { from: first, to }) {
      for (let at = first; at < to; at++) {
        const index = indexOf.get(text.charCodeAt(at));
        if (index === undefined) outOfConstraint(text, expected);
        writer.writeBits(index, bits);
      }
    },
  };
}
