import { readOpen, writeOpen } from '../per/open-type.js';
import { defineType, type Type } from '../type.js';

/** An open type that holds `type`: its complete encoding behind a length in octets (X.691 11.2). */
export function openType<T>(type: Type<T>): Type<T> {
  return defineType<T>({
    minBits: 16,
    encode: (writer, value) => writeOpen(writer, type, value),
    decode: (reader) => readOpen(reader, type),
  });
}

/** OCTET STRING (CONTAINING type), not sized: the same octets as an open type. */
export const containing = openType;
