import {
  assertObject,
  type Criticality,
  mapped,
  type Infer,
  type Pdu,
  pduTable,
  type SentForms,
  type Type,
} from '@ricochet/asn1';
import {
  e2ConnectionUpdate,
  e2ConnectionUpdateAck,
  e2ConnectionUpdateFailure,
} from './messages/connection-update.js';
import { ricControlAcknowledge, ricControlFailure, ricControlRequest } from './messages/control.js';
import { e2RemovalFailure, e2RemovalRequest, e2RemovalResponse } from './messages/e2-removal.js';
import { e2SetupFailure, e2SetupRequest, e2SetupResponse } from './messages/e2-setup.js';
import { errorIndication } from './messages/error-indication.js';
import { ricIndication } from './messages/indication.js';
import {
  nodeConfigurationUpdate,
  nodeConfigurationUpdateAck,
  nodeConfigurationUpdateFailure,
} from './messages/node-configuration-update.js';
import { ricQueryFailure, ricQueryRequest, ricQueryResponse } from './messages/query.js';
import { resetRequest, resetResponse } from './messages/reset.js';
import {
  ricServiceQuery,
  ricServiceUpdate,
  ricServiceUpdateAcknowledge,
  ricServiceUpdateFailure,
} from './messages/service-update.js';
import {
  ricSubscriptionDelete,
  ricSubscriptionDeleteFailure,
  ricSubscriptionDeleteRequired,
} from './messages/subscription-delete.js';
import {
  ricSubscriptionModificationConfirm,
  ricSubscriptionModificationFailure,
  ricSubscriptionModificationRequest,
  ricSubscriptionModificationRequired,
  ricSubscriptionModificationResponse,
} from './messages/subscription-modification.js';
import {
  ricSubscriptionFailure,
  ricSubscriptionRequest,
  ricSubscriptionResponse,
} from './messages/subscription.js';

/** The alternatives of E2AP-PDU, in their order. */
export const pduChoices = ['initiatingMessage', 'successfulOutcome', 'unsuccessfulOutcome'] as const;
type PduChoice = (typeof pduChoices)[number];

/** A procedure's code and criticality, to make its messages with. */
function procedure(procedureCode: number, criticality: Criticality) {
  const message =
    <const C extends PduChoice>(choice: C) =>
    <T>(type: Type<T>): Pdu<T, C> => ({ choice, procedureCode, criticality, type });
  return {
    initiating: message('initiatingMessage'),
    successful: message('successfulOutcome'),
    unsuccessful: message('unsuccessfulOutcome'),
  };
}

const e2Setup = procedure(1, 'reject');
const errorIndicating = procedure(2, 'ignore');
const reset = procedure(3, 'reject');
const control = procedure(4, 'reject');
const indication = procedure(5, 'ignore');
const serviceQuery = procedure(6, 'ignore');
const serviceUpdate = procedure(7, 'reject');
const subscription = procedure(8, 'reject');
const subscriptionDelete = procedure(9, 'reject');
const configurationUpdate = procedure(10, 'reject');
const connectionUpdate = procedure(11, 'reject');
const deleteRequired = procedure(12, 'ignore');
const removal = procedure(13, 'reject');
const modification = procedure(14, 'reject');
const modificationRequired = procedure(15, 'reject');
const query = procedure(16, 'reject');

/**
 * Every message by its name: E2AP v3.01. v2.03 has the same ids and is read as such; it lacks E2 removal,
 * subscription modification and RIC query, a subscription's start and end, the order of actions, the
 * diagnostics of a control failure, and six causes.
 */
