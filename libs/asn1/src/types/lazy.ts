import { Asn1Error } from '../asn1-error.js';
import { defineType, type Type } from '../type.js';

/**
 * A type that is defined later, for types that hold themselves: `lazy(() => Node)`. Nesting is bounded by the
 * reader's `maxDepth`; encoding stops at the same default depth of 64.
 */
export function lazy<T>(get: () => Type<T>): Type<T> {
  let known: Type<T> | undefined;
  const resolve = (): Type<T> => {
    const type = get();
    // What repeats must end somewhere, and takes at least a bit to say so.
    if (type.minBits < 1) throw new Asn1Error('ASN1_SCHEMA', 'a lazy type can not take no bits');
    return (known = type);
  };
  return defineType<T>({
    minBits: 1,
    encode(writer, value) {
      const type = known ?? resolve();
      if (++writer.depth > maxEncodeDepth) {
        throw new Asn1Error('ASN1_DEPTH', `expected a nesting of at most ${maxEncodeDepth}, found more`);
      }
      type.encode(writer, value);
      writer.depth--;
    },
    decode(reader) {
      const type = known ?? resolve();
      if (++reader.depth > reader.maxDepth) {
        reader.fail('ASN1_DEPTH', `expected a nesting of at most ${reader.maxDepth}, found more`);
      }
      const value = type.decode(reader);
      reader.depth--;
      return value;
    },
  });
}

const maxEncodeDepth = 64;
