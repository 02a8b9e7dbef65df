import { Asn1Error, decodePer, encodePer, named, type SentForms, type Type } from '@ricochet/asn1';
import { E2smError, type MessageCodec } from './service-model.js';

/** Where a message that was read keeps in which forms its sender wrote it. Copies by `...` have it, JSON has not. */
const FORMS = Symbol('forms of the sender');
interface WithForms {
  [FORMS]?: SentForms;
}

/**
 * Carries a message in aligned PER; `name` begins the paths of errors. What was read is written by the same octets: see
 * `SentForms` for what is kept of a sender whose forms are not ours.
 */
export function perMessage<T extends object>(name: string, type: Type<T>): MessageCodec<T> {
  const root = named(name, type);
  return {
    // What comes from JSON may be null, which the type refuses in words.
    encode: (value) => asE2smError(() => encodePer(root, value, { forms: formsOf(value) })),
    decode: (octets) =>
      asE2smError(() => {
        let forms: SentForms | undefined;
        const value = decodePer(root, octets, { onForms: (told) => (forms = told) });
        if (forms !== undefined) (value as WithForms)[FORMS] = forms;
        return value;
      }),
  };
}

const formsOf = (value: object | null): SentForms | undefined => (value as WithForms | null)?.[FORMS];

/** Whether a message's sender had more or fewer additions in its schema; or the schema was not the sender's at all. */
export const hasOtherAdditions = (value: object): boolean => formsOf(value)?.additionCounts !== undefined;

function asE2smError<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof Asn1Error) throw new E2smError(error.message, { cause: error });
    throw error;
  }
}
