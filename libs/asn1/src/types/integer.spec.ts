import fc from 'fast-check';
import { code, expectBoth, failure, hex } from '../hex.fixture.js';
import { bigInteger, boolean, decodePer, encodePer, integer, sequence, type Type } from '../index.js';

describe('INTEGER', () => {
  test.each<[string, Type<number>, number, string]>([
    ['a range of one takes no bits', integer({ min: 7, max: 7 }), 7, '00'],
    ['a range up to 255 is a bit-field', integer({ min: 5, max: 99 }), 99, 'bc'],
    ['a range of 255 is one of 8 bits', integer({ min: 0, max: 254 }), 253, 'fd'],
    ['a range of 256 is an octet', integer({ min: 0, max: 255 }), 253, 'fd'],
    ['a range of 257 is two octets', integer({ min: 0, max: 256 }), 253, '00fd'],
    ['a range of 64K is two octets', integer({ min: 0, max: 65535 }), 65535, 'ffff'],
    ['a range beyond has a length', integer({ min: 0, max: 65536 }), 253, '00fd'],
    ['of as many octets as needed', integer({ min: 0, max: 65536 }), 256, '400100'],
    ['up to those of the largest', integer({ min: 0, max: 65536 }), 65536, '80010000'],
    ['beyond 32 bits too', integer({ min: 0, max: 1e10 }), 1e10, '8002540be400'],
    ['up to 2^53', integer({ min: 0, max: 2 ** 53 - 1 }), 2 ** 53 - 1, 'c01fffffffffffff'],
    ['with a negative bound', integer({ min: -10, max: 400 }), -9, '0001'],
    ['semi-constrained: the distance', integer({ min: -1 }), 4096, '021001'],
    ['semi-constrained: no sign', integer({ min: 0 }), 128, '0180'],
    ['unconstrained: 127', integer(), 127, '017f'],
    ['unconstrained: 128 needs its sign', integer(), 128, '020080'],
    ['unconstrained: -128', integer(), -128, '0180'],
    ['unconstrained: -129', integer(), -129, '02ff7f'],
    ['unconstrained: 0', integer(), 0, '0100'],
    ['unconstrained: 2^53 - 1', integer(), 2 ** 53 - 1, '071fffffffffffff'],
    ['unconstrained: 1 - 2^53', integer(), 1 - 2 ** 53, '07e0000000000001'],
    ['only an upper bound is unconstrained', integer({ max: 5 }), -2, '01fe'],
    ['extensible, in the root', integer({ min: 5, max: 99, extensible: true }), 99, '5e'],
    ['extensible, outside', integer({ min: 5, max: 99, extensible: true }), 103, '800167'],
  ])('%s', (_, type, value, digits) => expectBoth(type, value, digits));

  test('fields of whole octets begin at an octet boundary, bit-fields do not', () => {
    const type = sequence({
      a: boolean(),
      b: integer({ min: 0, max: 254 }),
      c: integer({ min: 0, max: 255 }),
      d: boolean(),
      e: integer({ min: 0, max: 256 }),
    });
    expectBoth(type, { a: false, b: 253, c: 253, d: false, e: 253 }, '7e80fd0000fd');
  });

  test('longer encodings than needed are read', () => {
    expect(decodePer(integer(), hex('0a00000000000000000001'))).toBe(1);
    expect(decodePer(integer(), hex('09ffffffffffffffffff'))).toBe(-1);
  });

  test.each<[string, Type<number>, string, string]>([
    ['above the range', integer({ min: 5, max: 99 }), 'be', 'ASN1_CONSTRAINT'],
    ['above two octets', integer({ min: 0, max: 256 }), '0101', 'ASN1_CONSTRAINT'],
    ['no octets', integer(), '00', 'ASN1_MALFORMED'],
    ['beyond 2^53', integer(), '0720000000000000', 'ASN1_CONSTRAINT'],
    ['far beyond 2^53', integer({ min: 0 }), '080100000000000000', 'ASN1_CONSTRAINT'],
    ['a length beyond the input', integer(), '0400', 'ASN1_TRUNCATED'],
    ['a bad length of a large range', integer({ min: 0, max: 65536 }), 'c000000000', 'ASN1_MALFORMED'],
  ])('refuses to read %s', (_, type, digits, code) => {
    expect(() => decodePer(type, hex(digits))).toThrow(failure({ code }));
  });

  test.each([1.5, NaN, '3', null, undefined, 2n, 2 ** 53])('refuses to write %p', (value) => {
    expect(() => encodePer(integer(), value as number)).toThrow(code('ASN1_SHAPE'));
  });

  test('every range and value comes back', () => {
    const safe = fc.maxSafeInteger();
    fc.assert(
      fc.property(safe, safe, safe, fc.boolean(), (a, b, c, extensible) => {
        const [min, value, max] = [a, b, c].sort((x, y) => x - y) as [number, number, number];
        for (const type of [integer(), ...(max - min < 2 ** 53 ? [integer({ min, max, extensible })] : [])]) {
          expect(decodePer(type, encodePer(type, value))).toBe(value);
        }
      }),
    );
  });
});

describe('INTEGER as a bigint', () => {
  test.each<[string, Type<bigint>, bigint, string]>([
    ['unconstrained', bigInteger(), -(2n ** 64n), '09ff0000000000000000'],
    ['needing its sign', bigInteger(), 2n ** 63n, '09008000000000000000'],
    ['semi-constrained', bigInteger({ min: 0n }), 2n ** 64n - 1n, '08ffffffffffffffff'],
    ['constrained', bigInteger({ min: 0n, max: 2n ** 64n - 1n }), 2n ** 40n, 'a0010000000000'],
  ])('%s', (_, type, value, digits) => expectBoth(type, value, digits));

  test('is written as the number is', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(encodePer(bigInteger(), BigInt(value))).toEqual(encodePer(integer(), value));
        expect(decodePer(bigInteger(), encodePer(integer(), value))).toBe(BigInt(value));
      }),
    );
  });

  test('has at most 1024 octets', () => {
    const longest = 2n ** 8191n - 1n;
    expect(decodePer(bigInteger(), encodePer(bigInteger(), longest))).toBe(longest);
    const words = 'expected an integer of at most 1024 octets, found one of 1025';
    expect(() => encodePer(bigInteger(), longest + 1n)).toThrow(words);
    const octets = Uint8Array.of(0x84, 0x01, ...new Uint8Array(1025).fill(1));
    expect(() => decodePer(bigInteger(), octets)).toThrow(`${words} (at bit 8216)`);
  });
});
