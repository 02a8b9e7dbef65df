import { type BitReader } from '../per/bit-reader.js';
import { type BitWriter } from '../per/bit-writer.js';
import { readFragmentedOctets, readLength } from '../per/length.js';
import { defineType, refuse, type Type } from '../type.js';

const plusInfinity = 0x40;
const minusInfinity = 0x41;
const notANumber = 0x42;
const minusZero = 0x43;

/** 2^(index - 1074): every power of two that a number can be. */
const powersOfTwo = Float64Array.from({ length: 2098 }, (_, index) => 2 ** (index - 1074));

/** NR1, NR2 and NR3 of ISO 6093, with point or comma. */
const decimalPattern = /^ *[+-]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)([eE][+-]?[0-9]+)?$/;

/** A mantissa of more bits is not told apart from one of these; keeps the arithmetic short. */
const maxMantissaOctets = 128;

const type = defineType<number>({
  minBits: 8,
  encode(writer, value) {
    if (typeof value !== 'number') refuse(value, 'a number');
    writer.align();
    if (value === 0 || !Number.isFinite(value)) {
      const octet = specialOctet(value);
      writer.writeOctet(octet < 0 ? 0 : 1);
      if (octet >= 0) writer.writeOctet(octet);
      return;
    }
    writeBinary(writer, value);
  },
  decode(reader) {
    const length = readLength(reader);
    if (length < 0) {
      const { octets, pieces } = readFragmentedOctets(reader, length);
      return readContents(reader.reassembled(octets, pieces), octets.length);
    }
    if (length === 0) return 0;
    reader.need(length * 8);
    return readContents(reader, length);
  },
});

/**
 * REAL as a number (X.691 15; contents as in X.690 8.5). Written in base 2 with an odd mantissa, as X.690 11.3
 * has it; read in base 2, 8, 16 and 10.
 */
export const real = (): Type<number> => type;

/** The contents octet of a special value, -1 for the zero that has none. */
function specialOctet(value: number): number {
  if (value === Infinity) return plusInfinity;
  if (value === -Infinity) return minusInfinity;
  if (Number.isNaN(value)) return notANumber;
  return Object.is(value, -0) ? minusZero : -1;
}

/** Of 2, 8 and 16. */
const bitsOfBases = [1, 3, 4];

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
/** Which of the two words has sign and exponent, as this machine stores them. */
const highWord = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;

const trailingZeros = (word: number): number => 31 - Math.clz32(word & -word);

/** A finite number that is not zero, as an odd whole number times a power of two: in words of 32 bits, which is faster. */
function writeBinary(writer: BitWriter, value: number): void {
  float[0] = value;
  const high = words[highWord]!;
  const low = words[1 - highWord]!;
  const biased = (high >>> 20) & 0x7ff;
  const fraction = high & 0xfffff;
  const top = biased === 0 ? fraction : fraction | 0x100000;
  const zeros = low === 0 ? 32 + trailingZeros(top) : trailingZeros(low);
  const exponent = (biased === 0 ? 1 : biased) - 1075 + zeros;
  const exponentOctets = exponent >= -128 && exponent <= 127 ? 1 : 2;
  const oddHigh = zeros < 32 ? top >>> zeros : 0;
  // A shift by 32 would be one by none.
  const oddLow = zeros === 0 ? low : zeros < 32 ? (low >>> zeros) | (top << (32 - zeros)) : top >>> zeros;
  const bits = oddHigh === 0 ? 32 - Math.clz32(oddLow) : 64 - Math.clz32(oddHigh);
  // Padded: the seven octets of IEEE 754's 53 bits without those behind that are zero.
  const padded = writer.forms?.paddedReals !== undefined;
  const mantissaOctets = padded ? 7 - (zeros >>> 3) : (bits + 7) >>> 3;
  const length = 1 + exponentOctets + mantissaOctets;
  const head = (length << 8) | 0x80 | ((high >>> 25) & 0x40) | (exponentOctets - 1);
  if (exponentOctets === 1) writer.writeWords(0, (head << 8) | (exponent & 0xff), 3);
  else writer.writeWords(0, (head << 16) | (exponent & 0xffff), 4);
  writer.writeWords(oddHigh, oddLow, mantissaOctets);
}

/** `length` contents octets, at least one, known to be there. */
function readContents(reader: BitReader, length: number): number {
  const first = reader.readOctet();
  if ((first & 0xbf) === 0x80 && length >= 3 && length <= 9) {
    const value = readUsual(reader, length - 1);
    if (value >= 0) return first === 0x80 ? value : -value;
  }
  if (first >= 0x80) return readBinary(reader, first, length - 1);
  if (first < 0x40) return readDecimal(reader, first, length - 1);
  if (length > 1) reader.fail('ASN1_MALFORMED', `expected one octet of a special REAL, found ${length}`);
  if (first === plusInfinity) return Infinity;
  if (first === minusInfinity) return -Infinity;
  if (first === notANumber) return NaN;
  if (first === minusZero) return -0;
  return reader.fail(
    'ASN1_MALFORMED',
    `expected a special REAL of 0x40 to 0x43, found 0x${first.toString(16)}`,
  );
}

