import {
  Asn1Error,
  bitNumber,
  boolean,
  decodePer,
  encodePer,
  type Infer,
  integer,
  mapped,
  named,
  octetString,
  optional,
  outOfConstraint,
  sequence,
  sequenceOf,
  type Type,
  utf8String,
} from '@ricochet/asn1';
import { type SNssai } from '@ricochet/ran-types';
import { E2apDecodeError } from './decode-error.js';
import { plmnIdentity } from './types/plmn-identity.js';

/** Slice differentiator as six hexadecimal digits. */
const sd = mapped(octetString(3), {
  fromWire: (octets) => Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join(''),
  toWire(text) {
    if (typeof text !== 'string' || !/^[0-9a-f]{6}$/.test(text)) outOfConstraint(text, 'six hex digits');
    return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  },
});

const sNssai: Type<SNssai> = sequence({ sst: integer({ min: 0, max: 255 }), sd: optional(sd) });

const f1Component = named(
  'F1 component',
  sequence({
    gnbDuName: utf8String(),
    servedCells: sequenceOf(
      sequence({
        nrCgi: sequence({ plmn: plmnIdentity, nci: bitNumber(36) }),
        /** Transmission bandwidth in PRBs. */
        prbs: integer({ min: 1 }),
        active: boolean(),
        sliceSupport: sequenceOf(sNssai),
      }),
    ),
  }),
);

/** What a gNB-DU tells of itself on F1 (F1 SETUP REQUEST, TS 38.473 clause 9.2.1.4), as far as a RIC needs it. */
export type F1Component = Infer<typeof f1Component>;

/** As the request part of a component configuration: JSON, where a real DU has its F1 SETUP REQUEST. */
export function encodeF1Component(component: F1Component): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(component));
}

/** @throws E2apDecodeError */
export function decodeF1Component(octets: Uint8Array): F1Component {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(octets));
  } catch (error) {
    throw new E2apDecodeError(`F1 component: not JSON: ${(error as Error).message}`, { cause: error });
  }
  try {
    return decodePer(f1Component, encodePer(f1Component, json as F1Component));
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    throw new E2apDecodeError(error.message, { cause: error });
  }
}
