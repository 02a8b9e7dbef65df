import { type Cause } from './types/cause.js';
import { type E2apPdu, type MessageName, type MessageValue } from './pdu.js';

interface ProcedureMessages {
  readonly request: MessageName;
  readonly success: MessageName;
  readonly failure?: MessageName;
}

/** Class 1 procedures whose messages a transaction id ties together: what asks, and what may answer. */
const globalProcedures = {
  E2setup: { request: 'E2setupRequest', success: 'E2setupResponse', failure: 'E2setupFailure' },
  Reset: { request: 'ResetRequest', success: 'ResetResponse' },
  E2nodeConfigurationUpdate: {
    request: 'E2nodeConfigurationUpdate',
    success: 'E2nodeConfigurationUpdateAcknowledge',
    failure: 'E2nodeConfigurationUpdateFailure',
  },
  E2connectionUpdate: {
    request: 'E2connectionUpdate',
    success: 'E2connectionUpdateAcknowledge',
    failure: 'E2connectionUpdateFailure',
  },
  E2removal: { request: 'E2removalRequest', success: 'E2removalResponse', failure: 'E2removalFailure' },
  RICserviceUpdate: {
    request: 'RICserviceUpdate',
    success: 'RICserviceUpdateAcknowledge',
    failure: 'RICserviceUpdateFailure',
  },
} as const satisfies Record<string, ProcedureMessages>;

/** Class 1 procedures whose messages a RIC request id ties together. */
const functionalProcedures = {
  RICcontrol: {
    request: 'RICcontrolRequest',
    success: 'RICcontrolAcknowledge',
    failure: 'RICcontrolFailure',
  },
  RICsubscription: {
    request: 'RICsubscriptionRequest',
    success: 'RICsubscriptionResponse',
    failure: 'RICsubscriptionFailure',
  },
  RICsubscriptionDelete: {
    request: 'RICsubscriptionDeleteRequest',
    success: 'RICsubscriptionDeleteResponse',
    failure: 'RICsubscriptionDeleteFailure',
  },
  RICsubscriptionModification: {
    request: 'RICsubscriptionModificationRequest',
    success: 'RICsubscriptionModificationResponse',
    failure: 'RICsubscriptionModificationFailure',
  },
  RICsubscriptionModificationRequired: {
    request: 'RICsubscriptionModificationRequired',
    success: 'RICsubscriptionModificationConfirm',
    failure: 'RICsubscriptionModificationRefuse',
  },
  RICquery: { request: 'RICqueryRequest', success: 'RICqueryResponse', failure: 'RICqueryFailure' },
} as const satisfies Record<string, ProcedureMessages>;

/** Class 1 procedures. */
export const procedures = { ...globalProcedures, ...functionalProcedures };

export type ProcedureName = keyof typeof procedures;
export type ProcedureRequest<P extends ProcedureName> = MessageValue<(typeof procedures)[P]['request']>;
export type ProcedureSuccess<P extends ProcedureName> = MessageValue<(typeof procedures)[P]['success']>;

/** The procedure that a message answers; `undefined` for a message that opens one, or belongs to none. */
export function procedureAnsweredBy(message: MessageName): ProcedureName | undefined {
  return answers.get(message);
}

const answers = new Map<MessageName, ProcedureName>(
  (Object.entries(procedures) as [ProcedureName, ProcedureMessages][]).flatMap(([name, messages]) =>
    [messages.success, messages.failure].filter((m) => m !== undefined).map((m) => [m, name] as const),
  ),
);

/**
 * The failure message that answers a request which could not be read (clause 10.3), out of what an Error
 * Indication about it would hold; `undefined` when there is none or ids are missing.
 */
export function failureAbout(
  message: MessageName,
  { cause, criticalityDiagnostics, ...ids }: MessageValue<'ErrorIndication'>,
): E2apPdu | undefined {
  const { transactionId, ricRequestId, ranFunctionId } = ids;
  const about = { cause, ...(criticalityDiagnostics && { criticalityDiagnostics }) };
  const global = failureIn(globalProcedures, message);
  if (global !== undefined && transactionId !== undefined) {
    return { message: global, value: { transactionId, ...about } } as E2apPdu;
  }
  const functional = failureIn(functionalProcedures, message);
  if (functional !== undefined && ricRequestId !== undefined && ranFunctionId !== undefined) {
    return { message: functional, value: { ricRequestId, ranFunctionId, ...about } } as E2apPdu;
  }
  return undefined;
}

function failureIn(
  among: Readonly<Record<string, ProcedureMessages>>,
  request: MessageName,
): MessageName | undefined {
  return Object.values(among).find((messages) => messages.request === request)?.failure;
}

/** What ties an answer to its request: the RIC request id, or the transaction id of a global procedure. */
export function correlationOf({ value }: E2apPdu): string {
  if ('ricRequestId' in value && value.ricRequestId !== undefined) {
    return `${value.ricRequestId.requestorId}/${value.ricRequestId.instanceId}`;
  }
  const { transactionId } = value as { transactionId?: number };
  return transactionId === undefined ? '' : String(transactionId);
}

/** The peer answered with its failure message. */
export class ProcedureFailure extends Error {
  constructor(
    readonly e2apCause: Cause,
    /** The failure message whole, for what else it carries. */
    readonly pdu: E2apPdu,
    message: string,
  ) {
    super(message);
    this.name = 'ProcedureFailure';
  }
}

/** What the peer's profile does not allow, so that it was not even sent. */
export class ProcedureNotAllowed extends Error {
  override readonly name = 'ProcedureNotAllowed';
}

/** The peer did not answer in time, or the association closed before it did. */
export class NoAnswer extends Error {
  constructor(
    readonly reason: 'timed-out' | 'closed',
    message: string,
  ) {
    super(message);
    this.name = 'NoAnswer';
  }
}
