import fc from 'fast-check';
import { code, expectBoth, hex } from '../hex.fixture.js';
import { decodePer, encodePer, real } from '../index.js';

describe('REAL', () => {
  test.each([
    [0, '00'],
    [-0, '0143'],
    [Infinity, '0140'],
    [-Infinity, '0141'],
    [NaN, '0142'],
    [1, '03800001'],
    [-1, '03c00001'],
    [0.15625, '0380fb05'],
    [4, '03800201'],
    [2 ** 200, '048100c801'],
    [5e-324, '0481fbce01'],
    [1.7976931348623157e308, '0a8103cb1fffffffffffff'],
  ])('%p is written in base 2 with an odd mantissa', (value, digits) => expectBoth(real(), value, digits));

  test.each([
    ['base 2 with an even mantissa', '03800002', 2],
    ['base 8', '03900103', 24],
    ['base 16', '03a00103', 48],
    ['a scale factor', '03840001', 2],
    ['an exponent whose length is told', '0583 02 0001 03', 6],
    ['an exponent of three octets', '05820000 0103', 6],
  ])('%s is read', (_, digits, value) => {
    expect(decodePer(real(), hex(digits))).toBe(value);
  });

  test('exponents beyond all numbers give infinity and zero', () => {
    expect(decodePer(real(), hex('07 83 04 7fffffff 01'))).toBe(Infinity);
    expect(decodePer(real(), hex('07 83 04 80000000 01'))).toBe(0);
    expect(decodePer(real(), hex('05 81 0400 01 00'))).toBe(Infinity);
  });

  test('mantissas of more than 53 bits are rounded', () => {
    expect(decodePer(real(), hex('0a8000ffffffffffffffff'))).toBe(2 ** 64);
    expect(decodePer(real(), hex(`8102 8000 ${'ff'.repeat(256)}`))).toBe(Infinity);
  });

  test.each([
    ['0131', 1],
    ['022e35', 0.5],
    ['032d312c354532', -150],
    ['0120202b37', 7],
  ])('decimal %s is read', (contents, value) => {
    const length = (contents.length / 2).toString(16).padStart(2, '0');
    expect(decodePer(real(), hex(length + contents))).toBe(value);
  });

  test.each(['0144', '024000', '0180', '028000', '03b00001', '020178', '0104', '03830501'])(
    '%s is malformed',
    (digits) => {
      expect(() => decodePer(real(), hex(digits))).toThrow(code('ASN1_MALFORMED'));
    },
  );

  test('every number comes back', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        expect(decodePer(real(), encodePer(real(), value))).toBe(value);
      }),
    );
  });
});
