import { Asn1Error } from '../asn1-error.js';
import { defineType, refuse, type Type } from '../type.js';
import { type Additions, compileAdditions, type InferAdditions } from './additions.js';
import {
  compileFields,
  type Fields,
  fieldsReader,
  fieldsWriter,
  type Flat,
  type InferFields,
  minBitsOf,
} from './fields.js';

/**
 * SEQUENCE as an object (X.691 19). With `additions` the type is extensible: `{}` for one that has none yet.
 * Unknown additions are skipped. SET is the same with its fields in the order of their tags.
 */
export function sequence<const F extends Fields>(fields: F): Type<InferFields<F>>;
export function sequence<const F extends Fields, const A extends Additions>(
  fields: F,
  additions: A,
): Type<Flat<InferFields<F> & InferAdditions<A>>>;
export function sequence(fields: Fields, additions?: Additions): Type<Record<string, unknown>> {
  const root = compileFields(fields);
  const readRoot = fieldsReader(root);
  const writeRoot = fieldsWriter(root);
  const minBits = minBitsOf(root) + (additions === undefined ? 0 : 1);
  if (additions === undefined) {
    const names = new Set(root.map(({ property }) => property.name));
    return defineType<Record<string, unknown>>({
      minBits,
      encode(writer, value) {
        assertObject(value);
        const own = countFields(value);
        if (writeRoot(writer, value, own) !== own) refuseOthers(value, names);
      },
      decode(reader) {
        const value: Record<string, unknown> = {};
        readRoot(reader, value);
        return value;
      },
    });
  }
  const behind = compileAdditions(additions);
  const names = new Set([...root.map(({ property }) => property.name), ...behind.names]);
  if (names.size < root.length + behind.names.length) {
    throw new Asn1Error('ASN1_SCHEMA', `a sequence can not have a field twice: ${[...names].join(', ')}`);
  }
  return defineType<Record<string, unknown>>({
    minBits,
    encode(writer, value) {
      assertObject(value);
      const isExtended = behind.isPresent(value);
      writer.writeBit(isExtended ? 1 : 0);
      const own = countFields(value);
      if (writeRoot(writer, value, own) !== own) refuseOthers(value, names);
      if (isExtended) behind.write(writer, value);
    },
    decode(reader) {
      const isExtended = reader.readBit() === 1;
      const value: Record<string, unknown> = {};
      readRoot(reader, value);
      behind.read(reader, value, isExtended);
      return value;
    },
  });
}

export function assertObject(value: unknown): asserts value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(value, 'an object');
}

/** Also of those that are there with `undefined`. */
export function countFields(value: object): number {
  let count = 0;
  for (const _ in value) count++;
  return count;
}

/** Refuses a field that the type does not have: it would be lost. */
export function refuseOthers(value: Readonly<Record<string, unknown>>, names: ReadonlySet<string>): void {
  for (const name in value) {
    if (value[name] !== undefined && !names.has(name)) {
      throw new Asn1Error(
        'ASN1_SHAPE',
        `expected the fields ${[...names].join(', ')}, found ${JSON.stringify(name)}`,
      );
    }
  }
}
