import { type E2apAssociation, type MessageHandler } from '../association.js';
import { type Cause } from '../types/cause.js';

export const E2_REMOVAL_TIMEOUT_MS = 2_000;

/**
 * E2 Removal (clause 8.3.7, since v3.00), begun by either end: they part in order, and this end
 * closes the association after the response.
 * @throws ProcedureFailure; ProcedureNotAllowed; NoAnswer
 */
export async function requestE2Removal(
  association: E2apAssociation,
  timeoutMs = E2_REMOVAL_TIMEOUT_MS,
): Promise<void> {
  await association.call('E2removal', { transactionId: association.nextTransactionId() }, timeoutMs);
  association.close('E2 Removal');
}

/**
 * The other side: `refuse` gives the cause for which it does not part, if there is one. The end that began closes the
 * association; should it not, this one does.
 */
export function answerE2Removal(
  refuse: (association: E2apAssociation) => Cause | undefined = () => undefined,
): MessageHandler<'E2removalRequest'> {
  return ({ transactionId }, association) => {
    const cause = refuse(association);
    if (cause !== undefined) {
      association.send('E2removalFailure', { transactionId, cause });
      return;
    }
    association.send('E2removalResponse', { transactionId });
    association.closeAfter(E2_REMOVAL_TIMEOUT_MS, 'E2 Removal by the peer');
  };
}
