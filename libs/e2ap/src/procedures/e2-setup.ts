import { type E2apAssociation, type MessageHandler } from '../association.js';
import { type E2SetupRequest, type E2SetupResponse } from '../messages/e2-setup.js';
import { type OtherCriticalities } from '../pdu.js';
import { ProcedureFailure } from '../procedures.js';
import { formatCause } from '../types/cause.js';
import { type TimeToWait } from '../types/ids.js';
import { answer, type Decision, type WithoutId } from './answers.js';

export const E2_SETUP_TIMEOUT_MS = 2_000;

export const TIME_TO_WAIT_MS: Readonly<Record<TimeToWait, number>> = {
  v1s: 1_000,
  v2s: 2_000,
  v5s: 5_000,
  v10s: 10_000,
  v20s: 20_000,
  v60s: 60_000,
};

/** The RIC does not take the node now. */
export class E2SetupRefused extends ProcedureFailure {
  override readonly name = 'E2SetupRefused';
  /** Before this has passed the node is not to try again; 0 when the RIC says nothing of it. */
  readonly timeToWaitMs: number;

  constructor({ e2apCause, pdu }: ProcedureFailure) {
    const timeToWait = pdu.message === 'E2setupFailure' ? pdu.value.timeToWait : undefined;
    const wait = timeToWait === undefined ? 0 : TIME_TO_WAIT_MS[timeToWait];
    super(
      e2apCause,
      pdu,
      `E2setup refused: ${formatCause(e2apCause)}${wait > 0 ? `, to wait ${wait / 1_000} s` : ''}`,
    );
    this.timeToWaitMs = wait;
  }
}

/**
 * E2 Setup (clause 8.3.1), begun by the node.
 * @throws E2SetupRefused; NoAnswer; E2apDecodeError when the response has another shape
 */
export async function requestE2Setup(
  association: E2apAssociation,
  request: Omit<E2SetupRequest, 'transactionId'>,
  timeoutMs = E2_SETUP_TIMEOUT_MS,
): Promise<E2SetupResponse> {
  const transactionId = association.nextTransactionId();
  try {
    return await association.call('E2setup', { transactionId, ...request }, timeoutMs);
  } catch (error) {
    throw error instanceof ProcedureFailure ? new E2SetupRefused(error) : error;
  }
}

/**
 * The RIC's side. `decide` may set `association.profile`, by `criticalities` too, and what it decides is put as that
 * profile can take it: a peer that may hear of no rejected RAN functions is told that all are accepted, and the
 * association of one that takes no failure is closed.
 */
export function answerE2Setup(
  decide: (
    request: E2SetupRequest,
    association: E2apAssociation,
    criticalities?: OtherCriticalities,
  ) => Decision<'E2setupResponse'> | WithoutId<'E2setupFailure'>,
): MessageHandler<'E2setupRequest'> {
  return (request, association, criticalities) => {
    const decision = decide(request, association, criticalities);
    const { transactionId, ranFunctionsAdded } = request;
    const { profile } = association;
    if ('cause' in decision && profile.neverSend.has('E2setupFailure')) {
      association.close(`E2 Setup refused: ${formatCause(decision.cause)}`);
      return;
    }
    const isHidden = 'ranFunctionsRejected' in decision && !profile.acceptsRejectedFunctions;
    answer(association, {
      transactionId,
      decision: isHidden ? acceptingAll(decision, ranFunctionsAdded) : decision,
      success: 'E2setupResponse',
      failure: 'E2setupFailure',
    });
  };
}

function acceptingAll(
  { ranFunctionsRejected: _, ...decision }: Decision<'E2setupResponse'>,
  all: E2SetupRequest['ranFunctionsAdded'],
): Decision<'E2setupResponse'> {
  return {
    ...decision,
    ranFunctionsAccepted: all.map(({ ranFunctionId, ranFunctionRevision }) => ({
      ranFunctionId,
      ranFunctionRevision,
    })),
  };
}
