import { choice, enumerated, type Infer, optional, sequence, sequenceOf, soleField } from '@ricochet/asn1';
import { interfaceIdentifier, interfaceMessageId, interfaceType } from '../common/interface-ids.js';
import { rrcMessageId } from '../common/rrc-message-id.js';
import { eventTriggerCellInfo, eventTriggerUeEventInfo, eventTriggerUeInfo } from './associated-info.js';
import { changeId, rcId, some } from './ids.js';
import { nullSinceV3 } from './on-demand.js';
import { ranParameterTesting } from './ran-parameter-testing.js';
import { truth } from './truth.js';

/** Format 1, message event (E2SM-RC clause 9.2.1.1.1). */
const messageEvent = sequence(
  {
    messages: sequenceOf(
      sequence(
        {
          ricEventTriggerConditionId: rcId,
          messageType: choice(
            {
              ni: sequence(
                {
                  niType: interfaceType,
                  niIdentifier: optional(interfaceIdentifier),
                  niMessage: optional(interfaceMessageId),
                },
                {},
              ),
              rrc: soleField(rrcMessageId),
            },
            {},
          ),
          messageDirection: optional(enumerated(['incoming', 'outgoing'], { extensions: [] })),
          associatedUeInfo: optional(eventTriggerUeInfo),
          associatedUeEvent: optional(eventTriggerUeEventInfo),
          logicalOr: optional(truth),
        },
        {},
      ),
      some,
    ),
    globalAssociatedUeInfo: optional(eventTriggerUeInfo),
  },
  {},
);

/** Format 2, call process breakpoint (clause 9.2.1.1.2). */
const callProcessBreakpoint = sequence(
  {
    ricCallProcessTypeId: rcId,
    ricCallProcessBreakpointId: rcId,
    associatedE2NodeInfo: optional(ranParameterTesting),
    associatedUeInfo: optional(eventTriggerUeInfo),
  },
  {},
);

/** Format 3, E2 node information change (clause 9.2.1.1.3). */
const nodeInformationChange = sequence(
  {
    changes: sequenceOf(
      sequence(
        {
          ricEventTriggerConditionId: rcId,
          e2NodeInfoChangeId: changeId,
          associatedCellInfo: optional(eventTriggerCellInfo),
          logicalOr: optional(truth),
        },
        {},
      ),
      some,
    ),
  },
  {},
);

/** RRC State (clause 9.3.37). */
export const rrcState = enumerated(['rrc-connected', 'rrc-inactive', 'rrc-idle', 'any'], { extensions: [] });
export type RrcState = Infer<typeof rrcState>;

const triggerType = choice(
  {
    rrcState: soleField(
      sequenceOf(sequence({ stateChangedTo: rrcState, logicalOr: optional(truth) }, {}), { min: 1, max: 8 }),
    ),
    ueId: soleField(changeId),
    l2State: soleField(ranParameterTesting),
  },
  {
    ueContext: soleField(ranParameterTesting),
    l2MacSchedulerChange: soleField(
      choice({ mimoAndBfConfig: soleField(enumerated(['enabled', 'disabled'], { extensions: [] })) }, {}),
    ),
  },
);

/** Format 4, UE information change (clause 9.2.1.1.4). */
const ueInformationChange = sequence(
  {
    changes: sequenceOf(
      sequence(
        {
          ricEventTriggerConditionId: rcId,
          triggerType,
          associatedUeInfo: optional(eventTriggerUeInfo),
          logicalOr: optional(truth),
        },
        {},
      ),
      some,
    ),
  },
  {},
);

/** Format 5, on demand (clause 9.2.1.1.5). */
const onDemand = nullSinceV3(
  sequence(
    {
      onDemand: enumerated(['true'], { extensions: [] }),
      associatedUeInfo: optional(eventTriggerUeInfo),
      associatedCellInfo: optional(eventTriggerCellInfo),
    },
    {},
  ),
);

/** E2SM-RC Event Trigger (clause 9.2.1.1). */
export const eventTrigger = soleField(
  choice(
    {
      format1: messageEvent,
      format2: callProcessBreakpoint,
      format3: nodeInformationChange,
      format4: ueInformationChange,
      format5: onDemand,
    },
    {},
  ),
);
export type RcEventTrigger = Infer<typeof eventTrigger>;
