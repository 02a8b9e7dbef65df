import { type E2apAssociation, type MessageHandler } from '../association.js';
import { type MessageValue } from '../pdu.js';
import { answer, type Decision, type WithoutId } from './answers.js';

export const SERVICE_UPDATE_TIMEOUT_MS = 2_000;

/** RAN functions that came, changed and went. */
export type ServiceChanges = WithoutId<'RICserviceUpdate'>;

/**
 * RIC Service Update (clause 8.3.4), begun by the node.
 * @throws ProcedureFailure, NoAnswer
 */
export async function requestServiceUpdate(
  association: E2apAssociation,
  changes: ServiceChanges,
  timeoutMs = SERVICE_UPDATE_TIMEOUT_MS,
): Promise<MessageValue<'RICserviceUpdateAcknowledge'>> {
  const transactionId = association.nextTransactionId();
  return association.call('RICserviceUpdate', { transactionId, ...changes }, timeoutMs);
}

/** The RIC's side. */
export function answerServiceUpdate(
  decide: (
    changes: ServiceChanges,
    association: E2apAssociation,
  ) => Decision<'RICserviceUpdateAcknowledge'> | WithoutId<'RICserviceUpdateFailure'>,
): MessageHandler<'RICserviceUpdate'> {
  return ({ transactionId, ...changes }, association) =>
    answer(association, {
      transactionId,
      decision: decide(changes, association),
      success: 'RICserviceUpdateAcknowledge',
      failure: 'RICserviceUpdateFailure',
    });
}
