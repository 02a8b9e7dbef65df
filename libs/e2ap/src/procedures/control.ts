import { type E2apAssociation, type MessageHandler } from '../association.js';
import { type RicControlRequest } from '../messages/control.js';
import { type MessageValue } from '../pdu.js';
import { type Cause } from '../types/cause.js';

export const CONTROL_TIMEOUT_MS = 1_000;

/**
 * RIC Control (clause 8.2.4), begun by the RIC; it always asks for the acknowledgement, without which some agents
 * never answer.
 * @throws ProcedureFailure, whose `pdu` may hold an outcome; NoAnswer
 */
export async function requestControl(
  association: E2apAssociation,
  request: Omit<RicControlRequest, 'ricControlAckRequest'>,
  timeoutMs = CONTROL_TIMEOUT_MS,
): Promise<MessageValue<'RICcontrolAcknowledge'>> {
  return association.call('RICcontrol', { ...request, ricControlAckRequest: 'ack' }, timeoutMs);
}

/** What became of a control; `outcome` is the service model's. */
export type ControlDecision =
  | { readonly outcome?: Uint8Array | undefined }
  | { readonly cause: Cause; readonly outcome?: Uint8Array | undefined };

/**
 * The node's side. It acknowledges unless it is asked not to, and always tells of a failure; `undefined`: no answer. A
 * decision that is at hand is answered in the same turn of the event loop.
 */
export function answerControl(
  execute: (
    request: RicControlRequest,
    association: E2apAssociation,
  ) => ControlDecision | undefined | Promise<ControlDecision | undefined>,
): MessageHandler<'RICcontrolRequest'> {
  return (request, association) => {
    const answer = (decision: ControlDecision | undefined): void => {
      if (decision === undefined) return;
      const { ricRequestId, ranFunctionId, ricCallProcessId } = request;
      const value = {
        ricRequestId,
        ranFunctionId,
        ...(ricCallProcessId && { ricCallProcessId }),
        ...(decision.outcome && { ricControlOutcome: decision.outcome }),
      };
      if ('cause' in decision) association.send('RICcontrolFailure', { ...value, cause: decision.cause });
      // What is to be done is done by then, or will be: the word of it can wait.
      else if (request.ricControlAckRequest !== 'noAck') {
        association.send('RICcontrolAcknowledge', value, { canWait: true });
      }
    };
    const decision = execute(request, association);
    if (decision instanceof Promise) void decision.then(answer);
    else answer(decision);
  };
}
