import { defineType, type Type } from '@ricochet/asn1';

/**
 * Event trigger format 5 and indication message format 4: NULL since v3, where reports on demand became queries;
 * `former` before. As it ends the message, what is left tells the two apart.
 */
export function nullSinceV3<T>(former: Type<T>): Type<T | null> {
  return defineType<T | null>({
    minBits: 0,
    encode(writer, value) {
      if (value !== null) former.encode(writer, value);
    },
    decode: (reader) => (reader.remaining < 8 ? null : former.decode(reader)),
  });
}
