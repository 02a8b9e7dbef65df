import { type E2apDecodeError } from './decode-error.js';
import { messages, type E2apPdu, type MessageValue } from './pdu.js';
import { correlationOf, failureAbout } from './procedures.js';
import { formatCause } from './types/cause.js';

type ErrorReport = MessageValue<'ErrorIndication'>;

/** What a PDU that could not be read is answered with (clause 10): `undefined`, an Error Indication about one. */
export function answerToUnreadable({ claimed, report }: E2apDecodeError): E2apPdu | undefined {
  // Two ends that can not read each other's Error Indications would else exchange them for ever.
  if (claimed === 'ErrorIndication') return undefined;
  const { cause } = report;
  const isTransferSyntaxError =
    cause === undefined || ('protocol' in cause && cause.protocol === 'transfer-syntax-error');
  const failure = claimed === undefined || isTransferSyntaxError ? undefined : failureAbout(claimed, report);
  return failure ?? { message: 'ErrorIndication', value: report };
}

/** What an Error Indication says about a message that its receiver has no use for. */
export function reportOnUnexpected({ message, value }: E2apPdu): ErrorReport {
  const { procedureCode, criticality } = messages[message];
  const { transactionId, ricRequestId, ranFunctionId } = value as Partial<ErrorReport>;
  return {
    ...(transactionId !== undefined && { transactionId }),
    ...(ricRequestId && { ricRequestId }),
    ...(ranFunctionId !== undefined && { ranFunctionId }),
    cause: { protocol: 'message-not-compatible-with-receiver-state' },
    criticalityDiagnostics: {
      procedureCode,
      triggeringMessage: 'initiating-message',
      procedureCriticality: criticality,
    },
  };
}

/** An Error Indication in one line. */
export function formatErrorIndication(value: ErrorReport): string {
  const id = correlationOf({ message: 'ErrorIndication', value });
  return `peer reports an error${id && ` about ${id}`}: ${value.cause ? formatCause(value.cause) : 'no cause'}`;
}
