import {
  choice,
  enumerated,
  type Infer,
  integer,
  nullType,
  optional,
  sequence,
  sequenceOf,
  soleField,
} from '@ricochet/asn1';
import { ricStyleType } from '../common/ran-function-name.js';
import { partialUeId, ueId } from '../common/ue-id.js';
import { any, rcId, some, styles } from './ids.js';
import { ranParameter, ranParameterId, ranParameterValue, ranParameterValueType } from './ran-parameter.js';
import { ranParameterDefinition } from './ran-parameter-definition.js';
import { ranParameterTesting } from './ran-parameter-testing.js';
import { truth } from './truth.js';

const ricControlDecision = optional(enumerated(['accept', 'reject'], { extensions: [] }));
const ricControlActionId = rcId;

/** UE Group Definition (v3 on). */
const ueGroupDefinition = soleField(
  sequenceOf(sequence({ ranParameterId, valueType: ranParameterValueType, logicalOr: optional(truth) }, {}), {
    min: 1,
    max: 255,
  }),
);

/** E2SM-RC Control Header (clause 9.2.1.6): one UE, multiple actions, a group of UEs, a UE known in part. */
export const controlHeader = soleField(
  choice(
    { format1: sequence({ ueId, ricStyleType, ricControlActionId, ricControlDecision }, {}) },
    {
      format2: sequence({ ueId: optional(ueId), ricControlDecision }, {}),
      format3: sequence({ ueGroupId: rcId, ueGroupDefinition, ricStyleType, ricControlActionId }, {}),
      format4: sequence({ partialUeId, ricStyleType, ricControlActionId, ricControlDecision }, {}),
    },
  ),
);
export type RcControlHeader = Infer<typeof controlHeader>;

const format1 = sequence({ ranParameters: sequenceOf(ranParameter, any) }, {});
/** A control message of format 1, that of one action (clause 9.2.1.7.1). */
export interface RcControlMessageOfAction {
  readonly format1: Infer<typeof format1>;
}

/** Format 2, multiple actions (clause 9.2.1.7.2). */
const multipleActions = sequence(
  {
    controlStyles: sequenceOf(
      sequence(
        {
          ricStyleType,
          controlActions: sequenceOf(sequence({ ricControlActionId, message: format1 }, {}), styles),
        },
        {},
      ),
      styles,
    ),
  },
  {},
);

/** Format 3, by filters on entities (v3 on). */
const byEntity = sequence(
  {
    entityFilters: optional(
      sequenceOf(
        sequence(
          {
            entityFilterId: integer({ min: 1, max: 255, extensible: true }),
            entityFilterDefinition: ranParameterTesting,
            ranParameters: sequenceOf(ranParameter, some),
          },
          {},
        ),
        { min: 0, max: 255 },
      ),
    ),
    ranParameters: optional(sequenceOf(ranParameter, any)),
  },
  {},
);

/** E2SM-RC Control Message (clause 9.2.1.7). */
export const controlMessage = soleField(
  choice(
    { format1 },
    {
      format2: multipleActions,
      format3: byEntity,
      format4: sequence(
        {
          ranParameters: sequenceOf(
            sequence({ ranParameterId, definition: optional(ranParameterDefinition) }, {}),
            any,
          ),
        },
        {},
      ),
      format5: nullType(),
    },
  ),
);
export type RcControlMessage = Infer<typeof controlMessage>;

const outcomeParameter = sequence({ ranParameterId, value: ranParameterValue }, {});
const outcomeSize = { min: 0, max: 255 } as const;

/** Format 2, of multiple actions (clause 9.2.1.8.2). */
const outcomesOfActions = sequence(
  {
    controlStyles: sequenceOf(
      sequence(
        {
          ricStyleType,
          controlOutcomes: sequenceOf(
            sequence({ ricControlActionId, ranParameters: sequenceOf(outcomeParameter, some) }, {}),
            styles,
          ),
        },
        {},
      ),
      styles,
    ),
  },
  {},
);

/** E2SM-RC Control Outcome (clause 9.2.1.8). */
export const controlOutcome = soleField(
  choice(
    { format1: sequence({ ranParameters: sequenceOf(outcomeParameter, outcomeSize) }, {}) },
    {
      format2: outcomesOfActions,
      format3: sequence({ ranParameters: sequenceOf(ranParameter, outcomeSize) }, {}),
    },
  ),
);
export type RcControlOutcome = Infer<typeof controlOutcome>;

/** E2SM-RC Call Process ID (clause 9.2.1.5); version 1.03 wrote it in an octet less. */
export const callProcessId = soleField(
  choice(
    { format1: sequence({ ranCallProcessId: integer({ min: 1, max: 2 ** 32 - 1, extensible: true }) }, {}) },
    {},
  ),
);
export type RcCallProcessId = Infer<typeof callProcessId>;
