import { type E2apAssociation, type MessageHandler } from '../association.js';
import { type RicSubscriptionRequest, type RicSubscriptionResponse } from '../messages/subscription.js';
import { NoAnswer, ProcedureFailure, ProcedureNotAllowed } from '../procedures.js';
import { formatCause, type Cause } from '../types/cause.js';
import { requestSubscriptionDelete } from './subscription-delete.js';

export const SUBSCRIPTION_TIMEOUT_MS = 2_000;

/**
 * RIC Subscription (clause 8.2.1), begun by the RIC. After a time-out the subscription is deleted, so that none that
 * the RIC has given up sends reports.
 * @throws ProcedureFailure, also when none of the actions is admitted; ProcedureNotAllowed for more actions than the
 *   peer takes; NoAnswer
 */
export async function requestSubscription(
  association: E2apAssociation,
  request: RicSubscriptionRequest,
  timeoutMs = SUBSCRIPTION_TIMEOUT_MS,
): Promise<RicSubscriptionResponse> {
  const { ricRequestId, ranFunctionId, ricActionsToBeSetup: actions } = request;
  const { name, actionsPerSubscription } = association.profile;
  if (actions.length > actionsPerSubscription) {
    const most = `${actionsPerSubscription} action${actionsPerSubscription === 1 ? '' : 's'}`;
    throw new ProcedureNotAllowed(`a ${name} peer takes ${most} a subscription, not ${actions.length}`);
  }
  const remove = (): void => {
    requestSubscriptionDelete(association, { ricRequestId, ranFunctionId }).catch(() => undefined);
  };
  let response: RicSubscriptionResponse;
  try {
    response = await association.call('RICsubscription', request, timeoutMs);
  } catch (error) {
    if (error instanceof NoAnswer && error.reason === 'timed-out') remove();
    throw error;
  }
  const { ricActionsAdmitted: admitted, ricActionsNotAdmitted: [refused] = [] } = response;
  if (actions.some(({ ricActionId }) => admitted.includes(ricActionId))) return response;
  remove();
  const cause = refused?.cause ?? { protocol: 'semantic-error' };
  throw new ProcedureFailure(
    cause,
    { message: 'RICsubscriptionResponse', value: response },
    `RICsubscription: no action admitted: ${formatCause(cause)}`,
  );
}

/** What the node admits of the actions, or why it takes none. */
export type SubscriptionDecision =
  | {
      readonly admitted: readonly number[];
      readonly notAdmitted?: readonly { readonly ricActionId: number; readonly cause: Cause }[];
    }
  | { readonly cause: Cause };

/** The node's side. */
export function answerSubscription(
  decide: (request: RicSubscriptionRequest, association: E2apAssociation) => SubscriptionDecision,
): MessageHandler<'RICsubscriptionRequest'> {
  return (request, association) => {
    const { ricRequestId, ranFunctionId } = request;
    const decision = decide(request, association);
    if ('cause' in decision) {
      association.send('RICsubscriptionFailure', { ricRequestId, ranFunctionId, cause: decision.cause });
      return;
    }
    const { admitted, notAdmitted = [] } = decision;
    association.send('RICsubscriptionResponse', {
      ricRequestId,
      ranFunctionId,
      ricActionsAdmitted: [...admitted],
      ...(notAdmitted.length > 0 && { ricActionsNotAdmitted: [...notAdmitted] }),
    });
  };
}
