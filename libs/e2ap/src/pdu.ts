import { type z } from 'zod';
import {
  ricControlAcknowledgeSchema,
  ricControlFailureSchema,
  ricControlRequestSchema,
} from './messages/control.js';
import { e2SetupFailureSchema, e2SetupRequestSchema, e2SetupResponseSchema } from './messages/e2-setup.js';
import { errorIndicationSchema } from './messages/error-indication.js';
import { ricIndicationSchema } from './messages/indication.js';
import {
  nodeConfigurationUpdateAckSchema,
  nodeConfigurationUpdateFailureSchema,
  nodeConfigurationUpdateSchema,
} from './messages/node-configuration-update.js';
import { resetRequestSchema, resetResponseSchema } from './messages/reset.js';
import {
  ricSubscriptionDeleteFailureSchema,
  ricSubscriptionDeleteSchema,
  ricSubscriptionFailureSchema,
  ricSubscriptionRequestSchema,
  ricSubscriptionResponseSchema,
} from './messages/subscription.js';

/** Schema of every message by its name. */
export const messageSchemas = {
  E2setupRequest: e2SetupRequestSchema,
  E2setupResponse: e2SetupResponseSchema,
  E2setupFailure: e2SetupFailureSchema,
  ErrorIndication: errorIndicationSchema,
  ResetRequest: resetRequestSchema,
  ResetResponse: resetResponseSchema,
  RICcontrolRequest: ricControlRequestSchema,
  RICcontrolAcknowledge: ricControlAcknowledgeSchema,
  RICcontrolFailure: ricControlFailureSchema,
  RICindication: ricIndicationSchema,
  RICsubscriptionRequest: ricSubscriptionRequestSchema,
  RICsubscriptionResponse: ricSubscriptionResponseSchema,
  RICsubscriptionFailure: ricSubscriptionFailureSchema,
  RICsubscriptionDeleteRequest: ricSubscriptionDeleteSchema,
  RICsubscriptionDeleteResponse: ricSubscriptionDeleteSchema,
  RICsubscriptionDeleteFailure: ricSubscriptionDeleteFailureSchema,
  E2nodeConfigurationUpdate: nodeConfigurationUpdateSchema,
  E2nodeConfigurationUpdateAcknowledge: nodeConfigurationUpdateAckSchema,
  E2nodeConfigurationUpdateFailure: nodeConfigurationUpdateFailureSchema,
} as const;

export type MessageName = keyof typeof messageSchemas;
export type MessageValue<N extends MessageName> = z.infer<(typeof messageSchemas)[N]>;

/** An E2AP PDU: which message, and its IEs. */
export type E2apPdu = {
  [N in MessageName]: { readonly message: N; readonly value: MessageValue<N> };
}[MessageName];

/** Turns PDUs into octets and back; `decode` throws {@link E2apDecodeError} and nothing else. */
export interface E2apCodec {
  encode(pdu: E2apPdu): Uint8Array;
  decode(octets: Uint8Array): E2apPdu;
}

/** Octets that are no E2AP PDU: says where and what was expected. */
export class E2apDecodeError extends Error {
  constructor(
    message: string,
    /** The message that the octets claim to be, if they could be read so far. */
    readonly claimed?: MessageName,
  ) {
    super(message);
    this.name = 'E2apDecodeError';
  }
}
