import { Asn1Error, decodePer, encodePer, named, type Type } from '@ricochet/asn1';
import { E2smError, type MessageCodec } from './service-model.js';

/** Carries a message in aligned PER; `name` begins the paths of errors. */
export function perMessage<T>(name: string, type: Type<T>): MessageCodec<T> {
  const root = named(name, type);
  return {
    encode: (value) => asE2smError(() => encodePer(root, value)),
    decode: (octets) => asE2smError(() => decodePer(root, octets)),
  };
}

function asE2smError<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof Asn1Error) throw new E2smError(error.message, { cause: error });
    throw error;
  }
}
