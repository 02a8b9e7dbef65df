import {
  answerConnectionUpdate,
  answerControl,
  type ControlDecision,
  encodeF1Setup,
  type MessageHandler,
  type MessageHandlers,
  type MessageName,
  profiles,
  type RanFunctionItem,
} from '@ricochet/e2ap';
import { ControlRejected } from '@ricochet/e2-node';
import { kpm, rc } from '@ricochet/e2sm';
import { type Persona, type PersonaNode } from './persona.js';
import { srsranKpm, srsranKpmDefinition } from './srsran-kpm.js';
import { prepareQuota, quotaOf, srsranRcDefinition } from './srsran-rc.js';

const GNB_ID_BITS = 22;

/** Messages that it takes and does nothing about. */
const PASSED_OVER: readonly MessageName[] = [
  'ErrorIndication',
  'ResetRequest',
  'RICserviceQuery',
  'E2removalRequest',
  'RICsubscriptionModificationRequest',
  'RICqueryRequest',
];

const FUNCTIONS: readonly RanFunctionItem[] = [
  {
    ranFunctionId: kpm.ranFunctionId,
    ranFunctionRevision: 0,
    ranFunctionOid: kpm.oid,
    ranFunctionDefinition: kpm.ranFunctionDefinition.encode(srsranKpmDefinition),
  },
  {
    ranFunctionId: rc.ranFunctionId,
    ranFunctionRevision: 0,
    ranFunctionOid: rc.oid,
    ranFunctionDefinition: rc.ranFunctionDefinition.encode(srsranRcDefinition),
  },
];

/** A gNB-DU in the manner of srsRAN 25.10. */
export const srsran: Persona = {
  profile: profiles.srsran,
  beginsProcedures: false,
  survivesGarbage: true,
  kpm: srsranKpm,
  globalId: (du) => ({ ...du, gnbIdBits: GNB_ID_BITS }),
  setup: ({ globalId }) => ({
    globalE2NodeId: globalId,
    ranFunctionsAdded: [...FUNCTIONS],
    componentConfigurationAddition: [f1Component(globalId.gnbDuId ?? 0)],
  }),
  handlers: (node): MessageHandlers => ({
    ...Object.fromEntries(PASSED_OVER.map((message) => [message, () => undefined])),
    RICsubscriptionRequest: subscribe(node),
    RICsubscriptionDeleteRequest: unsubscribe(node),
    RICcontrolRequest: answerControl((request): ControlDecision | undefined => {
      const quota =
        request.ranFunctionId === rc.ranFunctionId && node.isAccepted(rc.ranFunctionId)
          ? quotaOf(request)
          : undefined;
      if (quota === undefined) {
        node.warn('control not answered: it is none that is supported');
        return undefined;
      }
      const result = node.control(request, () => prepareQuota(quota, node.du));
      if (request.ricControlAckRequest !== 'ack') return undefined;
      return result instanceof ControlRejected ? { cause: { misc: 'unspecified' } } : {};
    }),
    E2connectionUpdate: answerConnectionUpdate(() => ({
      cause: { transport: 'transport-resource-unavailable' },
    })),
  }),
};

/** The F1 set-up of the DU, which tells of no cells. */
function f1Component(gnbDuId: number) {
  const exchange = encodeF1Setup({ gnbDuId, gnbDuName: 'dummy-du', servedCells: [] });
  return { interfaceType: 'f1', componentId: { f1: { gnbDuId } }, ...exchange } as const;
}

/** Failures say nothing of why, and not of which RAN function when that is unknown. */
function subscribe(node: PersonaNode): MessageHandler<'RICsubscriptionRequest'> {
  return (request, association) => {
    const { ricRequestId, ranFunctionId } = request;
    const isKnown = node.isAccepted(ranFunctionId);
    const answer = isKnown
      ? node.subscribe(request)
      : { reason: `RAN function ${ranFunctionId} is not known, or was not accepted` };
    if (!('admitted' in answer)) {
      node.warn(`subscription refused: ${answer.reason}`);
      association.send('RICsubscriptionFailure', {
        ricRequestId,
        ranFunctionId: isKnown ? ranFunctionId : 0,
        cause: { misc: 'control-processing-overload' },
      });
      return;
    }
    // Every admitted action is written to the first place of the list, and none that is not admitted is told.
    const [last = 0, ...others] = answer.admitted.toReversed();
    const ricActionsAdmitted = [last, ...others.map(() => 0)];
    association.send('RICsubscriptionResponse', { ricRequestId, ranFunctionId, ricActionsAdmitted });
  };
}

function unsubscribe(node: PersonaNode): MessageHandler<'RICsubscriptionDeleteRequest'> {
  return ({ ricRequestId, ranFunctionId }, association) => {
    if (node.unsubscribe(ricRequestId)) {
      association.send('RICsubscriptionDeleteResponse', { ricRequestId, ranFunctionId });
      return;
    }
    association.send('RICsubscriptionDeleteFailure', {
      ricRequestId: { requestorId: 0, instanceId: 0 },
      ranFunctionId: 0,
      cause: { misc: 'control-processing-overload' },
    });
  };
}
