import {
  answerConnectionUpdate,
  answerControl,
  answerE2Removal,
  answerReset,
  answerServiceQuery,
  answerSubscription,
  answerSubscriptionDelete,
  profiles,
  type RanFunctionItem,
  type ServiceChanges,
} from '@ricochet/e2ap';
import { kpm } from '@ricochet/e2sm';
import { messageOf } from '@ricochet/platform';
import { ControlRejected, failureOutcome, prepareControl } from '../control-executor.js';
import { type Du } from '../du.js';
import { compileReport } from '../kpm-report.js';
import { f1Setup, ranFunctions } from '../ran-functions.js';
import { type Persona } from './persona.js';

/** Long enough to be seen; a RIC that wants the node for good gets it back. */
const REMOVED_FOR_MS = 10_000;

/** What the RIC knows of a RAN function. */
type KnownFunction = Pick<RanFunctionItem, 'ranFunctionId' | 'ranFunctionRevision'>;

/** A node as the specifications have it. */
export const oran: Persona = {
  profile: profiles.oran,
  beginsProcedures: true,
  survivesGarbage: true,
  kpm: {
    isNumbered: true,
    compile(du, action) {
      const pack = compileReport(du, action);
      return (window) => kpm.indicationMessage.encode(pack(window));
    },
    header: (startMs) => kpm.indicationHeader.encode({ collectionStartTimeMs: startMs }),
  },
  globalId: (du) => du,
  setup: (du) => ({
    globalE2NodeId: du.globalId,
    ranFunctionsAdded: offered(du),
    componentConfigurationAddition: [
      f1Setup(du.globalId, { prbs: du.radio.config.prbsPerCell, slices: slicesOf(du) }),
    ],
  }),
  handlers: (node) => ({
    RICsubscriptionRequest: answerSubscription((request) => {
      const answer = node.subscribe(request);
      if ('cause' in answer) node.warn(`subscription refused: ${answer.reason}`);
      return answer;
    }),
    RICsubscriptionDeleteRequest: answerSubscriptionDelete(({ ricRequestId }) =>
      node.unsubscribe(ricRequestId),
    ),
    RICcontrolRequest: answerControl((request) => {
      const result = node.control(request, () => prepareControl(request, node.du));
      if (!(result instanceof ControlRejected)) return { outcome: result.outcome };
      return { cause: result.e2apCause, outcome: failureOutcome(request.ranFunctionId, result.message) };
    }),
    ResetRequest: answerReset(() => node.forgetSubscriptions()),
    RICserviceQuery: answerServiceQuery(
      (known) => changesSince(known, offered(node.du)),
      (error) => node.warn(messageOf(error)),
    ),
    // One association is all that a simulated node has.
    E2connectionUpdate: answerConnectionUpdate(() => ({
      cause: { transport: 'transport-resource-unavailable' },
    })),
    E2removalRequest: answerE2Removal(() => {
      node.stayAway(REMOVED_FOR_MS);
      return undefined;
    }),
  }),
};

const slicesOf = ({ radio }: Du) => radio.slices.map(({ snssai }) => snssai);

const offered = (du: Du): RanFunctionItem[] => ranFunctions(slicesOf(du));

const idOf = ({ ranFunctionId, ranFunctionRevision }: KnownFunction) => ({
  ranFunctionId,
  ranFunctionRevision,
});

/** What a RIC that knows these RAN functions has to be told (E2AP clause 8.3.4). */
export function changesSince(
  known: readonly KnownFunction[],
  functions: readonly RanFunctionItem[],
): ServiceChanges {
  const revisions = new Map(known.map((item) => [item.ranFunctionId, item.ranFunctionRevision]));
  const added = functions.filter(({ ranFunctionId }) => !revisions.has(ranFunctionId));
  const modified = functions.filter(
    ({ ranFunctionId, ranFunctionRevision }) =>
      revisions.has(ranFunctionId) && revisions.get(ranFunctionId) !== ranFunctionRevision,
  );
  const deleted = known.filter((item) =>
    functions.every(({ ranFunctionId }) => ranFunctionId !== item.ranFunctionId),
  );
  return {
    ...(added.length > 0 && { ranFunctionsAdded: added }),
    ...(modified.length > 0 && { ranFunctionsModified: modified }),
    ...(deleted.length > 0 && { ranFunctionsDeleted: deleted.map(idOf) }),
  };
}
