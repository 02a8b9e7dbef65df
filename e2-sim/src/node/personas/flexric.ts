import {
  type MessageHandler,
  type MessageHandlers,
  type PeerProfile,
  profiles,
  type RanFunctionItem,
} from '@ricochet/e2ap';
import { kpm, rc } from '@ricochet/e2sm';
import { type FlexricKpmBuild, flexricKpm, flexricKpmDefinition } from './flexric-kpm.js';
import { fatalInControl, flexricRcDefinition } from './flexric-rc.js';
import { type Persona, type PersonaNode } from './persona.js';

/** Its own service models, whose messages are structures of C; listed here and no more. */
const OWN_MODELS: readonly (readonly [number, string])[] = [
  [142, 'MAC_STATS_V0'],
  [143, 'RLC_STATS_V0'],
  [144, 'PDCP_STATS_V0'],
  [145, 'SLICE_STATS_V0'],
  [146, 'TC_STATS_V0'],
  [148, 'GTP_STATS_V0'],
];

/** OAI's gNB with FlexRIC's agent compiled for E2AP v2.03 and KPM v2.03, the default. */
export const flexric203 = persona(profiles['flexric-2.03'], {
  shortName: 'ORAN-E2SM-KPM-v02.03',
  oid: '1.3.6.1.4.1.53148.1.2.2.2',
  timeStamp: 'seconds',
});

/** The same compiled for E2AP v3.01 and KPM v3.00. */
export const flexric301 = persona(profiles['flexric-3.01'], {
  shortName: 'ORAN-E2SM-KPM-v03.00',
  oid: '1.3.6.1.4.1.53148.1.3.2.2',
  timeStamp: 'microseconds',
});

function persona(profile: PeerProfile, build: FlexricKpmBuild): Persona {
  const functions = ranFunctions(build);
  return {
    profile,
    beginsProcedures: false,
    survivesGarbage: false,
    kpm: flexricKpm(build),
    // A gNB in one process: a simulated DU each.
    globalId: ({ plmn, gnbDuId = 0 }) => ({ plmn, gnbId: gnbDuId }),
    setup: ({ globalId }) => ({
      globalE2NodeId: globalId,
      ranFunctionsAdded: functions,
      componentConfigurationAddition: [
        {
          interfaceType: 'ng',
          componentId: { ng: { amfName: 'Dummy message' } },
          requestPart: text('NGAP Request Message sent'),
          responsePart: text('NGAP Response Message received'),
        },
      ],
    }),
    handlers: (node): MessageHandlers => ({
      ...Object.fromEntries(
        [...profile.neverSend].map((message) => [message, () => node.die(`the message ${message}`)]),
      ),
      RICsubscriptionRequest: subscribe(node),
      RICsubscriptionDeleteRequest: ({ ricRequestId, ranFunctionId }, association) => {
        node.unsubscribe(ricRequestId);
        // Known or not.
        association.send('RICsubscriptionDeleteResponse', { ricRequestId, ranFunctionId });
      },
      RICcontrolRequest: control(node),
    }),
  };
}

function ranFunctions(build: FlexricKpmBuild): RanFunctionItem[] {
  return [
    {
      ranFunctionId: kpm.ranFunctionId,
      ranFunctionRevision: 1,
      ranFunctionOid: build.oid,
      ranFunctionDefinition: kpm.ranFunctionDefinition.encode(flexricKpmDefinition(build)),
    },
    {
      ranFunctionId: rc.ranFunctionId,
      ranFunctionRevision: 1,
      ranFunctionOid: rc.oid,
      ranFunctionDefinition: rc.ranFunctionDefinition.encode(flexricRcDefinition),
    },
    ...OWN_MODELS.map(([ranFunctionId, definition]) => ({
      ranFunctionId,
      ranFunctionRevision: 1,
      ranFunctionOid: `0.0.0.0.0.0.0.0.1.${ranFunctionId}.0`,
      ranFunctionDefinition: text(definition),
    })),
  ];
}

/** There are no failures: what it can not do ends it. RC's subscriptions are admitted, and nothing ever happens. */
function subscribe(node: PersonaNode): MessageHandler<'RICsubscriptionRequest'> {
  return (request, association) => {
    const { ricRequestId, ranFunctionId, ricActionsToBeSetup: actions } = request;
    const [action] = actions;
    if (action === undefined || actions.length > 1) return node.die(`${actions.length} actions`);
    if (ranFunctionId !== rc.ranFunctionId) {
      const answer = node.subscribe(request);
      if ('cause' in answer) return node.die(answer.reason);
    }
    const ricActionsAdmitted = [action.ricActionId];
    association.send('RICsubscriptionResponse', { ricRequestId, ranFunctionId, ricActionsAdmitted });
  };
}

/** What RC's control asks for is printed by the real one; here it is passed over. */
function control(node: PersonaNode): MessageHandler<'RICcontrolRequest'> {
  return (request, association) => {
    const { ricRequestId, ranFunctionId, ricControlAckRequest } = request;
    if (ricControlAckRequest !== 'ack') return node.die('a control that asks for no acknowledgement');
    if (ranFunctionId !== rc.ranFunctionId) return node.die(`a control of RAN function ${ranFunctionId}`);
    const fatal = fatalInControl(request);
    if (fatal !== undefined) return node.die(fatal);
    // Without the call process id that came.
    association.send('RICcontrolAcknowledge', { ricRequestId, ranFunctionId });
  };
}

function text(characters: string): Uint8Array {
  return new TextEncoder().encode(characters);
}
