import { code, expectBoth, failure, hex } from '../hex.fixture.js';
import {
  boolean,
  choice,
  containing,
  decodePer,
  encodePer,
  enumerated,
  group,
  type Infer,
  integer,
  lazy,
  mapped,
  named,
  nullType,
  octetString,
  openType,
  optional,
  sequence,
  sequenceOf,
  type Type,
  withDefault,
} from '../index.js';

describe('ENUMERATED', () => {
  const type = enumerated(['one', 'two', 'four'], { extensions: ['six', 'nine'] });
  const many = enumerated(['a'], { extensions: Array.from({ length: 70 }, (_, at) => `x${at}`) });

  test('values and extension values', () => {
    expectBoth(enumerated(['only']), 'only', '00');
    expectBoth(type, 'two', '20');
    expectBoth(type, 'nine', '81');
    expectBoth(many, 'x63', 'bf');
    expectBoth(many, 'x64', 'c00140');
  });

  test('unknown values are refused, or kept if so told', () => {
    expect(() => encodePer(type, 'ten' as 'one')).toThrow(
      'expected one of one, two, four, six, nine, found "ten"',
    );
    expect(() => decodePer(type, hex('60'))).toThrow(code('ASN1_CONSTRAINT'));
    expect(() => decodePer(type, hex('8f'))).toThrow(code('ASN1_UNKNOWN_EXTENSION'));
    expectBoth(enumerated(['a', 'b'], { extensions: ['c'], keepUnknown: true }), 'unknown-14', '8e');
  });

  test('a kept unknown value is an extension that the schema does not have', () => {
    const kept = enumerated(['a', 'b'], { extensions: ['c'], keepUnknown: true });
    expect(() => encodePer(kept, 'unknown-0')).toThrow(code('ASN1_SHAPE'));
  });
});

describe('SEQUENCE', () => {
  test('optional and default fields', () => {
    const type = sequence({
      a: optional(integer({ min: 0, max: 15 })),
      b: withDefault(boolean(), true),
      c: withDefault(sequenceOf(boolean()), [true]),
    });
    expectBoth(type, { b: true, c: [true] }, '00');
    expectBoth(type, { a: 5, b: false, c: [] }, 'ea00');
    const one = decodePer(type, hex('00'));
    one.c.push(false);
    expect(decodePer(type, hex('00')).c).toEqual([true]);
  });

  test('additions, alone and in groups', () => {
    const type = sequence(
      { a: boolean() },
      {
        b: boolean(),
        more: group({ c: optional(boolean()), d: boolean() }),
        e: withDefault(boolean(), true),
      },
    );
    expectBoth(type, { a: true, e: true }, '40');
    expectBoth(type, { a: true, b: true, e: true }, 'c140 0180');
    expectBoth(type, { a: true, c: true, d: true, e: false }, 'c130 01e0 0100');
  });

  test('additions of a newer schema are skipped', () => {
    const newer = sequence(
      { a: boolean() },
      { b: octetString(), c: group({ d: boolean() }), e: octetString() },
    );
    const older = sequence({ a: boolean() }, { b: octetString() });
    const octets = encodePer(newer, { a: true, b: hex('01'), d: true, e: hex('02') });
    expect(decodePer(older, octets)).toEqual({ a: true, b: hex('01') });
    expect(decodePer(sequence({ a: boolean() }, {}), octets)).toEqual({ a: true });
    expect(decodePer(newer, encodePer(older, { a: true, b: hex('01') }))).toEqual({ a: true, b: hex('01') });
  });

  test('more than 64 additions and more than 24 optional fields', () => {
    const names = Array.from({ length: 70 }, (_, at) => `x${at}`);
    const fields = Object.fromEntries(names.map((name) => [name, optional(boolean())]));
    const value = { x0: true, x33: false, x69: true };
    for (const type of [sequence(fields), sequence({}, fields)]) {
      expect(decodePer(type, encodePer(type, value))).toEqual(value);
    }
    expect(encodePer(sequence({}, fields), value).length).toBe(2 + 9 + 3 * 2);
  });

  test.each([null, [], 5, 'x', {}, { a: true, z: 1 }, { a: 1 }])('refuses %p', (value) => {
    expect(() => encodePer(sequence({ a: boolean() }), value as never)).toThrow(code('ASN1_SHAPE'));
  });

  test('a group needs its mandatory fields', () => {
    const type = sequence({}, { more: group({ a: boolean(), b: boolean() }) });
    expect(() => encodePer(type, { a: true })).toThrow('b: expected a value, found undefined');
  });
});

describe('CHOICE', () => {
  const type = choice({ a: nullType(), b: integer({ min: 0, max: 15 }) }, { c: boolean() });

  test('alternatives and extensions', () => {
    expectBoth(choice({ only: boolean() }), { only: true }, '80');
    expectBoth(type, { a: null }, '00');
    expectBoth(type, { b: 15 }, '7c');
    expectBoth(type, { c: true }, '800180');
  });

  test('an unknown extension is refused', () => {
    expect(() => decodePer(type, hex('810180'))).toThrow(code('ASN1_UNKNOWN_EXTENSION'));
  });

  test.each([null, {}, { a: null, b: 1 }, { d: 1 }, 'a', []])('refuses %p', (value) => {
    expect(() => encodePer(type, value as never)).toThrow(code('ASN1_SHAPE'));
  });
});

