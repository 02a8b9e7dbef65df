import { Asn1Error } from '../asn1-error.js';
import { defineType, type Type } from '../type.js';

/** How a wire value turns into a friendlier one and back. Either may throw; what it says is kept. */
export interface Mapping<W, T> {
  readonly fromWire: (wire: W) => T;
  readonly toWire: (value: T) => W;
}

/** `type` with other values: what `fromWire` makes of them. Errors of the mapping come as ASN1_MAPPING. */
export function mapped<W, T>(type: Type<W>, { fromWire, toWire }: Mapping<W, T>): Type<T> {
  return defineType<T>({
    minBits: type.minBits,
    encode(writer, value) {
      let wire: W;
      try {
        wire = toWire(value);
      } catch (error) {
        throw mappingError(error);
      }
      type.encode(writer, wire);
    },
    decode(reader) {
      const bitOffset = reader.position;
      const wire = type.decode(reader);
      try {
        return fromWire(wire);
      } catch (error) {
        throw mappingError(error, reader.inputBit(bitOffset));
      }
    },
  });
}

function mappingError(error: unknown, bitOffset?: number): Asn1Error {
  if (error instanceof Asn1Error) return error;
  const reason = error instanceof Error ? error.message : 'the value was refused';
  return new Asn1Error('ASN1_MAPPING', reason, {
    cause: error,
    ...(bitOffset !== undefined && { bitOffset }),
  });
}
