import { code, failure, hex, toHex } from '../hex.fixture.js';
import {
  bitString,
  decodePer,
  encodePer,
  ia5String,
  integer,
  octetString,
  openType,
  sequence,
  sequenceOf,
} from '../index.js';

const k16 = 16_384;
const filled = (length: number) => new Uint8Array(length).map((_, at) => at * 7);

/** The same items in fragments, made by hand. */
function inFragments(octets: Uint8Array, unit = 1): string {
  let digits = '';
  let at = 0;
  const count = octets.length / unit;
  while (count - at >= k16) {
    const units = Math.min(4, Math.floor((count - at) / k16));
    digits += (0xc0 | units).toString(16) + toHex(octets.subarray(at * unit, (at + units * k16) * unit));
    at += units * k16;
  }
  const rest = count - at;
  digits += rest < 128 ? rest.toString(16).padStart(2, '0') : (0x8000 | rest).toString(16);
  return digits + toHex(octets.subarray(at * unit));
}

const lengths = [
  k16 - 1,
  k16,
  k16 + 1,
  2 * k16,
  2 * k16 + 200,
  4 * k16 - 1,
  4 * k16,
  4 * k16 + 1,
  9 * k16 + 5,
];

test.each(lengths)('%d octets', (length) => {
  const octets = filled(length);
  expect(toHex(encodePer(octetString(), octets))).toBe(inFragments(octets));
  expect(toHex(decodePer(octetString(), hex(inFragments(octets))))).toBe(toHex(octets));
});

test.each(lengths)('%d characters, elements and octets of an open type', (length) => {
  const octets = filled(length).map((octet) => octet & 0x7f);
  const text = Array.from(octets, (octet) => String.fromCharCode(octet)).join('');
  expect(toHex(encodePer(ia5String(), text))).toBe(inFragments(octets));
  expect(decodePer(ia5String(), encodePer(ia5String(), text))).toBe(text);

  const numbers = sequenceOf(integer({ min: 0, max: 255 }));
  expect(toHex(encodePer(numbers, Array.from(octets)))).toBe(inFragments(octets));
  expect(toHex(Uint8Array.from(decodePer(numbers, hex(inFragments(octets)))))).toBe(toHex(octets));

  const open = openType(octetString(length));
  const value = filled(length);
  if (length < 65_536) expect(toHex(encodePer(open, value))).toBe(inFragments(value));
  expect(toHex(decodePer(open, encodePer(open, value)))).toBe(toHex(value));
});

test('bits are counted as bits', () => {
  const value = {
    octets: filled(k16 / 8 + 1).map((octet, at) => (at === k16 / 8 ? 0x80 : octet)),
    bits: k16 + 1,
  };
  const digits = `c1${toHex(value.octets.subarray(0, k16 / 8))}0180`;
  expect(toHex(encodePer(bitString(), value))).toBe(digits);
  expect(decodePer(bitString(), hex(digits))).toEqual(value);
});

test('sizes are checked when all fragments are there', () => {
  const digits = inFragments(filled(2 * k16));
  expect(() => decodePer(octetString({ min: 0, max: 70_000 }), hex(digits))).not.toThrow();
  expect(() => decodePer(octetString({ min: 40_000, max: 70_000 }), hex(digits))).toThrow(
    'expected 40000 to 70000 octets, found 32768',
  );
});

test('errors behind a fragment of an open type tell where they are in the whole input', () => {
  const type = openType(sequence({ a: octetString(20_000), b: integer({ min: 0, max: 256 }) }));
  const octets = encodePer(type, { a: filled(20_000), b: 1 });
  // One octet in front of the first fragment, two in front of the second.
  const at = 20_000 + 3;
  octets[at] = 0xff;
  expect(() => decodePer(type, octets)).toThrow(failure({ path: 'b', bitOffset: (at + 2) * 8 }));
});

test.each(['c0', 'c5', 'ff'])('a fragment of %s is malformed', (digits) => {
  expect(() => decodePer(octetString(), hex(digits))).toThrow(code('ASN1_MALFORMED'));
});