describe('SEQUENCE OF', () => {
  test('sizes', () => {
    const bit = boolean();
    expectBoth(sequenceOf(bit), [true, true], '02c0');
    expectBoth(sequenceOf(bit, 3), [true, false, true], 'a0');
    expectBoth(sequenceOf(bit, { min: 1, max: 4 }), [true, false, true], 'a8');
    expectBoth(sequenceOf(bit, { min: 1, max: 65_535 }), [true], '000080');
    expectBoth(sequenceOf(bit, { min: 1, max: 2, extensible: true }), [true, true, true], '8003e0');
    expect(() => encodePer(sequenceOf(bit, 3), [true])).toThrow('expected 3 elements, found 1');
    expect(() => encodePer(sequenceOf(bit), 'x' as never)).toThrow(code('ASN1_SHAPE'));
  });
});

test('an open type is a complete encoding of its own, and so is a contained one', () => {
  const type = sequence({ a: boolean(), b: openType(nullType()), c: containing(boolean()), d: boolean() });
  expectBoth(type, { a: true, b: null, c: true, d: true }, '800100 018080');
  expect(() => decodePer(openType(boolean()), hex('028000'))).toThrow(code('ASN1_TRAILING'));
  expect(decodePer(openType(boolean()), hex('028000'), { allowTrailing: true })).toBe(true);
  expect(() => decodePer(openType(boolean()), hex('00'))).toThrow(code('ASN1_TRUNCATED'));
});

test('a complete encoding is at least one octet and ends where it ends', () => {
  expect(encodePer(nullType(), null)).toEqual(hex('00'));
  expect(() => decodePer(nullType(), hex(''))).toThrow(code('ASN1_TRUNCATED'));
  expect(() => decodePer(boolean(), hex('8000'))).toThrow(
    'expected the end of the encoding, found 1 more octets',
  );
  expect(decodePer(boolean(), hex('8000'), { allowTrailing: true })).toBe(true);
});

describe('recursive types', () => {
  interface Node {
    value: number;
    next?: Node;
  }
  const node: Type<Node> = sequence({
    value: integer({ min: 0, max: 127 }),
    next: optional(lazy(() => node)),
  });
  const chain = (length: number): Node => ({ value: 1, ...(length > 1 && { next: chain(length - 1) }) });

  test('come back up to 64 deep', () => {
    expect(decodePer(node, encodePer(node, chain(65)))).toEqual(chain(65));
    expect(() => encodePer(node, chain(66))).toThrow(code('ASN1_DEPTH'));
  });

  test('are refused beyond the depth allowed, however long the input', () => {
    expect(() => decodePer(node, new Uint8Array(100_000).fill(0xff))).toThrow(code('ASN1_DEPTH'));
    expect(() => decodePer(node, encodePer(node, chain(4)), { maxDepth: 2 })).toThrow(
      'next.next.next: expected',
    );
  });
});

test('a mapped type has its errors in words and with a path', () => {
  const even = mapped(integer({ min: 0, max: 255 }), {
    fromWire: (wire) => {
      if (wire % 2 === 1) throw new RangeError('expected an even number');
      return wire / 2;
    },
    toWire: (value: number) => value * 2,
  });
  const type = named('Message', sequence({ list: sequenceOf(sequence({ even })) }));
  expectBoth(type, { list: [{ even: 3 }] }, '0106');
  expect(() => decodePer(type, hex('020605'))).toThrow(
    failure({
      code: 'ASN1_MAPPING',
      path: 'Message.list[1].even',
      bitOffset: 16,
      message: 'Message.list[1].even: expected an even number (at bit 16)',
      cause: expect.any(RangeError),
    }),
  );
  expect(() => encodePer(type, { list: [{ even: 200 }] })).toThrow(
    'Message.list[0].even: expected an integer, 0 to 255, found 400',
  );
});

test('types are inferred', () => {
  const type = sequence(
    {
      a: integer(),
      b: optional(choice({ x: boolean(), y: nullType() })),
      c: withDefault(enumerated(['p', 'q']), 'p'),
    },
    { d: octetString(), g: group({ e: boolean(), f: optional(integer()) }) },
  );
  const value: Infer<typeof type> = { a: 1, b: { x: true }, c: 'q', e: true };
  const exact: {
    a: number;
    b?: { x: boolean } | { y: null };
    c: 'p' | 'q';
    d?: Uint8Array;
    e?: boolean;
    f?: number;
  } = value;
  expect(decodePer(type, encodePer(type, value))).toEqual(exact);
});

test('schemas that can not be are refused when they are made', () => {
  expect(() => enumerated(['a', 'a'])).toThrow(code('ASN1_SCHEMA'));
  expect(() => integer({ min: 2, max: 1 })).toThrow(code('ASN1_SCHEMA'));
  expect(() => octetString({ min: 3, max: 2 })).toThrow(code('ASN1_SCHEMA'));
  expect(() => choice({})).toThrow(code('ASN1_SCHEMA'));
  expect(() => sequence({ a: boolean() }, { a: boolean() })).toThrow(code('ASN1_SCHEMA'));
});
