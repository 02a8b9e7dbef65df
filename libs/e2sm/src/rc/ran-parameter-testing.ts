import {
  choice,
  enumerated,
  type Infer,
  lazy,
  optional,
  sequence,
  sequenceOf,
  soleField,
  type Type,
} from '@ricochet/asn1';
import { some } from './ids.js';
import { ranParameterId, ranParameterValue, type RanParameterValue } from './ran-parameter.js';
import { truth } from './truth.js';

const testCondition = choice(
  {
    comparison: enumerated(['equal', 'difference', 'greaterthan', 'lessthan', 'contains', 'starts-with'], {
      extensions: [],
    }),
    presence: enumerated(['present', 'configured', 'rollover', 'non-zero'], {
      extensions: ['value-change'],
    }),
  },
  {},
);

/** One test of RAN Parameter Testing (E2SM-RC clause 9.3.27); with `logicalOr` it need not hold beside the next. */
export interface RanParameterTest {
  readonly ranParameterId: number;
  readonly test:
    | { readonly list: readonly RanParameterTest[] }
    | { readonly structure: readonly RanParameterTest[] }
    | { readonly elementTrue: RanParameterValue }
    | { readonly elementFalse: Infer<typeof elementTest> };
}

const elementTest = sequence(
  { condition: testCondition, value: optional(ranParameterValue), logicalOr: optional(truth) },
  {},
);

const tests = soleField(
  sequenceOf<RanParameterTest>(
    lazy(() => ranParameterTest),
    some,
  ),
);

const ranParameterTest: Type<RanParameterTest> = sequence(
  {
    ranParameterId,
    test: choice(
      {
        list: tests,
        structure: tests,
        elementTrue: soleField(ranParameterValue),
        elementFalse: elementTest,
      },
      {},
    ),
  },
  {},
);

export const ranParameterTesting = sequenceOf(ranParameterTest, { min: 1, max: 255 });
