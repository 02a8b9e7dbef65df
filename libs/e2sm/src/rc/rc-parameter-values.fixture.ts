import fc from 'fast-check';
import { text as textOf } from '../common/common-values.fixture.js';
import { partly } from '../message-laws.fixture.js';
import { type NamedRanParameter, type RanParameterDefinition } from './ran-parameter-definition.js';
import { type RanParameterTest } from './ran-parameter-testing.js';
import { type RanParameter, type RanParameterStructure, type RanParameterValue } from './ran-parameter.js';

export const text = textOf(1, 24);
export const some = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.array(values, { minLength: 1, maxLength: 3 });
export const any = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(values, { maxLength: 3 });
/** Ids beyond the root go behind the extension bit. */
export const id = fc.oneof(fc.integer({ min: 1, max: 65_535 }), fc.integer({ min: 65_536, max: 10 ** 6 }));
export const parameterId = fc.integer({ min: 1, max: 2 ** 32 });
export const type = fc.maxSafeInteger();
export const octets = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('hex'));
export const decision = fc.constantFrom('accept' as const, 'reject' as const);

export const parameterValue: fc.Arbitrary<RanParameterValue> = fc.oneof(
  fc.record({ valueBoolean: fc.boolean() }),
  fc.record({ valueInt: fc.oneof(fc.maxSafeInteger(), fc.bigInt({ min: 2n ** 53n, max: 2n ** 200n })) }),
  fc.record({ valueReal: fc.double() }),
  fc.record({ valueBits: fc.string({ unit: fc.constantFrom('0', '1'), maxLength: 70 }) }),
  fc.record({ valueOctets: octets }),
  fc.record({ valuePrintableString: fc.string() }),
);

export const parameter = fc.letrec<{ parameter: RanParameter; structure: RanParameterStructure }>((tie) => ({
  structure: fc.array(tie('parameter'), { maxLength: 3, depthIdentifier: 'parameters' }),
  parameter: fc.record({
    ranParameterId: parameterId,
    valueType: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'parameters' },
      fc.record({ elementTrue: parameterValue }),
      fc.record({ elementFalse: fc.option(parameterValue) }),
      fc.record({ structure: tie('structure') }),
      fc.record({ list: fc.array(tie('structure'), { minLength: 1, maxLength: 2 }) }),
    ),
  }),
})).parameter;

export const { definition, named: nestedNamed } = fc.letrec<{
  definition: RanParameterDefinition;
  named: NamedRanParameter;
}>((tie) => ({
  definition: fc.oneof(
    fc.record({ list: fc.array(tie('named'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ structure: fc.array(tie('named'), { minLength: 1, maxLength: 2 }) }),
  ),
  named: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'definitions' },
    fc.record({ id: parameterId, name: text }),
    fc.record({ id: parameterId, name: text, definition: tie('definition') }),
  ),
}));
export const namedParameters = some(nestedNamed);

const condition = fc.oneof(
  fc.record({
    comparison: fc.constantFrom(
      ...(['equal', 'difference', 'greaterthan', 'lessthan', 'contains', 'starts-with'] as const),
    ),
  }),
  fc.record({ presence: fc.constantFrom('present' as const, 'non-zero' as const, 'value-change' as const) }),
);
const test = fc.letrec<{ test: RanParameterTest }>((tie) => ({
  test: fc.record({
    ranParameterId: parameterId,
    test: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'tests' },
      fc.record({ elementTrue: parameterValue }),
      fc.record({
        elementFalse: partly(
          { condition, value: parameterValue, logicalOr: fc.boolean() },
          'value',
          'logicalOr',
        ),
      }),
      fc.record({ list: fc.array(tie('test'), { minLength: 1, maxLength: 2 }) }),
      fc.record({ structure: fc.array(tie('test'), { minLength: 1, maxLength: 2 }) }),
    ),
  }),
})).test;
export const tests = some(test);
