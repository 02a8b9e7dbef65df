import type { ConflictQuery, StoredConflict } from './conflict-records.js';
import type {
  ActivationQuery,
  ActivationRecord,
  ContributionQuery,
  ContributionRecord,
  ModelLevel,
  ModelQuery,
  ModelRecord,
  StoredModel,
  StoredModelInfo,
} from './learning-records.js';
import type {
  ControlQuery,
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
import type { XAppDeploymentRecord, XAppEventSubscriptionRecord, XAppPackageRecord } from './xapp-records.js';
import type { AppendResult } from './series-writer.js';
import type { SeriesBatch } from './series.js';

/** What the database side does, by name: argument and result of each, both fit for a structured clone. */
export interface StoreOperations {
  saveNode: { argument: NodeRecord; result: void };
  nodes: { argument: void; result: NodeRecord[] };
  saveSubscription: { argument: SubscriptionRecord; result: void };
  deleteSubscription: { argument: number; result: void };
  subscriptions: { argument: void; result: SubscriptionRecord[] };
  startRun: { argument: RunStart; result: number };
  finishRun: { argument: RunEnd & { readonly runId: number }; result: void };
  runs: { argument: void; result: StoredRun[] };
  savePolicy: { argument: PolicyRecord; result: void };
  deletePolicy: { argument: Pick<PolicyRecord, 'policyTypeId' | 'policyId'>; result: void };
  policies: { argument: void; result: PolicyRecord[] };
  saveXAppPackage: { argument: XAppPackageRecord; result: void };
  deleteXAppPackage: { argument: Pick<XAppPackageRecord, 'name' | 'version'>; result: void };
  xAppPackages: { argument: void; result: XAppPackageRecord[] };
  saveXAppDeployment: { argument: XAppDeploymentRecord; result: void };
  deleteXAppDeployment: { argument: string; result: void };
  xAppDeployments: { argument: void; result: XAppDeploymentRecord[] };
  saveXAppEventSubscription: { argument: XAppEventSubscriptionRecord; result: void };
  deleteXAppEventSubscription: { argument: string; result: void };
  xAppEventSubscriptions: { argument: void; result: XAppEventSubscriptionRecord[] };
  saveModel: { argument: ModelRecord; result: number };
  activateModel: { argument: ActivationRecord; result: void };
  nextRound: { argument: ModelLevel; result: number };
  /** Version absent: the one in force. */
  model: {
    argument: { readonly level: ModelLevel; readonly version?: number | undefined };
    result: StoredModel | undefined;
  };
  models: { argument: ModelQuery; result: StoredModelInfo[] };
  activations: { argument: ActivationQuery; result: ActivationRecord[] };
  lastRound: { argument: ModelLevel; result: number };
  append: { argument: readonly SeriesBatch[]; result: AppendResult };
  controls: { argument: ControlQuery; result: StoredControl[] };
  conflicts: { argument: ConflictQuery; result: StoredConflict[] };
  kpis: { argument: KpiQuery; result: KpiRecord[] };
  contributions: { argument: ContributionQuery; result: ContributionRecord[] };
  close: { argument: void; result: void };
}

export type Operation = keyof StoreOperations;
export type Argument<O extends Operation> = StoreOperations[O]['argument'];
export type Result<O extends Operation> = StoreOperations[O]['result'];

/** The operations that write one record, each in its turn. */
export type RecordOperation =
  | 'saveNode'
  | 'saveSubscription'
  | 'deleteSubscription'
  | 'startRun'
  | 'finishRun'
  | 'savePolicy'
  | 'deletePolicy'
  | 'saveXAppPackage'
  | 'deleteXAppPackage'
  | 'saveXAppDeployment'
  | 'deleteXAppDeployment'
  | 'saveXAppEventSubscription'
  | 'deleteXAppEventSubscription'
  | 'saveModel'
  | 'activateModel'
  | 'nextRound';

/** Whoever carries operations out: the worker thread, or a database in the same thread. */
export interface StoreBackend {
  /** @throws {StoreError} */
  call<O extends Operation>(operation: O, argument: Argument<O>): Promise<Result<O>>;
}
