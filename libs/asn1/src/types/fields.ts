import { within } from '../asn1-error.js';
import { decodePer, encodePer } from '../per/complete-encoding.js';
import { type BitReader } from '../per/bit-reader.js';
import { type BitWriter } from '../per/bit-writer.js';
import { refuse, type Type } from '../type.js';
import { type Property, property } from './object-shape.js';

/** OPTIONAL: the field may be left out, and is left out of the decoded object then. */
export interface Optional<T> {
  readonly presence: 'optional';
  readonly type: Type<T>;
}

/** DEFAULT: a left-out field is decoded as this value, and a field of this value is not sent. */
export interface Defaulted<T> {
  readonly presence: 'default';
  readonly type: Type<T>;
  readonly value: T;
}

/** A field that is always there is its type alone. */
export type Field = Type<unknown> | Optional<unknown> | Defaulted<unknown>;
export type Fields = Readonly<Record<string, Field>>;

export const optional = <T>(type: Type<T>): Optional<T> => ({ presence: 'optional', type });

export const withDefault = <T>(type: Type<T>, value: NoInfer<T>): Defaulted<T> => ({
  presence: 'default',
  type,
  value,
});

export type InferField<F> =
  F extends Type<infer T> ? T : F extends Optional<infer T> ? T : F extends Defaulted<infer T> ? T : never;

type OptionalKeys<F> = { [K in keyof F]: F[K] extends Optional<unknown> ? K : never }[keyof F];

/** Written out instead of as an intersection, for people's eyes. */
export type Flat<T> = { [K in keyof T]: T[K] };

/** The object of these fields' values. */
export type InferFields<F> = Flat<
  { -readonly [K in Exclude<keyof F, OptionalKeys<F>>]: InferField<F[K]> } & {
    -readonly [K in OptionalKeys<F>]?: InferField<F[K]>;
  }
>;

/** A field as compiled, one object shape for all. */
export interface CompiledField {
  readonly property: Property;
  readonly type: Type<unknown>;
  /** It has a bit that tells whether it is there. */
  readonly hasBit: boolean;
  readonly byDefault: DefaultValue | undefined;
}

export interface DefaultValue {
  equals(value: unknown): boolean;
  get(): unknown;
}

export function compileFields(fields: Fields): readonly CompiledField[] {
  return Object.entries(fields).map(([name, field]) => compileField(name, field));
}

export function compileField(name: string, field: Field): CompiledField {
  if (!('presence' in field)) {
    return { property: property(name), type: field, hasBit: false, byDefault: undefined };
  }
  const byDefault = field.presence === 'default' ? defaultValue(field.type, field.value) : undefined;
  return { property: property(name), type: field.type, hasBit: true, byDefault };
}

/** Objects are compared and copied by their encodings, so that nobody shares one. */
function defaultValue(type: Type<unknown>, value: unknown): DefaultValue {
  if (typeof value !== 'object' || value === null)
    return { equals: (other) => other === value, get: () => value };
  let encoded: Uint8Array | undefined;
  const octets = (): Uint8Array => (encoded ??= encodePer(type, value));
  return {
    equals(other) {
      try {
        return sameOctets(octets(), encodePer(type, other));
      } catch {
        // Not even of the type: its own encoding will say why, with the path.
        return false;
      }
    },
    get: () => decodePer(type, octets()),
  };
}

const sameOctets = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((octet, at) => octet === b[at]);

/** Bits of the shortest encoding of all fields with their presence bits. */
export const minBitsOf = (fields: readonly CompiledField[]): number =>
  fields.reduce((bits, { type, hasBit }) => bits + (hasBit ? 1 : type.minBits), 0);

/** Reads presence bits and fields into `value`; those behind `...` apart. */
export function fieldsReader(
  fields: readonly CompiledField[],
): (reader: BitReader, value: Record<string, unknown>) => void {
  const count = fields.length;
  const presenceBits = fields.filter(({ hasBit }) => hasBit).length;
  return (reader, value) => {
    let bit = reader.position;
    if (presenceBits > 0) reader.skip(presenceBits);
    let index = 0;
    try {
      for (; index < count; index++) {
        const field = fields[index]!;
        if (!field.hasBit || reader.bitAt(bit++) === 1) field.property.set(value, field.type.decode(reader));
        else if (field.byDefault !== undefined) field.property.set(value, field.byDefault.get());
      }
    } catch (error) {
      throw within(error, fields[index]!.property.name);
    }
  };
}

/**
 * Writes presence bits and fields of an object that has `own` fields, of these and others.
 * @returns how many it has of these
 */
export type FieldsWriter = (
  writer: BitWriter,
  value: Readonly<Record<string, unknown>>,
  own: number,
) => number;

export function fieldsWriter(fields: readonly CompiledField[]): FieldsWriter {
  const count = fields.length;
  const lastMandatory = fields.findLastIndex(({ hasBit }) => !hasBit);
  const presenceBits = fields.filter(({ hasBit }) => hasBit).length;
  return (writer, value, own) => {
    let bit = writer.position;
    for (let left = presenceBits; left > 0; left -= 24) writer.writeBits(0, Math.min(24, left));
    let found = 0;
    let index = 0;
    try {
      for (; index < count; index++) {
        // Nothing is left but absent fields, whose bits are zero: long lists of labels end here.
        if (found === own && index > lastMandatory) break;
        const field = fields[index]!;
        const item = field.property.get(value);
        if (item !== undefined) found++;
        if (field.hasBit) {
          const at = bit++;
          if (item === undefined || field.byDefault?.equals(item)) continue;
          writer.setBit(at);
        } else if (item === undefined) refuse(item, 'a value');
        field.type.encode(writer, item);
      }
    } catch (error) {
      throw within(error, fields[index]!.property.name);
    }
    return found;
  };
}
