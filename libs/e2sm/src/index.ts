export { CELL_CONFIGURATION, packCellRrmPolicy, unpackCellRrmPolicy } from './ccc/cell-rrm-policy.js';
export { ccc } from './ccc/ccc.js';
export { type CccControlHeader, type CccControlMessage, type CccControlOutcome } from './ccc/control.js';
export { type CccRanFunctionDefinition } from './ccc/ran-function-definition.js';
export { type CccRrmPolicyRatio } from './ccc/rrm-policy-ratio.js';
export { sNssaiFromHex, sNssaiToHex } from './common/s-nssai.js';
export { ueNumber, type UeId } from './common/ue-id.js';
export { type KpmActionDefinition } from './kpm/action-definition.js';
export { type KpmEventTrigger } from './kpm/event-trigger.js';
export { type KpmIndicationHeader } from './kpm/indication-header.js';
export {
  type KpmIndicationMessage,
  type KpmMessageFormat1,
  type UeMeasurementReport,
} from './kpm/indication-message.js';
export { type KpmDialect } from './kpm/dialect.js';
export { kpm } from './kpm/kpm.js';
export { type MatchingConditions, type MatchingUeCondition } from './kpm/matching-conditions.js';
export { type MeasurementInfoItem } from './kpm/measurement-info.js';
export { type MeasurementLabel } from './kpm/measurement-label.js';
export { type MeasurementRecord } from './kpm/measurement-record.js';
export { type KpmRanFunctionDefinition } from './kpm/ran-function-definition.js';
export { kpmSubscriptionFault, type KpmSubscriptionAsked } from './kpm/subscription-fault.js';
export { type TestCondition, type TestValue } from './kpm/test-condition.js';
export { timeMsIn, timeStampIn, type TimeStampForm, unixMsOfTimeStamp } from './kpm/time-stamp.js';
export { type RcActionDefinition } from './rc/action-definition.js';
export { type RcControlHeader, type RcControlMessage, type RcControlOutcome } from './rc/control.js';
export { type RcEventTrigger, type RrcState } from './rc/event-trigger.js';
export { rcControlFault, type RcControlAsked } from './rc/control-fault.js';
export { FAILURE_TEXT_PARAMETER, outcomeOfText, textOfOutcome } from './rc/failure-text.js';
export {
  HANDOVER,
  HANDOVER_PARAMETERS,
  type NrCgiForm,
  packHandover,
  unpackHandover,
} from './rc/handover.js';
export { type RcIndicationHeader, type RcIndicationMessage } from './rc/indication.js';
export {
  MESSAGE_COPY_PARAMETERS,
  MESSAGE_COPY_REPORT,
  type MessageCopy,
  messageCopySubscription,
  readMessageCopy,
  type RrcMessageId,
} from './rc/message-copy-report.js';
export { type RcRanFunctionDefinition } from './rc/ran-function-definition.js';
export { type RanParameter, type RanParameterValue, type RanParameterValueType } from './rc/ran-parameter.js';
export { rc } from './rc/rc.js';
export { readRrcStates, RRC_STATE_REPORT, rrcStateSubscription } from './rc/rrc-state-report.js';
export {
  packSlicePrbQuota,
  type QuotaNumbering,
  SLICE_PRB_QUOTA,
  SLICE_PRB_QUOTA_PARAMETERS,
  unpackSlicePrbQuota,
} from './rc/slice-prb-quota.js';
export { SERVICE_MODELS, serviceModelOf, serviceModelOfFunction, type ServiceModel } from './registry.js';
export { ricochetControlFault } from './ricochet/control-fault.js';
export { ricochet, type UeWeightsMessage, type UeWeightsRanFunctionDefinition } from './ricochet/ricochet.js';
export { E2smError } from './service-model.js';
