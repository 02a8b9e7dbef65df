import { type E2apAssociation, type MessageHandler } from '../association.js';
import { type MessageValue } from '../pdu.js';
import { answer, type Decision, type WithoutId } from './answers.js';

export const NODE_CONFIGURATION_UPDATE_TIMEOUT_MS = 2_000;

/** Components of the node that came, changed and went. */
export type NodeConfigurationChanges = WithoutId<'E2nodeConfigurationUpdate'>;

/**
 * E2 Node Configuration Update (clause 8.3.5), begun by the node.
 * @throws ProcedureFailure, NoAnswer
 */
export async function requestNodeConfigurationUpdate(
  association: E2apAssociation,
  changes: NodeConfigurationChanges,
  timeoutMs = NODE_CONFIGURATION_UPDATE_TIMEOUT_MS,
): Promise<MessageValue<'E2nodeConfigurationUpdateAcknowledge'>> {
  const transactionId = association.nextTransactionId();
  return association.call('E2nodeConfigurationUpdate', { transactionId, ...changes }, timeoutMs);
}

/** The RIC's side. */
export function answerNodeConfigurationUpdate(
  decide: (
    changes: NodeConfigurationChanges,
    association: E2apAssociation,
  ) => Decision<'E2nodeConfigurationUpdateAcknowledge'> | WithoutId<'E2nodeConfigurationUpdateFailure'>,
): MessageHandler<'E2nodeConfigurationUpdate'> {
  return ({ transactionId, ...changes }, association) =>
    answer(association, {
      transactionId,
      decision: decide(changes, association),
      success: 'E2nodeConfigurationUpdateAcknowledge',
      failure: 'E2nodeConfigurationUpdateFailure',
    });
}
