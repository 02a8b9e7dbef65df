import { choice, lazy, optional, sequence, sequenceOf, soleField, type Type } from '@ricochet/asn1';
import { rcName, some } from './ids.js';
import { ranParameterId } from './ran-parameter.js';

/** A RAN parameter that a node tells of. */
export interface NamedRanParameter {
  readonly id: number;
  readonly name: string;
  /** Of what a structure or the structures of a list consist. */
  readonly definition?: RanParameterDefinition;
}

/** RAN Parameter Definition (E2SM-RC clause 9.3.51). */
export type RanParameterDefinition =
  { readonly list: readonly NamedRanParameter[] } | { readonly structure: readonly NamedRanParameter[] };

/** Inside a definition and of a query, what a parameter consists of stands among the first fields ... */
export const nestedRanParameter: Type<NamedRanParameter> = sequence(
  { id: ranParameterId, name: rcName, definition: optional(lazy(() => ranParameterDefinition)) },
  {},
);

export const ranParameterDefinition: Type<RanParameterDefinition> = soleField(
  choice(
    {
      list: soleField(sequenceOf(nestedRanParameter, some)),
      structure: soleField(sequenceOf(nestedRanParameter, some)),
    },
    {},
  ),
);

/** ... and in the RAN function definition it was added later. */
export const namedRanParameter: Type<NamedRanParameter> = sequence(
  { id: ranParameterId, name: rcName },
  { definition: optional(ranParameterDefinition) },
);

/** Of the list that an action definition asks for; the node's definition says what the parameter consists of. */
export const wantedRanParameter = sequence(
  { ranParameterId },
  { definition: optional(ranParameterDefinition) },
);
