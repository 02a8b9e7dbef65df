export {
  type KpmActionDefinition,
  type KpmEventTrigger,
  type KpmIndicationHeader,
  type KpmIndicationMessage,
  type KpmRanFunctionDefinition,
  type MatchingUeCondition,
  type MeasurementInfoItem,
  type MeasurementLabel,
  type MeasurementRecord,
  type UeMeasurementReport,
} from './kpm/kpm.schema.js';
export { kpm } from './kpm/kpm.js';
export { type RcControlHeader, type RcControlMessage, type RcRanFunctionDefinition } from './rc/rc.schema.js';
export { rc } from './rc/rc.js';
export {
  packSlicePrbQuota,
  SLICE_PRB_QUOTA,
  SLICE_PRB_QUOTA_PARAMETERS,
  unpackSlicePrbQuota,
} from './rc/slice-prb-quota.js';
export { SERVICE_MODELS, serviceModelOf, type ServiceModel } from './registry.js';
export { ricochet, type UeWeightsMessage } from './ricochet/ricochet.js';
export { E2smError, type UeId } from './service-model.js';
