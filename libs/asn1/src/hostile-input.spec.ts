import fc from 'fast-check';
import {
  Asn1Error,
  BitReader,
  BitWriter,
  boolean,
  decodePer,
  encodePer,
  integer,
  nullType,
  octetString,
  sequence,
  sequenceOf,
  type Type,
} from './index.js';
import { code, hex } from './hex.fixture.js';
import { typesWithValues } from './random-schema.fixture.js';

/** A value or an Asn1Error, nothing else. */
function onlyAsn1Errors(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
  }
}

test('random values of random types come back, in no fewer bits than the type says', () => {
  fc.assert(
    fc.property(typesWithValues, ({ type, value }) => {
      const writer = new BitWriter(1);
      type.encode(writer, value);
      expect(writer.position).toBeGreaterThanOrEqual(type.minBits);
      const octets = encodePer(type, value);
      const decoded = decodePer(type, octets);
      expect(decoded).toEqual(value);
      expect(encodePer(type, decoded)).toEqual(octets);
    }),
    { numRuns: 800 },
  );
});

test('input cut at any bit gives a value or an Asn1Error', () => {
  fc.assert(
    fc.property(typesWithValues, ({ type, value }) => {
      const octets = encodePer(type, value);
      const step = Math.max(1, octets.length >> 3);
      for (let length = 0; length < octets.length * 8; length += step) {
        onlyAsn1Errors(() => {
          const reader = new BitReader(octets);
          reader.limit = length;
          type.decode(reader);
        });
        if ((length & 7) === 0) onlyAsn1Errors(() => decodePer(type, octets.subarray(0, length >> 3)));
      }
    }),
    { numRuns: 200 },
  );
});

test('mutated input gives a value or an Asn1Error', () => {
  const mutation = fc.record({ at: fc.nat(), octet: fc.nat(255) });
  fc.assert(
    fc.property(
      typesWithValues,
      fc.array(fc.array(mutation, { maxLength: 6 }), { maxLength: 40 }),
      (one, all) => {
        const octets = encodePer(one.type, one.value);
        for (const mutations of all) {
          const mutated = octets.slice();
          for (const { at, octet } of mutations) mutated[at % mutated.length] = octet;
          onlyAsn1Errors(() => decodePer(one.type, mutated, { allowTrailing: true }));
        }
      },
    ),
    { numRuns: 800 },
  );
});

test('octets that are no encoding at all give a value or an Asn1Error', () => {
  fc.assert(
    fc.property(typesWithValues, fc.uint8Array({ maxLength: 64 }), ({ type }, octets) => {
      onlyAsn1Errors(() => decodePer(type, octets));
    }),
    { numRuns: 800 },
  );
});

test('values of any other shape give octets or an Asn1Error', () => {
  fc.assert(
    fc.property(
      typesWithValues,
      fc.anything({ withBigInt: true, withTypedArray: true }),
      ({ type }, value) => {
        onlyAsn1Errors(() => encodePer(type, value));
        onlyAsn1Errors(() => encodePer(sequence({ r0: type, r1: type }), { r0: value, r1: value }));
      },
    ),
    { numRuns: 800 },
  );
});

describe('counts and lengths that lie', () => {
  const many = { min: 1, max: 65_535 };
  const numbers: Type<number[]> = sequenceOf(integer({ min: 0, max: 255 }), many);

  test('are refused before anything is made', () => {
    expect(() => decodePer(numbers, hex('fffe 01'))).toThrow(
      'expected 524280 more bits, found the end after 8 (at bit 16)',
    );
    expect(() => decodePer(octetString(), hex('c4 01'))).toThrow(code('ASN1_TRUNCATED'));
    expect(() => decodePer(sequenceOf(boolean()), hex('bfff ff'))).toThrow(code('ASN1_TRUNCATED'));
  });

  test('are bounded for elements that take no bits', () => {
    const nulls = sequenceOf(nullType());
    expect(decodePer(nulls, hex('c4 00'))).toHaveLength(65_536);
    expect(() => decodePer(nulls, hex('c4 c4 00'))).toThrow(code('ASN1_TOO_LARGE'));
    expect(() => decodePer(sequenceOf(nulls, many), hex('0002 c100 c400 00'))).toThrow(
      code('ASN1_TOO_LARGE'),
    );
  });
});

test('an error in an encoding leaves the next one alone', () => {
  const type = sequence({ a: boolean(), b: octetString(2) });
  const good = encodePer(type, { a: true, b: hex('0102') });
  expect(() => encodePer(type, { a: true, b: hex('01') })).toThrow('b: expected 2 octets, found 1');
  expect(encodePer(type, { a: true, b: hex('0102') })).toEqual(good);
});
