export { E2apAssociation, type AssociationOptions, type MessageHandlers } from './association.js';
export { formatCause, type Cause } from './cause.js';
export { decodeF1Component, encodeF1Component, type F1Component } from './f1-component.js';
export { type GlobalRicId, type RicRequestId } from './ids.js';
export { inMemoryTransports } from './in-memory-transport.js';
export { jsonCodec } from './json-codec.js';
export { type RicControlRequest } from './messages/control.js';
export {
  type ComponentConfigurationItem,
  type E2SetupRequest,
  type E2SetupResponse,
  type RanFunctionItem,
  type TimeToWait,
} from './messages/e2-setup.js';
export { type RicIndication } from './messages/indication.js';
export { type NodeConfigurationUpdate } from './messages/node-configuration-update.js';
export {
  type RicSubscriptionDelete,
  type RicSubscriptionRequest,
  type RicSubscriptionResponse,
} from './messages/subscription.js';
export { E2apDecodeError, type E2apCodec, type E2apPdu, type MessageName, type MessageValue } from './pdu.js';
export { NoAnswer, ProcedureFailure, type ProcedureName } from './procedures.js';
export { type Timers, type Transport, type TransportListener } from './transport.js';