export const messages = {
  E2setupRequest: e2Setup.initiating(e2SetupRequest),
  E2setupResponse: e2Setup.successful(e2SetupResponse),
  E2setupFailure: e2Setup.unsuccessful(e2SetupFailure),
  ErrorIndication: errorIndicating.initiating(errorIndication),
  ResetRequest: reset.initiating(resetRequest),
  ResetResponse: reset.successful(resetResponse),
  RICcontrolRequest: control.initiating(ricControlRequest),
  RICcontrolAcknowledge: control.successful(ricControlAcknowledge),
  RICcontrolFailure: control.unsuccessful(ricControlFailure),
  RICindication: indication.initiating(ricIndication),
  RICserviceQuery: serviceQuery.initiating(ricServiceQuery),
  RICserviceUpdate: serviceUpdate.initiating(ricServiceUpdate),
  RICserviceUpdateAcknowledge: serviceUpdate.successful(ricServiceUpdateAcknowledge),
  RICserviceUpdateFailure: serviceUpdate.unsuccessful(ricServiceUpdateFailure),
  RICsubscriptionRequest: subscription.initiating(ricSubscriptionRequest),
  RICsubscriptionResponse: subscription.successful(ricSubscriptionResponse),
  RICsubscriptionFailure: subscription.unsuccessful(ricSubscriptionFailure),
  RICsubscriptionDeleteRequest: subscriptionDelete.initiating(ricSubscriptionDelete),
  RICsubscriptionDeleteResponse: subscriptionDelete.successful(ricSubscriptionDelete),
  RICsubscriptionDeleteFailure: subscriptionDelete.unsuccessful(ricSubscriptionDeleteFailure),
  RICsubscriptionDeleteRequired: deleteRequired.initiating(ricSubscriptionDeleteRequired),
  E2nodeConfigurationUpdate: configurationUpdate.initiating(nodeConfigurationUpdate),
  E2nodeConfigurationUpdateAcknowledge: configurationUpdate.successful(nodeConfigurationUpdateAck),
  E2nodeConfigurationUpdateFailure: configurationUpdate.unsuccessful(nodeConfigurationUpdateFailure),
  E2connectionUpdate: connectionUpdate.initiating(e2ConnectionUpdate),
  E2connectionUpdateAcknowledge: connectionUpdate.successful(e2ConnectionUpdateAck),
  E2connectionUpdateFailure: connectionUpdate.unsuccessful(e2ConnectionUpdateFailure),
  E2removalRequest: removal.initiating(e2RemovalRequest),
  E2removalResponse: removal.successful(e2RemovalResponse),
  E2removalFailure: removal.unsuccessful(e2RemovalFailure),
  RICsubscriptionModificationRequest: modification.initiating(ricSubscriptionModificationRequest),
  RICsubscriptionModificationResponse: modification.successful(ricSubscriptionModificationResponse),
  RICsubscriptionModificationFailure: modification.unsuccessful(ricSubscriptionModificationFailure),
  RICsubscriptionModificationRequired: modificationRequired.initiating(ricSubscriptionModificationRequired),
  RICsubscriptionModificationConfirm: modificationRequired.successful(ricSubscriptionModificationConfirm),
  RICsubscriptionModificationRefuse: modificationRequired.unsuccessful(ricSubscriptionModificationFailure),
  RICqueryRequest: query.initiating(ricQueryRequest),
  RICqueryResponse: query.successful(ricQueryResponse),
  RICqueryFailure: query.unsuccessful(ricQueryFailure),
} as const;

export type MessageName = keyof typeof messages;
export type MessageValue<N extends MessageName> = Infer<(typeof messages)[N]['type']>;

/**
 * Criticalities that a sender chose where the standard has others: by IE id, or of the `procedure`. Some senders
 * do, and what they sent can be sent on as it was.
 */
export type OtherCriticalities = Readonly<Record<string, Criticality>>;

/** An E2AP PDU: which message, its IEs, and how a sender wrote it where the standard or our schema has it otherwise. */
export type E2apPdu = {
  [N in MessageName]: { readonly message: N; readonly value: MessageValue<N> } & SentForms;
}[MessageName];

/** E2AP-PDU (clause 9.3.3). */
export const e2apPdu: Type<E2apPdu> = mapped(
  pduTable(pduChoices, messages) as Type<Record<string, unknown>>,
  {
    fromWire(wire) {
      const message = Object.keys(wire)[0] as MessageName;
      return { message, value: wire[message] } as E2apPdu;
    },
    toWire(pdu) {
      assertObject(pdu);
      return { [pdu.message]: pdu.value };
    },
  },
);
