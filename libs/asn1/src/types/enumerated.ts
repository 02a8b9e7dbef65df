import { Asn1Error } from '../asn1-error.js';
import {
  constrainedMinBits,
  constrainedReader,
  constrainedWriter,
  readNormallySmall,
  writeNormallySmall,
} from '../per/whole-number.js';
import { defineType, refuse, type Type } from '../type.js';

/** Values added behind `...`, in their order; `[]` for an extensible type that has none yet. */
export interface EnumeratedExtensions<E extends string> {
  readonly extensions: readonly E[];
}

/** What `keepUnknown` makes of an extension value that the schema does not have, by its index. */
export type UnknownEnumerated = `unknown-${number}`;

const unknownPattern = /^unknown-(0|[1-9][0-9]{0,9})$/;
const maxUnknown = 2 ** 32 - 1;

/**
 * ENUMERATED as string literals (X.691 14): the root's values in the order of their numbers, as the standard
 * sorts them. Without `keepUnknown` an unknown extension value is an ASN1_UNKNOWN_EXTENSION.
 */
export function enumerated<const R extends string>(values: readonly R[]): Type<R>;
export function enumerated<const R extends string, const E extends string>(
  values: readonly R[],
  options: EnumeratedExtensions<E> & { readonly keepUnknown: true },
): Type<R | E | UnknownEnumerated>;
export function enumerated<const R extends string, const E extends string>(
  values: readonly R[],
  options: EnumeratedExtensions<E>,
): Type<R | E>;
export function enumerated(
  values: readonly string[],
  options?: EnumeratedExtensions<string> & { readonly keepUnknown?: boolean },
): Type<string> {
  const extensions = options?.extensions ?? [];
  const indexOf = new Map([...values, ...extensions].map((name, index) => [name, index]));
  if (values.length === 0 || indexOf.size < values.length + extensions.length) {
    throw new Asn1Error('ASN1_SCHEMA', `an enumeration can not be of [${[...indexOf.keys()].join(', ')}]`);
  }
  const readRoot = constrainedReader(0, values.length - 1);
  const writeRoot = constrainedWriter(0, values.length - 1);
  const rootBits = constrainedMinBits(0, values.length - 1);
  const expected = `one of ${[...indexOf.keys()].join(', ')}`;
  const indexOfValue = (value: unknown): number => {
    if (typeof value !== 'string') refuse(value, expected);
    const index = indexOf.get(value);
    if (index !== undefined) return index;
    const unknown = options?.keepUnknown ? Number(unknownPattern.exec(value)?.[1]) : NaN;
    return unknown >= extensions.length && unknown <= maxUnknown
      ? values.length + unknown
      : refuse(value, expected);
  };
  if (options === undefined) {
    return defineType<string>({
      minBits: rootBits,
      encode: (writer, value) => writeRoot(writer, indexOfValue(value)),
      decode: (reader) => values[readRoot(reader)]!,
    });
  }
  return defineType<string>({
    minBits: 1 + Math.min(rootBits, 7),
    encode(writer, value) {
      const index = indexOfValue(value);
      writer.writeBit(index < values.length ? 0 : 1);
      if (index < values.length) writeRoot(writer, index);
      else writeNormallySmall(writer, index - values.length);
    },
    decode(reader) {
      if (reader.readBit() === 0) return values[readRoot(reader)]!;
      const index = readNormallySmall(reader);
      const value = extensions[index];
      if (value !== undefined) return value;
      if (options.keepUnknown) return `unknown-${index}`;
      return reader.fail('ASN1_UNKNOWN_EXTENSION', `expected ${expected}, found extension value ${index}`);
    },
  });
}
