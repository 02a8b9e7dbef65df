import fc from 'fast-check';
import {
  bitText,
  boolean,
  choice,
  decodePer,
  encodePer,
  flattened,
  fromHex,
  hexOctets,
  isHex,
  octetNumber,
  sequence,
  sizedNumber,
  toHex,
  type Type,
} from '../index.js';

function expectRoundTrip<T>(type: Type<T>, values: fc.Arbitrary<T>): void {
  fc.assert(fc.property(values, (value) => expect(decodePer(type, encodePer(type, value))).toEqual(value)));
}

describe('bits and octets', () => {
  it('are numbers that keep how many bits they have', () => {
    const type = sizedNumber(22, 32);
    const sized = fc
      .integer({ min: 22, max: 32 })
      .chain((bits) => fc.record({ value: fc.nat(2 ** bits - 1), bits: fc.constant(bits) }));
    expectRoundTrip(type, sized);
    expect(() => encodePer(type, { value: 1, bits: 21 })).toThrow('expected 22 to 32 bits, found 21');
    expect(() => encodePer(type, { value: 2 ** 22, bits: 22 })).toThrow('a whole number of 22 bits');
    expect(() => encodePer(type, null as never)).toThrow('expected an object, found null');
  });

  it('are texts where they are only compared', () => {
    expectRoundTrip(
      bitText(),
      fc.array(fc.constantFrom('0', '1')).map((bits) => bits.join('')),
    );
    expectRoundTrip(hexOctets(), fc.uint8Array().map(toHex));
    expect(() => encodePer(bitText(), '012')).toThrow('expected a text of 0 and 1, found "012"');
    expect(() => encodePer(hexOctets(), 'abc')).toThrow('expected octets in hexadecimal, found "abc"');
  });

  it('are texts however long they are', () => {
    // Longer than one piece of the text, and than a repeated group of a regular expression may be.
    const bits = '1011010'.repeat(10_000);
    expect(decodePer(bitText(), encodePer(bitText(), bits))).toBe(bits);
    const octets = Uint8Array.from({ length: 9_000_000 }, (_, at) => at);
    const text = toHex(octets);
    expect(text === Buffer.from(octets).toString('hex')).toBe(true);
    expect(Buffer.compare(fromHex(text), octets)).toBe(0);
  });

  it('are numbers where they are short', () => {
    expectRoundTrip(octetNumber(2), fc.integer({ min: 0, max: 65_535 }));
    expect(() => encodePer(octetNumber(2), 65_536)).toThrow('a whole number of 2 octets');
  });

  it.each([
    ['', true],
    ['0aF9', true],
    ['0', false],
    ['0g', false],
    [12, false],
  ])('%j in hexadecimal: %p', (text, expected) => expect(isHex(text)).toBe(expected));
});

describe('a flattened SEQUENCE', () => {
  const inner = sequence({ a: boolean(), b: boolean() });
  const ofFields = flattened(sequence({ inner, c: boolean() }), 'inner', ['a', 'b']);
  const ofAlternatives = flattened(
    sequence({ kind: choice({ one: boolean(), two: octetNumber(1) }), c: boolean() }),
    'kind',
    ['one', 'two'],
  );

  it('has the fields of the one inside beside its own, or the alternative', () => {
    expectRoundTrip(ofFields, fc.record({ a: fc.boolean(), b: fc.boolean(), c: fc.boolean() }));
    expectRoundTrip(
      ofAlternatives,
      fc.oneof(
        fc.record({ one: fc.boolean(), c: fc.boolean() }),
        fc.record({ two: fc.nat(255), c: fc.boolean() }),
      ),
    );
  });

  it.each([
    [{ inner: { a: true, b: true }, c: true }, 'expected the fields a, b, found "inner"'],
    [{ a: true, c: true }, 'inner.b: expected a value'],
    [{ a: true, b: true, c: true, d: true }, 'found "d"'],
    [null, 'expected an object'],
  ])('refuses %j', (value, words) => expect(() => encodePer(ofFields, value as never)).toThrow(words));
});