/**
 * What nearly all are: base 2, an exponent of one octet and a mantissa below 2^53, in `length` octets, 2 to 8.
 * @returns -1 for a larger mantissa, of which nothing is read
 */
function readUsual(reader: BitReader, length: number): number {
  const { octets } = reader;
  let index = reader.position >>> 3;
  const exponent = (octets[index]! << 24) >> 24;
  const first = octets[++index]!;
  if (length === 8 && first >= 0x20) return -1;
  if (first === 0) reader.toldForms().paddedReals = true;
  let high = 0;
  let low = 0;
  let left = length - 1;
  for (; left > 3; left--) high = (high << 8) | octets[index++]!;
  for (; left > 0; left--) low = (low << 8) | octets[index++]!;
  reader.position = index << 3;
  return (high * 0x1000000 + low) * powersOfTwo[exponent + 1074]!;
}

/** X.690 8.5.7: sign, base, scale and the exponent's length in `first`, then exponent and mantissa. */
function readBinary(reader: BitReader, first: number, length: number): number {
  let left = length;
  let exponentOctets = (first & 3) + 1;
  if (exponentOctets === 4 && left > 0) {
    exponentOctets = reader.readOctet();
    left--;
  }
  const baseBits = bitsOfBases[(first >>> 4) & 3];
  if (baseBits === undefined)
    reader.fail('ASN1_MALFORMED', 'expected REAL base 2, 8 or 16, found the reserved one');
  if (exponentOctets < 1 || exponentOctets >= left) {
    reader.fail(
      'ASN1_MALFORMED',
      `expected REAL exponent and mantissa in ${left} octets, found an exponent of ${exponentOctets}`,
    );
  }
  const exponent = readExponent(reader, exponentOctets) * baseBits + ((first >>> 2) & 3);
  if (reader.octets[reader.position >>> 3] === 0) reader.toldForms().paddedReals = true;
  const value = scaled(reader, left - exponentOctets, exponent);
  return (first & 0x40) === 0 ? value : -value;
}

/** Exponents of more than three octets are held to what three can say: infinitely large or small anyway. */
function readExponent(reader: BitReader, octets: number): number {
  const negative = reader.octets[reader.position >>> 3]! >= 0x80;
  const filler = negative ? 0xff : 0;
  let left = octets;
  let clipped = false;
  for (; left > 3; left--) clipped = reader.readOctet() !== filler || clipped;
  const low = reader.readUnsigned(left);
  if (clipped) return negative ? -0x800000 : 0x7fffff;
  return negative ? low - 256 ** left : low;
}

/** A mantissa of `octets` octets times 2^exponent. */
function scaled(reader: BitReader, octets: number, exponent: number): number {
  if (octets <= 6 || (octets === 7 && reader.octets[reader.position >>> 3]! < 0x20)) {
    return timesPowerOfTwo(reader.readUnsigned(octets), exponent);
  }
  const kept = Math.min(octets, maxMantissaOctets);
  let mantissa = 0n;
  for (let index = 0; index < kept; index++) mantissa = mantissa * 256n + BigInt(reader.readOctet());
  reader.skip((octets - kept) * 8);
  return timesPowerOfTwo(Number(mantissa), exponent + (octets - kept) * 8);
}

function timesPowerOfTwo(mantissa: number, exponent: number): number {
  const power = powersOfTwo[exponent + 1074];
  // Rounds once: the power is exact, and a product that is too small for its bits is rounded by the multiplication.
  if (power !== undefined) return mantissa * power;
  if (mantissa === 0) return 0;
  return exponent > 0
    ? mantissa * 2 ** 1023 * 2 ** (exponent - 1023)
    : mantissa * 2 ** -1074 * 2 ** (exponent + 1074);
}

/** X.690 8.5.8. */
function readDecimal(reader: BitReader, first: number, length: number): number {
  if (first < 1 || first > 3)
    reader.fail('ASN1_MALFORMED', `expected decimal REAL form 1 to 3, found ${first}`);
  let text = '';
  for (let index = 0; index < length; index++) text += String.fromCharCode(reader.readOctet());
  if (!decimalPattern.test(text)) reader.fail('ASN1_MALFORMED', 'expected a decimal REAL as in ISO 6093');
  return Number(text.replace(',', '.'));
}
