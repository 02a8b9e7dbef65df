export { aperCodec } from './aper-codec.js';
export { E2apAssociation, type AssociationOptions, type MessageHandlers } from './association.js';
export { claimOf, type Claim } from './claim.js';
export { type DecodeOptions, type E2apCodec } from './codec.js';
export { e2apCodecs, E2_CODEC_NAMES, type E2CodecName } from './codecs.js';
export { E2apDecodeError, type DecodeErrorDetails } from './decode-error.js';
export {
  decodeF1Request,
  encodeF1CellStatus,
  encodeF1Setup,
  type F1CellStatus,
  type F1Exchange,
  type F1Setup,
} from './f1/f1-component.js';
export { type F1ServedCell } from './f1/served-cell.js';
export { inMemoryTransports } from './in-memory-transport.js';
export { jsonCodec } from './json-codec.js';
export { type RicControlRequest } from './messages/control.js';
export { type E2SetupRequest, type E2SetupResponse } from './messages/e2-setup.js';
export { type RicIndication } from './messages/indication.js';
export { type NodeConfigurationUpdate } from './messages/node-configuration-update.js';
export { type RicSubscriptionDelete } from './messages/subscription-delete.js';
export { type RicSubscriptionRequest, type RicSubscriptionResponse } from './messages/subscription.js';
export {
  messages,
  type E2apPdu,
  type MessageName,
  type MessageValue,
  type OtherCriticalities,
} from './pdu.js';
export { pduExtent, type PduExtent } from './pdu-extent.js';
export { NoAnswer, ProcedureFailure, type ProcedureName } from './procedures.js';
export { rawIes, type RawIe } from './raw-ies.js';
export { type Timers, type Transport, type TransportListener } from './transport.js';
export { formatCause, type Cause } from './types/cause.js';
export { type RicRequestId, type TimeToWait } from './types/ids.js';
export { type ComponentAcknowledgeItem, type ComponentConfigurationItem } from './types/node-component.js';
export { type GlobalRicId } from './types/node-ids.js';
export { type RanFunctionItem } from './types/ran-function.js';
