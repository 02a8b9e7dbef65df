import { code, expectBoth, hex } from '../hex.fixture.js';
import {
  bitNumber,
  bitString,
  boolean,
  decodePer,
  encodePer,
  ia5String,
  numericString,
  objectIdentifier,
  octetString,
  printableString,
  sequence,
  type Type,
  utf8String,
  visibleString,
} from '../index.js';

const bits = (digits: string, count: number) => ({ octets: hex(digits), bits: count });
/** Behind one bit, so that it shows where the value is aligned. */
const behindBit = <T>(type: Type<T>) => sequence({ a: boolean(), b: type, c: boolean() });

describe('BIT STRING', () => {
  test.each<[string, Type<ReturnType<typeof bits>>, ReturnType<typeof bits>, string]>([
    ['unbounded', bitString(), bits('40', 4), '0440'],
    ['empty', bitString(), bits('', 0), '00'],
    ['fixed', bitString(9), bits('1280', 9), '1280'],
    ['bounded', bitString({ min: 5, max: 7 }), bits('34', 6), '4034'],
    ['22 to 32, a gNB id', bitString({ min: 22, max: 32 }), bits('00066c00', 32), 'a000066c00'],
    ['extensible, in the root', bitString({ min: 1, max: 160, extensible: true }), bits('80', 1), '000080'],
    ['extensible, outside', bitString({ min: 1, max: 2, extensible: true }), bits('e0', 3), '8003e0'],
  ])('%s', (_, type, value, digits) => expectBoth(type, value, digits));

  test('fixed ones up to 16 bits lie anywhere, others at octet boundaries', () => {
    expectBoth(behindBit(bitString(16)), { a: true, b: bits('7f01', 16), c: true }, 'bf80c0');
    expectBoth(behindBit(bitString(17)), { a: true, b: bits('7f0180', 17), c: true }, '807f01c0');
    expectBoth(behindBit(bitString({ min: 0, max: 3 })), { a: true, b: bits('', 0), c: true }, '90');
    expectBoth(behindBit(bitString({ min: 0, max: 3 })), { a: true, b: bits('c0', 2), c: true }, 'c0e0');
  });

  test('what is left of the last octet does not matter', () => {
    expect(decodePer(bitString(9), hex('12ff'))).toEqual(bits('1280', 9));
    expect(encodePer(bitString(9), bits('12ff', 9))).toEqual(hex('1280'));
  });

  test('as a number', () => {
    expectBoth(behindBit(bitNumber(10)), { a: true, b: 0x201, c: true }, 'c030');
    expectBoth(behindBit(bitNumber(36)), { a: true, b: 0xfffffffff, c: true }, '80fffffffff8');
    expect(() => encodePer(bitNumber(10), 1024)).toThrow('expected a whole number below 2^10, found 1024');
  });

  test.each([
    null,
    {},
    { octets: [1], bits: 8 },
    { octets: hex('01'), bits: 9 },
    { octets: hex('01'), bits: 0 },
  ])('refuses %p', (value) => {
    expect(() => encodePer(bitString(), value as never)).toThrow(code('ASN1_SHAPE'));
  });
});

