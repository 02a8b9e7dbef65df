import { within } from '../asn1-error.js';
import { defineType, type Type } from '../type.js';

/** `type` under a name that its errors' paths begin with: for the roots, such as a service model's messages. */
export function named<T>(name: string, type: Type<T>): Type<T> {
  return defineType<T>({
    minBits: type.minBits,
    encode(writer, value) {
      try {
        type.encode(writer, value);
      } catch (error) {
        throw within(error, name);
      }
    },
    decode(reader) {
      try {
        return type.decode(reader);
      } catch (error) {
        throw within(error, name);
      }
    },
  });
}
