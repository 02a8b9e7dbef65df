import { Asn1Error, within } from '../asn1-error.js';
import { readOpen, writeOpen } from '../per/open-type.js';
import {
  constrainedMinBits,
  constrainedReader,
  constrainedWriter,
  readNormallySmall,
  writeNormallySmall,
} from '../per/whole-number.js';
import { defineType, refuse, type Infer, type Type } from '../type.js';
import { type Property, property } from './object-shape.js';
import { assertObject } from './sequence.js';

export type Alternatives = Readonly<Record<string, Type<unknown>>>;

/** One object type an alternative, each with exactly that key: told apart by `'key' in value`. */
export type InferChoice<A> = { [K in keyof A]: { [P in K]: Infer<A[P]> } }[keyof A];

/**
 * CHOICE as an object with exactly one key, `{ gNB: ... }` (X.691 23): the root's alternatives in the order of
 * their tags. With `extensions` the type is extensible: `{}` for one that has none yet. An unknown extension
 * is an ASN1_UNKNOWN_EXTENSION.
 */
export function choice<const R extends Alternatives>(alternatives: R): Type<InferChoice<R>>;
export function choice<const R extends Alternatives, const E extends Alternatives>(
  alternatives: R,
  extensions: E,
): Type<InferChoice<R> | InferChoice<E>>;
export function choice(alternatives: Alternatives, extensions?: Alternatives): Type<Record<string, unknown>> {
  const root = compileAlternatives(alternatives);
  const all = [...root, ...compileAlternatives(extensions ?? {})];
  const indexOf = new Map(all.map((alternative, index) => [alternative.property.name, index]));
  const names = all.map((alternative) => alternative.property.name);
  if (root.length === 0 || indexOf.size < all.length) {
    throw new Asn1Error('ASN1_SCHEMA', `a choice can not be of [${names.join(', ')}]`);
  }
  const expected = `one of ${names.join(', ')}`;
  const readRoot = constrainedReader(0, root.length - 1);
  const writeRoot = constrainedWriter(0, root.length - 1);
  const indexBits = constrainedMinBits(0, root.length - 1);
  const rootBits = indexBits + Math.min(...root.map(({ type }) => type.minBits));
  const isExtensible = extensions !== undefined;
  return defineType<Record<string, unknown>>({
    // An extension takes 7 bits, a length and at least one octet.
    minBits: isExtensible ? 1 + Math.min(rootBits, 23) : rootBits,
    encode(writer, value) {
      const name = onlyKey(value, expected);
      const index = indexOf.get(name);
      if (index === undefined) refuse(name, expected);
      try {
        if (isExtensible) writer.writeBit(index < root.length ? 0 : 1);
        if (index < root.length) {
          writeRoot(writer, index);
          all[index]!.type.encode(writer, value[name]);
        } else {
          writeNormallySmall(writer, index - root.length);
          writeOpen(writer, all[index]!.type, value[name]);
        }
      } catch (error) {
        throw within(error, name);
      }
    },
    decode(reader) {
      const isExtension = isExtensible && reader.readBit() === 1;
      const index = isExtension ? root.length + readNormallySmall(reader) : readRoot(reader);
      const alternative = all[index];
      if (alternative === undefined) {
        return reader.fail(
          'ASN1_UNKNOWN_EXTENSION',
          `expected ${expected}, found extension ${index - root.length}`,
        );
      }
      const { property, type } = alternative;
      try {
        return property.only(isExtension ? readOpen(reader, type) : type.decode(reader));
      } catch (error) {
        throw within(error, property.name);
      }
    },
  });
}

const compileAlternatives = (alternatives: Alternatives): { property: Property; type: Type<unknown> }[] =>
  Object.entries(alternatives).map(([name, type]) => ({ property: property(name), type }));

/** The only key of an object. @throws {Asn1Error} ASN1_SHAPE for none or several */
export function onlyKey(value: unknown, expected: string): string {
  assertObject(value);
  let only: string | undefined;
  for (const name in value) {
    if (value[name] === undefined) continue;
    if (only !== undefined) {
      throw new Asn1Error('ASN1_SHAPE', `expected ${expected}, found both ${only} and ${name}`);
    }
    only = name;
  }
  return only ?? refuse(value, expected);
}
