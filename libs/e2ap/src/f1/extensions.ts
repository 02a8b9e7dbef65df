import {
  decodePer,
  encodePer,
  enumerated,
  type Infer,
  integer,
  octetString,
  sequence,
  sequenceOf,
  type Type,
} from '@ricochet/asn1';

/** An IE or extension of F1AP with its value as octets: an open type is encoded as an OCTET STRING is. */
export const rawField = sequence({
  id: integer({ min: 0, max: 65_535 }),
  criticality: enumerated(['reject', 'ignore', 'notify']),
  value: octetString(),
});

/** ProtocolExtensionContainer (TS 38.473 clause 9.4.6): what we do not know stays as it is. */
export const extensions = sequenceOf(rawField, { min: 1, max: 65_535 });
export type Extensions = Infer<typeof extensions>;

/** An extension among others, to be put into and looked for in a container. */
export function extension<T>(id: number, type: Type<T>) {
  return {
    of: (value: T): Extensions[number] => ({ id, criticality: 'ignore', value: encodePer(type, value) }),
    in: (all: Extensions | undefined): T | undefined => {
      const found = all?.find((field) => field.id === id);
      return found && decodePer(type, found.value);
    },
  };
}
