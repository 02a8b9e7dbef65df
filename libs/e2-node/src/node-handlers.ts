import {
  answerConnectionUpdate,
  answerControl,
  answerE2Removal,
  answerReset,
  answerServiceQuery,
  answerSubscription,
  answerSubscriptionDelete,
  type Cause,
  type ControlDecision,
  type MessageHandlers,
  type RanFunctionItem,
  type RicControlRequest,
  type RicSubscriptionRequest,
} from '@ricochet/e2ap';
import { messageOf } from '@ricochet/platform';
import { changesSince } from './ran-functions.js';

/** Long enough to be seen; a RIC that wants the node for good gets it back. */
const REMOVED_FOR_MS = 10_000;

/** What became of a subscription request. */
export type SubscriptionAnswer =
  | { readonly admitted: number[]; readonly notAdmitted: { ricActionId: number; cause: Cause }[] }
  | { readonly cause: Cause; readonly reason: string };

/** What the handlers of a node act on. */
export interface HandledNode {
  /** The RAN functions that it offers. */
  offered(): readonly RanFunctionItem[];
  subscribe(request: RicSubscriptionRequest): SubscriptionAnswer;
  /** False when there is no such subscription. */
  unsubscribe(ricRequestId: RicSubscriptionRequest['ricRequestId']): boolean;
  forgetSubscriptions(): void;
  control(request: RicControlRequest): ControlDecision | Promise<ControlDecision>;
  warn(line: string): void;
  /** How long it stays away after the association's end. */
  stayAway(forMs: number): void;
}

/** What a node does with each message of its RIC, as the specifications have it. */
export function nodeHandlers(node: HandledNode): MessageHandlers {
  return {
    RICsubscriptionRequest: answerSubscription((request) => {
      const answer = node.subscribe(request);
      if ('cause' in answer) node.warn(`subscription refused: ${answer.reason}`);
      return answer;
    }),
    RICsubscriptionDeleteRequest: answerSubscriptionDelete(({ ricRequestId }) =>
      node.unsubscribe(ricRequestId),
    ),
    RICcontrolRequest: answerControl((request) => node.control(request)),
    ResetRequest: answerReset(() => node.forgetSubscriptions()),
    RICserviceQuery: answerServiceQuery(
      (known) => changesSince(known, node.offered()),
      (error) => node.warn(messageOf(error)),
    ),
    // One association is all that a node of ours has.
    E2connectionUpdate: answerConnectionUpdate(() => ({
      cause: { transport: 'transport-resource-unavailable' },
    })),
    E2removalRequest: answerE2Removal(() => {
      node.stayAway(REMOVED_FOR_MS);
      return undefined;
    }),
  };
}
