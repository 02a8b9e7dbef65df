import { type E2apAssociation, type MessageHandler } from '../association.js';
import { type MessageValue } from '../pdu.js';
import { answer, type Decision, type WithoutId } from './answers.js';

export const CONNECTION_UPDATE_TIMEOUT_MS = 2_000;

/** Associations that the RIC wants further, otherwise or no longer. */
export type ConnectionChanges = WithoutId<'E2connectionUpdate'>;

/**
 * E2 Connection Update (clause 8.3.6), begun by the RIC.
 * @throws ProcedureFailure; ProcedureNotAllowed; NoAnswer
 */
export async function requestConnectionUpdate(
  association: E2apAssociation,
  changes: ConnectionChanges,
  timeoutMs = CONNECTION_UPDATE_TIMEOUT_MS,
): Promise<MessageValue<'E2connectionUpdateAcknowledge'>> {
  const transactionId = association.nextTransactionId();
  return association.call('E2connectionUpdate', { transactionId, ...changes }, timeoutMs);
}

/** The node's side. */
export function answerConnectionUpdate(
  decide: (
    changes: ConnectionChanges,
    association: E2apAssociation,
  ) =>
    | Decision<'E2connectionUpdateAcknowledge'>
    | (WithoutId<'E2connectionUpdateFailure'> &
        Required<Pick<MessageValue<'E2connectionUpdateFailure'>, 'cause'>>),
): MessageHandler<'E2connectionUpdate'> {
  return ({ transactionId, ...changes }, association) =>
    answer(association, {
      transactionId,
      decision: decide(changes, association),
      success: 'E2connectionUpdateAcknowledge',
      failure: 'E2connectionUpdateFailure',
    });
}
