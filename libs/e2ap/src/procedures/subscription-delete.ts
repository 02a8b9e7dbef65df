import { type E2apAssociation, type MessageHandler } from '../association.js';
import { type RicSubscriptionDelete } from '../messages/subscription-delete.js';
import { ProcedureFailure } from '../procedures.js';

export const SUBSCRIPTION_DELETE_TIMEOUT_MS = 2_000;

/**
 * RIC Subscription Delete (clause 8.2.2), begun by the RIC. As many are outstanding at once as the peer can tell
 * apart; the others wait, and their time runs from when they are sent. A subscription that the node does not know
 * counts as deleted.
 * @throws ProcedureFailure, NoAnswer
 */
export async function requestSubscriptionDelete(
  association: E2apAssociation,
  { ricRequestId, ranFunctionId }: RicSubscriptionDelete,
  timeoutMs = SUBSCRIPTION_DELETE_TIMEOUT_MS,
): Promise<void> {
  const request = { ricRequestId, ranFunctionId };
  try {
    await association.deletes.run(association.profile.deletesAtOnce, () =>
      association.call('RICsubscriptionDelete', request, timeoutMs),
    );
  } catch (error) {
    if (!(error instanceof ProcedureFailure && tellsUnknown(error, association))) throw error;
  }
}

/** srsRAN gives another cause, and fails for nothing else. */
function tellsUnknown({ e2apCause }: ProcedureFailure, { profile }: E2apAssociation): boolean {
  return (
    profile.unknownDeleteAnswersZero ||
    ('ricRequest' in e2apCause && e2apCause.ricRequest === 'request-id-unknown')
  );
}

/** The node's side: `remove` tells whether there was such a subscription. */
export function answerSubscriptionDelete(
  remove: (request: RicSubscriptionDelete, association: E2apAssociation) => boolean,
): MessageHandler<'RICsubscriptionDeleteRequest'> {
  return (request, association) => {
    const { ricRequestId, ranFunctionId } = request;
    if (remove(request, association)) {
      association.send('RICsubscriptionDeleteResponse', { ricRequestId, ranFunctionId });
    } else {
      const cause = { ricRequest: 'request-id-unknown' } as const;
      association.send('RICsubscriptionDeleteFailure', { ricRequestId, ranFunctionId, cause });
    }
  };
}
