export type { ConflictQuery, ConflictRecord, StoredConflict } from './conflict-records.js';
export type {
  ActivationQuery,
  ActivationRecord,
  ContributionQuery,
  ContributionRecord,
  ModelLevel,
  ModelOrigin,
  ModelQuery,
  ModelRecord,
  OriginContribution,
  StoredModel,
  StoredModelInfo,
} from './learning-records.js';
export { DEFAULT_MODEL_RETENTION, type ModelRetention } from './model-retention.js';
export type {
  ControlKind,
  ControlQuery,
  ControlRecord,
  EffectRecord,
  JsonValue,
  KpiQuery,
  KpiRecord,
  NodeRecord,
  PolicyRecord,
  RunEnd,
  RunStart,
  StoredControl,
  StoredRun,
  SubscriptionRecord,
} from './records.js';
export { DEFAULT_RETENTION, type Retention, type RetentionOptions } from './retention.js';
export type { SeriesName } from './series.js';
export { StoreError, type StoreErrorCode } from './store.error.js';
export {
  storeLocation,
  type PostgresLocation,
  type SqliteLocation,
  type StoreLocation,
} from './store-location.js';
export { Store, type StoreOptions, type StoreSettings } from './store.js';
export type { XAppDeploymentRecord, XAppEventSubscriptionRecord, XAppPackageRecord } from './xapp-records.js';
export type { WriteStats } from './write-queue.js';
