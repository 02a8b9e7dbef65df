import { defineType, type Type } from '../type.js';
import { compileAdditions } from './additions.js';
import { type Optional } from './fields.js';

const newerAdditions = compileAdditions({});

/**
 * An extensible SEQUENCE of one field, `SEQUENCE { field, ... }`, as that field's value, `null` for an optional one
 * that is not there: O-RAN's service models wrap most of their values so. The wrapping leaves no trace in paths.
 */
export function soleField<T>(field: Type<T>): Type<T>;
export function soleField<T>(field: Optional<T>): Type<T | null>;
export function soleField<T>(field: Type<T> | Optional<T>): Type<T | null> {
  const isOptional = 'presence' in field;
  const type = isOptional ? field.type : field;
  return defineType<T | null>({
    minBits: isOptional ? 2 : 1 + type.minBits,
    encode(writer, value) {
      writer.writeBit(0);
      if (isOptional) writer.writeBit(value === null ? 0 : 1);
      // What is not optional refuses a null by itself.
      if (!isOptional || value !== null) type.encode(writer, value as T);
    },
    decode(reader) {
      const isExtended = reader.readBit() === 1;
      const value = isOptional && reader.readBit() === 0 ? null : type.decode(reader);
      if (isExtended) newerAdditions.read(reader, {}, true);
      return value;
    },
  });
}
