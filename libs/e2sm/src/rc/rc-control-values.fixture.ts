import fc from 'fast-check';
import { natural32, partialUeId, ueId } from '../common/common-values.fixture.js';
import { partly } from '../message-laws.fixture.js';
import { type RcControlHeader, type RcControlMessage, type RcControlOutcome } from './control.js';
import {
  any,
  decision,
  definition,
  id,
  parameter,
  parameterId,
  parameterValue,
  some,
  tests,
  type,
} from './rc-parameter-values.fixture.js';

export const callProcessIds = fc.record({
  format1: fc.record({ ranCallProcessId: natural32.map((value) => value + 1) }),
});

export const controlHeaders: fc.Arbitrary<RcControlHeader> = fc.oneof(
  fc.record({
    format1: partly(
      { ueId, ricStyleType: type, ricControlActionId: id, ricControlDecision: decision },
      'ricControlDecision',
    ),
  }),
  fc.record({ format2: partly({ ueId, ricControlDecision: decision }, 'ueId', 'ricControlDecision') }),
  fc.record({
    format3: fc.record({
      ueGroupId: id,
      ueGroupDefinition: some(
        fc
          .record({ parameter, logicalOr: fc.boolean() })
          .map(({ parameter: { ranParameterId, valueType }, logicalOr }) => ({
            ranParameterId,
            valueType,
            logicalOr,
          })),
      ),
      ricStyleType: type,
      ricControlActionId: id,
    }),
  }),
  fc.record({
    format4: partly(
      { partialUeId, ricStyleType: type, ricControlActionId: id, ricControlDecision: decision },
      'ricControlDecision',
    ),
  }),
);

const controlFormat1 = fc.record({ ranParameters: any(parameter) });
export const controlMessages: fc.Arbitrary<RcControlMessage> = fc.oneof(
  fc.record({ format1: controlFormat1 }),
  fc.record({
    format2: fc.record({
      controlStyles: some(
        fc.record({
          ricStyleType: type,
          controlActions: some(fc.record({ ricControlActionId: id, message: controlFormat1 })),
        }),
      ),
    }),
  }),
  fc.record({
    format3: partly(
      {
        entityFilters: any(
          fc.record({
            entityFilterId: fc.integer({ min: 1, max: 300 }),
            entityFilterDefinition: tests,
            ranParameters: some(parameter),
          }),
        ),
        ranParameters: any(parameter),
      },
      'entityFilters',
      'ranParameters',
    ),
  }),
  fc.record({
    format4: fc.record({
      ranParameters: any(partly({ ranParameterId: parameterId, definition }, 'definition')),
    }),
  }),
  fc.record({ format5: fc.constant(null) }),
);

const outcomeParameter = fc.record({ ranParameterId: parameterId, value: parameterValue });
export const controlOutcomes: fc.Arbitrary<RcControlOutcome> = fc.oneof(
  fc.record({ format1: fc.record({ ranParameters: any(outcomeParameter) }) }),
  fc.record({
    format2: fc.record({
      controlStyles: some(
        fc.record({
          ricStyleType: type,
          controlOutcomes: some(fc.record({ ricControlActionId: id, ranParameters: some(outcomeParameter) })),
        }),
      ),
    }),
  }),
  fc.record({ format3: fc.record({ ranParameters: any(parameter) }) }),
);
