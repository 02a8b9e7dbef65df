import {
  bitText,
  boolean,
  choice,
  hexOctets,
  type Infer,
  integer,
  lazy,
  mapped,
  optional,
  printableString,
  real,
  sequence,
  sequenceOf,
  soleField,
  type Type,
} from '@ricochet/asn1';
import { anyInteger } from './any-integer.js';
import { some } from './ids.js';

/** RAN Parameter ID. Version 1.03 has one id more than later ones, which changes nothing on the wire. */
export const ranParameterId = integer({ min: 1, max: 2 ** 32, extensible: true });

/** Value of one RAN parameter (E2SM-RC clause 9.3.11): octets in hexadecimal, bits as 0 and 1. */
export const ranParameterValue = choice(
  {
    valueBoolean: boolean(),
    valueInt: anyInteger,
    valueReal: real(),
    valueBits: bitText(),
    valueOctets: hexOctets(),
    valuePrintableString: printableString(),
  },
  {},
);
export type RanParameterValue = Infer<typeof ranParameterValue>;

/** A RAN parameter (clause 8.1): a leaf, a structure of parameters, or a list of structures. */
export interface RanParameter {
  readonly ranParameterId: number;
  readonly valueType: RanParameterValueType;
}

/** Elements are key flag true or false; a false one without a value, `null`, only stands in reports. */
export type RanParameterValueType =
  | { readonly elementTrue: RanParameterValue }
  | { readonly elementFalse: RanParameterValue | null }
  | { readonly structure: RanParameterStructure }
  | { readonly list: readonly RanParameterStructure[] };

export type RanParameterStructure = readonly RanParameter[];

/** One for all: an empty structure takes two bits. */
const none: RanParameterStructure = Object.freeze([]);

/** An empty structure is one whose list is not there. */
const structure: Type<RanParameterStructure> = mapped(
  soleField(
    optional(
      sequenceOf<RanParameter>(
        lazy(() => ranParameter),
        some,
      ),
    ),
  ),
  {
    fromWire: (parameters) => parameters ?? none,
    toWire: (parameters: RanParameterStructure) =>
      Array.isArray(parameters) && parameters.length === 0 ? null : (parameters as RanParameter[]),
  },
);

export const ranParameterValueType: Type<RanParameterValueType> = choice(
  {
    elementTrue: soleField(ranParameterValue),
    elementFalse: soleField(optional(ranParameterValue)),
    structure: soleField(structure),
    list: soleField(soleField(sequenceOf(structure, some))),
  },
  {},
);

export const ranParameter: Type<RanParameter> = sequence(
  { ranParameterId, valueType: ranParameterValueType },
  {},
);
