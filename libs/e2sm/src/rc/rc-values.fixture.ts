import fc from 'fast-check';
import { type Infer } from '@ricochet/asn1';
import { cgi, natural32, partialUeId, ueId } from '../common/common-values.fixture.js';
import { partly } from '../message-laws.fixture.js';
import { type RcActionDefinition } from './action-definition.js';
import { type RcControlHeader, type RcControlMessage, type RcControlOutcome } from './control.js';
import { type RcEventTrigger } from './event-trigger.js';
import { type RcIndicationMessage } from './indication.js';
import { type neighbourRelation as neighbourRelationType } from './neighbour-relation.js';
import { type RcQueryHeader, type RcQueryOutcome } from './query.js';
import {
  any,
  decision,
  definition,
  id,
  octets,
  parameter,
  parameterId,
  parameterValue,
  some,
  tests,
  type,
} from './rc-parameter-values.fixture.js';

const individual = partly({ ueId, ranParameterTesting: tests }, 'ranParameterTesting');
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
const queriedUes = some(
  partly(
    {
      ueFilterId: id,
      ueType: fc.oneof(
        fc.record({ individual }),
        fc.record({ group: tests }),
        fc.record({
          query: partly({ partialUeId, ranParameterTesting: tests }, 'ranParameterTesting'),
        }),
      ),
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

const truth = fc.boolean();
export const neighbourRelation: fc.Arbitrary<Infer<typeof neighbourRelationType>> = fc.record({
  servingCellPci: fc.record({ nr: fc.integer({ min: 0, max: 1007 }) }),
  servingCellArfcn: fc.record({ nr: fc.integer({ min: 0, max: 3_279_165 }) }),
  neighbourCells: some(
    fc.record({
      nr: fc.record({
        nrCgi: fc.record({
          plmn: fc.constant({ mcc: '001', mnc: '01' }),
          nci: fc.integer({ min: 0, max: 2 ** 36 - 1 }),
        }),
        nrPci: fc.integer({ min: 0, max: 1007 }),
        fiveGsTac: fc.integer({ min: 0, max: 2 ** 24 - 1 }),
        nrMode: fc.constantFrom('fdd' as const, 'tdd' as const),
        nrFrequencyInfo: fc.record({
          nrArfcn: fc.integer({ min: 0, max: 3_279_165 }),
          frequencyBands: some(
            fc.record({
              frequencyBand: fc.integer({ min: 1, max: 1024 }),
              supplementaryUplinkBands: any(fc.integer({ min: 1, max: 1024 })),
            }),
          ),
        }),
        x2XnEstablished: truth,
        hoValidated: truth,
        version: id,
      }),
    }),
  ),
});

export const indicationMessages: fc.Arbitrary<RcIndicationMessage> = fc.oneof(
  fc.record({ format1: fc.record({ ranParameters: some(parameter) }) }),
  fc.record({ format2: fc.record({ ues: some(fc.record({ ueId, ranParameters: some(parameter) })) }) }),
  fc.record({
    format3: fc.record({
      cells: some(
        partly(
          { cellGlobalId: cgi, cellContextInfo: octets, cellDeleted: fc.boolean(), neighbourRelation },
          'cellContextInfo',
          'cellDeleted',
          'neighbourRelation',
        ),
      ),
    }),
  }),
  fc.record({
    format4: fc.option(
      fc.record({
        ues: any(partly({ ueId, ueContextInfo: octets, cellGlobalId: cgi }, 'ueContextInfo')),
        cells: any(
          partly(
            { cellGlobalId: cgi, cellContextInfo: octets, neighbourRelation },
            'cellContextInfo',
            'neighbourRelation',
          ),
        ),
      }),
    ),
  }),
  fc.record({ format5: fc.record({ ranParameters: any(parameter) }) }),
  fc.record({
    format6: fc.record({
      insertStyles: some(
        fc.record({
          ricInsertStyleType: type,
          insertIndications: some(fc.record({ ricInsertIndicationId: id, ranParameters: any(parameter) })),
        }),
      ),
    }),
  }),
);

export const indicationHeaders = fc.oneof(
  fc.record({ format1: partly({ ricEventTriggerConditionId: id }, 'ricEventTriggerConditionId') }),
  fc.record({ format2: fc.record({ ueId, ricInsertStyleType: type, ricInsertIndicationId: id }) }),
  fc.record({
    format3: partly({ ricEventTriggerConditionId: id, ueId }, 'ricEventTriggerConditionId', 'ueId'),
  }),
);

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

export const queryHeaders: fc.Arbitrary<RcQueryHeader> = fc.record({
  format1: partly(
    { ricStyleType: type, associatedE2NodeInfo: tests, associatedUeInfo: queriedUes },
    'associatedE2NodeInfo',
    'associatedUeInfo',
  ),
});
export const queryDefinitions = fc.record({
  format1: fc.record({
    ranParameters: some(partly({ ranParameterId: parameterId, definition }, 'definition')),
  }),
});
const queried = any(
  parameter.chain(({ ranParameterId, valueType }) =>
    fc.constantFrom({ ranParameterId }, { ranParameterId, valueType }),
  ),
);
export const queryOutcomes: fc.Arbitrary<RcQueryOutcome> = fc.oneof(
  fc.record({
    format1: fc.record({
      cells: some(
        partly({ cellGlobalId: cgi, ranParameters: queried, neighbourRelation }, 'neighbourRelation'),
      ),
    }),
  }),
  fc.record({
    format2: fc.record({ ues: any(partly({ ueId, ranParameters: queried, ueFilterId: id }, 'ueFilterId')) }),
  }),
);
