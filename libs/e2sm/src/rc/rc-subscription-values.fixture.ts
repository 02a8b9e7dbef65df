import fc from 'fast-check';
import { cgi, ueId } from '../common/common-values.fixture.js';
import { partly } from '../message-laws.fixture.js';
import { type RcActionDefinition } from './action-definition.js';
import { type RcEventTrigger } from './event-trigger.js';
import {
  decision,
  definition,
  id,
  parameter,
  parameterId,
  some,
  tests,
  type,
} from './rc-parameter-values.fixture.js';

export const individual = partly({ ueId, ranParameterTesting: tests }, 'ranParameterTesting');
const ueInfo = some(
  partly(
    {
      eventTriggerUeId: id,
      ueType: fc.oneof(fc.record({ individual }), fc.record({ group: tests })),
      logicalOr: fc.boolean(),
    },
    'logicalOr',
  ),
);
const cellInfo = some(
  partly(
    {
      eventTriggerCellId: id,
      cellType: fc.oneof(fc.record({ individual: cgi }), fc.record({ group: tests })),
      logicalOr: fc.boolean(),
    },
    'logicalOr',
  ),
);
const messageType = fc.oneof(
  fc.record({
    rrc: fc.record({
      rrcType: fc.oneof(
        fc.record({ nr: fc.constantFrom('dl-dcch' as const, 'ul-dcch' as const) }),
        fc.record({ lte: fc.constantFrom('ul-ccch' as const, 'sc-mcch' as const) }),
      ),
      messageId: type,
    }),
  }),
  fc.record({
    ni: partly(
      {
        niType: fc.constantFrom('ng' as const, 'f1' as const),
        niMessage: fc.record({
          interfaceProcedureId: type,
          messageType: fc.constantFrom('initiating-message' as const, 'unsuccessful-outcome' as const),
        }),
      },
      'niMessage',
    ),
  }),
);
const rrcState = fc.constantFrom(...(['rrc-connected', 'rrc-inactive', 'rrc-idle', 'any'] as const));
const triggerType = fc.oneof(
  fc.record({
    rrcState: some(partly({ stateChangedTo: rrcState, logicalOr: fc.boolean() }, 'logicalOr')),
  }),
  fc.record({ ueId: fc.integer({ min: 1, max: 600 }) }),
  fc.record({ l2State: tests }),
  fc.record({ ueContext: tests }),
  fc.record({
    l2MacSchedulerChange: fc.record({
      mimoAndBfConfig: fc.constantFrom('enabled' as const, 'disabled' as const),
    }),
  }),
);

export const eventTriggers: fc.Arbitrary<RcEventTrigger> = fc.oneof(
  fc.record({
    format1: partly(
      {
        messages: some(
          partly(
            {
              ricEventTriggerConditionId: id,
              messageType,
              messageDirection: fc.constantFrom('incoming' as const, 'outgoing' as const),
              associatedUeInfo: ueInfo,
              associatedUeEvent: some(partly({ ueEventId: id, logicalOr: fc.boolean() }, 'logicalOr')),
              logicalOr: fc.boolean(),
            },
            'messageDirection',
            'associatedUeInfo',
            'associatedUeEvent',
            'logicalOr',
          ),
        ),
        globalAssociatedUeInfo: ueInfo,
      },
      'globalAssociatedUeInfo',
    ),
  }),
  fc.record({
    format2: partly(
      {
        ricCallProcessTypeId: id,
        ricCallProcessBreakpointId: id,
        associatedE2NodeInfo: tests,
        associatedUeInfo: ueInfo,
      },
      'associatedE2NodeInfo',
      'associatedUeInfo',
    ),
  }),
  fc.record({
    format3: fc.record({
      changes: some(
        partly(
          {
            ricEventTriggerConditionId: id,
            e2NodeInfoChangeId: fc.integer({ min: 1, max: 600 }),
            associatedCellInfo: cellInfo,
            logicalOr: fc.boolean(),
          },
          'associatedCellInfo',
          'logicalOr',
        ),
      ),
    }),
  }),
  fc.record({
    format4: fc.record({
      changes: some(
        partly(
          { ricEventTriggerConditionId: id, triggerType, associatedUeInfo: ueInfo, logicalOr: fc.boolean() },
          'associatedUeInfo',
          'logicalOr',
        ),
      ),
    }),
  }),
  fc.record({
    format5: fc.option(
      partly(
        { onDemand: fc.constant('true' as const), associatedUeInfo: ueInfo, associatedCellInfo: cellInfo },
        'associatedUeInfo',
        'associatedCellInfo',
      ),
    ),
  }),
);

const wanted = some(partly({ ranParameterId: parameterId, definition }, 'definition'));
export const actionDefinitions: fc.Arbitrary<RcActionDefinition> = fc.record({
  ricStyleType: type,
  definition: fc.oneof(
    fc.record({ format1: fc.record({ ranParameters: wanted }) }),
    fc.record({
      format2: fc.record({
        policyConditions: some(
          partly(
            {
              ricPolicyAction: partly(
                { ricPolicyActionId: id, ranParameters: some(parameter), ricPolicyDecision: decision },
                'ranParameters',
                'ricPolicyDecision',
              ),
              ricPolicyConditionDefinition: tests,
            },
            'ricPolicyConditionDefinition',
          ),
        ),
      }),
    }),
    fc.record({ format3: partly({ ricInsertIndicationId: id, ranParameters: wanted, ueId }, 'ueId') }),
    fc.record({
      format4: partly(
        {
          insertStyles: some(
            fc.record({
              ricInsertStyleType: type,
              insertIndications: some(fc.record({ ricInsertIndicationId: id, ranParameters: wanted })),
            }),
          ),
          ueId,
        },
        'ueId',
      ),
    }),
  ),
});