describe('OCTET STRING', () => {
  test.each<[string, Type<Uint8Array>, string, string]>([
    ['unbounded', octetString(), '00', '0100'],
    ['beyond 127', octetString(), '00'.repeat(500), `81f4${'00'.repeat(500)}`],
    ['fixed', octetString(3), 'abcdef', 'abcdef'],
    ['bounded', octetString({ min: 3, max: 7 }), '89abcdef', '2089abcdef'],
    ['extensible, outside', octetString({ min: 1, max: 2, extensible: true }), 'abcdef', '8003abcdef'],
    ['fixed below 64K', octetString(65_535), '01'.repeat(65_535), '01'.repeat(65_535)],
  ])('%s', (_, type, value, digits) => expectBoth(type, hex(value), digits));

  test('fixed ones up to two octets lie anywhere, others at octet boundaries', () => {
    expectBoth(behindBit(octetString(2)), { a: true, b: hex('3456'), c: true }, '9a2b40');
    expectBoth(behindBit(octetString(3)), { a: true, b: hex('000102'), c: true }, '8000010280');
    expectBoth(behindBit(octetString({ min: 0, max: 2 })), { a: true, b: hex(''), c: true }, '90');
  });

  test('decoded octets are not the input’s', () => {
    const input = hex('0101');
    const value = decodePer(octetString(), input);
    input[1] = 2;
    expect(value).toEqual(hex('01'));
    const buffer = Buffer.from('0101', 'hex');
    const ofBuffer = decodePer(octetString(), buffer);
    buffer[1] = 2;
    expect(ofBuffer).toEqual(hex('01'));
  });
});

describe('character strings', () => {
  test.each<[string, Type<string>, string, string]>([
    ['unbounded', ia5String(), 'bar', '03626172'],
    ['bounded and extensible', printableString({ min: 1, max: 150, extensible: true }), 'DRB', '010044 5242'],
    ['digits take four bits', numericString(3), '123', '2340'],
    ['an alphabet of two takes one bit', visibleString(8, '01'), '10000001', '81'],
    ['an alphabet of one takes none', visibleString(3, 'x'), 'xxx', '00'],
    ['UTF-8', utf8String(), 'Zoë €', '085a6fc3ab20e282ac'],
    ['empty', utf8String(), '', '00'],
  ])('%s', (_, type, value, digits) => expectBoth(type, value, digits));

  test('short ones lie anywhere; of exactly 16 bits only fixed ones do', () => {
    expectBoth(behindBit(ia5String(2)), { a: true, b: 'AB', c: true }, 'a0a140');
    expectBoth(behindBit(ia5String({ min: 1, max: 2 })), { a: true, b: 'A', c: true }, '804180');
    expectBoth(behindBit(ia5String({ min: 0, max: 9 })), { a: true, b: '', c: true }, '84');
  });

  test('what vendors put into a PrintableString is read and sent on', () => {
    expectBoth(printableString(), '>ÿ\0', '033eff00');
    expect(() => encodePer(printableString(), '€')).toThrow('expected characters of 8 bits, found "€"');
  });

  test('what an alphabet does not have is refused', () => {
    expect(() => encodePer(numericString(), '1a')).toThrow(
      'expected characters of " 0123456789", found "1a"',
    );
    expect(() => decodePer(numericString(1), hex('b0'))).toThrow('found number 11');
  });

  test('UTF-8 that is none is refused both ways', () => {
    expect(() => decodePer(utf8String(), hex('01ff'))).toThrow('expected UTF-8');
    expect(() => encodePer(utf8String(), '\ud800')).toThrow('expected well-formed Unicode');
  });
});

describe('OBJECT IDENTIFIER', () => {
  test.each([
    ['1.2', '012a'],
    ['1.2.333', '032a824d'],
    ['2.999.0', '03883700'],
    ['1.3.6.1.4.1.53148.1.2.2.2', '0c2b0601040183 9f1c01020202'],
    ['2.25.340282366920938463463374607431768211455', '1469 83ffffffffffffffffffffffffffffffffff7f'],
  ])('%s', (value, digits) => expectBoth(objectIdentifier(), value, digits));

  test.each(['', '1', '3.1', '1.40', '1.2.x', '1..2', '1.02', 7])('refuses to write %p', (value) => {
    expect(() => encodePer(objectIdentifier(), value as string)).toThrow(/object identifier|second arc/);
  });

  test.each(['00', '0281 80', `14${'ff'.repeat(20)}`])('refuses to read %s', (digits) => {
    expect(() => decodePer(objectIdentifier(), hex(digits))).toThrow(/object identifier|arcs/);
  });
});
