import fc from 'fast-check';
import { E2smError, type MessageCodec } from './service-model.js';

/** Values of a message and nothing else than what its codec must keep. */
export interface MessageCase {
  readonly name: string;
  readonly codec: MessageCodec<unknown>;
  readonly values: fc.Arbitrary<unknown>;
}

export const messageCase = <T>(
  name: string,
  codec: MessageCodec<T>,
  values: fc.Arbitrary<NoInfer<T>>,
): MessageCase => ({ name, codec: codec, values });

/** An object some of whose fields may be left out. */
export function partly<T extends object, K extends keyof T>(
  model: { [P in keyof T]: fc.Arbitrary<T[P]> },
  ...keys: K[]
): fc.Arbitrary<Omit<T, K> & Partial<Pick<T, K>>> {
  const requiredKeys = (Object.keys(model) as (keyof T)[]).filter((key) => !keys.includes(key as K));
  return fc.record(model, { requiredKeys });
}

/** What holds of every message: it comes back as it was; damaged, it is read or refused in words, and no more. */
export function describeMessages(cases: readonly MessageCase[]): void {
  describe.each(cases)('$name', ({ codec, values }) => {
    it('comes back as it was, by the same octets', () => {
      fc.assert(
        fc.property(values, (value) => {
          const octets = codec.encode(value);
          expect(codec.decode(octets)).toEqual(value);
          expect(codec.encode(codec.decode(octets))).toEqual(octets);
        }),
      );
    });

    it('is read or refused wherever it is cut', () => {
      const encodings = fc.sample(values, { numRuns: 20, seed: 7 }).map((value) => codec.encode(value));
      for (const whole of encodings.sort((a, b) => a.length - b.length).slice(0, 5)) {
        for (let end = 0; end < whole.length; end++) readOrRefuse(codec, whole.subarray(0, end));
      }
    });

    it('is read or refused however it is changed', () => {
      const mutation = fc.record({ at: fc.nat(), cut: fc.nat(4), put: fc.uint8Array({ maxLength: 3 }) });
      fc.assert(
        fc.property(values, fc.array(mutation, { minLength: 1, maxLength: 3 }), (value, mutations) => {
          let octets = codec.encode(value);
          for (const { at, cut, put } of mutations) {
            const start = at % (octets.length + 1);
            octets = Uint8Array.from([...octets.subarray(0, start), ...put, ...octets.subarray(start + cut)]);
          }
          readOrRefuse(codec, octets);
        }),
        { numRuns: 200 },
      );
    });

    it('is read or refused whatever octets it is', () => {
      fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (octets) => readOrRefuse(codec, octets)));
    });
  });
}

/** Fails on anything but a value that encodes again, or an {@link E2smError} with words in it. */
function readOrRefuse(codec: MessageCodec<unknown>, octets: Uint8Array): void {
  let value: unknown;
  try {
    value = codec.decode(octets);
  } catch (error) {
    if (!(error instanceof E2smError) || error.message === '') throw error;
    return;
  }
  const again = codec.encode(value);
  expect(codec.encode(codec.decode(again))).toEqual(again);
}
