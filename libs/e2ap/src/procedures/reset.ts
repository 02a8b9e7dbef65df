import { type E2apAssociation, type MessageHandler } from '../association.js';
import { type Cause } from '../types/cause.js';

export const RESET_TIMEOUT_MS = 2_000;

/**
 * Reset (clause 8.3.2), begun by either end when it has forgotten every subscription of the association.
 * @throws ProcedureNotAllowed, NoAnswer
 */
export async function requestReset(
  association: E2apAssociation,
  cause: Cause,
  timeoutMs = RESET_TIMEOUT_MS,
): Promise<void> {
  await association.call('Reset', { transactionId: association.nextTransactionId(), cause }, timeoutMs);
}

/** `forget` is called after the answer, so that what it begins anew does not come before it. */
export function answerReset(
  forget: (cause: Cause, association: E2apAssociation) => void,
): MessageHandler<'ResetRequest'> {
  return ({ transactionId, cause }, association) => {
    association.send('ResetResponse', { transactionId });
    forget(cause, association);
  };
}
