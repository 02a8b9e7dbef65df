export { aperCodec } from './aper-codec.js';
export {
  E2apAssociation,
  type AssociationOptions,
  type MessageHandler,
  type MessageHandlers,
} from './association.js';
export { BoundedLines } from './bounded-lines.js';
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
export { NoAnswer, ProcedureFailure, type ProcedureName, ProcedureNotAllowed } from './procedures.js';
export { type Decision, type WithoutId } from './procedures/answers.js';
export {
  answerConnectionUpdate,
  type ConnectionChanges,
  requestConnectionUpdate,
} from './procedures/connection-update.js';
export {
  answerControl,
  CONTROL_TIMEOUT_MS,
  type ControlDecision,
  requestControl,
} from './procedures/control.js';
export {
  answerE2Setup,
  E2_SETUP_TIMEOUT_MS,
  E2SetupRefused,
  requestE2Setup,
  TIME_TO_WAIT_MS,
} from './procedures/e2-setup.js';
export {
  answerNodeConfigurationUpdate,
  type NodeConfigurationChanges,
  requestNodeConfigurationUpdate,
} from './procedures/node-configuration-update.js';
export { answerE2Removal, requestE2Removal } from './procedures/removal.js';
export { answerReset, requestReset } from './procedures/reset.js';
export { type AcceptedFunctions, answerServiceQuery, queryServices } from './procedures/service-query.js';
export {
  answerServiceUpdate,
  requestServiceUpdate,
  type ServiceChanges,
} from './procedures/service-update.js';
export { answerSubscriptionDelete, requestSubscriptionDelete } from './procedures/subscription-delete.js';
export {
  requireSubscriptionDelete,
  type SubscriptionToRemove,
  takeSubscriptionDeleteRequired,
} from './procedures/subscription-delete-required.js';
export {
  answerSubscription,
  requestSubscription,
  type SubscriptionDecision,
} from './procedures/subscription.js';
export { type MeasurementsByLevel, type RanCapabilities } from './profiles/capabilities.js';
export {
  ADAPTER_PROFILE_NAMES,
  type AdapterProfileName,
  AGENT_PROFILE_NAMES,
  type AgentProfileName,
  type PeerProfile,
  PROFILE_NAMES,
  type ProfileName,
} from './profiles/profile.js';
export { profiles } from './profiles/profiles.js';
export { adapterMark, tellProfile } from './profiles/tell-profile.js';
export { rawIes, type RawIe } from './raw-ies.js';
export { type SendOptions, type Timers, type Transport, type TransportListener } from './transport.js';
export { formatCause, type Cause } from './types/cause.js';
export { type RicRequestId, type TimeToWait } from './types/ids.js';
export { type ComponentAcknowledgeItem, type ComponentConfigurationItem } from './types/node-component.js';
export { type GlobalRicId } from './types/node-ids.js';
export { type RanFunctionItem } from './types/ran-function.js';
