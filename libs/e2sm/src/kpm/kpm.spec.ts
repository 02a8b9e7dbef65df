import fc from 'fast-check';
import { E2smError } from '../service-model.js';
import { type DialectCodec, type KpmDialect } from './dialect.js';
import { kpm } from './kpm.js';
import { kpmValues } from './kpm-values.fixture.js';

interface Case {
  readonly name: string;
  readonly codec: DialectCodec<object>;
  readonly values: fc.Arbitrary<object>;
  /** Absent for a message that is the same in all. */
  readonly dialect?: KpmDialect;
}

const cases: readonly Case[] = Object.entries(kpmValues).flatMap(([name, values]): Case[] => {
  const codec = kpm[name as keyof typeof kpmValues] as DialectCodec<object>;
  if (values instanceof fc.Arbitrary) return [{ name, codec, values }];
  return Object.entries(values).map(([dialect, of]) => ({
    name: `${name} in ${dialect}`,
    codec,
    dialect: dialect as KpmDialect,
    values: dialect === 'v3' ? of : (of).map((value) => ({ dialect, ...value })),
  }));
});

/** Fails on anything but a value that encodes again, or an E2smError with words in it. */
function decodeOrRefuse(codec: DialectCodec<object>, octets: Uint8Array): void {
  let value: object;
  try {
    value = codec.decode(octets);
  } catch (error) {
    if (!(error instanceof E2smError) || error.message === '') throw error;
    return;
  }
  const again = codec.encode(value);
  expect(codec.encode(codec.decode(again))).toEqual(again);
}

describe.each(cases)('KPM $name', ({ codec, values, dialect }) => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(codec.decode(codec.encode(value), { dialect })).toEqual(value);
      }),
    );
  });

  it('is read or refused wherever it is cut', () => {
    const encodings = fc.sample(values, { numRuns: 20, seed: 7 }).map((value) => codec.encode(value));
    for (const whole of encodings.sort((a, b) => a.length - b.length).slice(0, 5)) {
      for (let end = 0; end < whole.length; end++) decodeOrRefuse(codec, whole.subarray(0, end));
    }
  });

  it('is read or refused however it is changed', () => {
    const mutation = fc.record({
      at: fc.nat(),
      cut: fc.nat(3),
      put: fc.uint8Array({ maxLength: 3 }),
      flip: fc.nat(255),
    });
    fc.assert(
      fc.property(values, fc.array(mutation, { minLength: 1, maxLength: 3 }), (value, mutations) => {
        let octets = codec.encode(value);
        for (const { at, cut, put, flip } of mutations) {
          const start = at % octets.length;
          octets[start]! ^= flip;
          octets = Uint8Array.from([...octets.subarray(0, start), ...put, ...octets.subarray(start + cut)]);
          if (octets.length === 0) octets = Uint8Array.of(0);
        }
        decodeOrRefuse(codec, octets);
      }),
      { numRuns: 300 },
    );
  });

  it('is refused when it is another value altogether', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        try {
          codec.encode(value as object);
        } catch (error) {
          if (!(error instanceof E2smError) || error.message === '') throw error;
        }
      }),
    );
  });
});
