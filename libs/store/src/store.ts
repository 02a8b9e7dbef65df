import type { ConflictQuery, ConflictRecord, StoredConflict } from './conflict-records.js';
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
  ControlRecord,
  EffectRecord,
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
import type { RetentionOptions } from './retention.js';
import { conflictRow, contributionRow, controlRow, effectRow, kpiRow, type SeriesRow } from './series.js';
import type { Argument, Operation, Result } from './store-operations.js';
import { namedLocation, type StoreLocation } from './store-location.js';
import { StoreError } from './store.error.js';
import { WorkerBackend } from './worker-backend.js';
import type { XAppDeploymentRecord, XAppEventSubscriptionRecord, XAppPackageRecord } from './xapp-records.js';
import { WriteQueue, type WriteQueueOptions, type WriteStats } from './write-queue.js';

/** Where the store is, and how it writes. */
export type StoreOptions = StoreLocation & StoreSettings;

export interface StoreSettings extends WriteQueueOptions {
  /** What is kept of controls, effects and KPIs; defaults in {@link DEFAULT_RETENTION}. */
  readonly retention?: RetentionOptions | undefined;
}

/**
 * What the RIC keeps: nodes, subscriptions, runs, controls with their effects, KPI series; A1 policies, model
 * versions, what was contributed to them; xApp packages and what of them shall run.
 *
 * The database works in a thread of its own, so nothing here ever blocks the caller. Appends are buffered, sent in
 * batches, and return at once. The methods that write one record (`save…`, `delete…`, `start…`, `finish…`,
 * `activateModel`, `nextRound`) resolve when it is on disk, which takes as long as the disk is in trouble: a control
 * path does not await them. Reads see what is on disk: `flush()` first to see all. A lockstep caller that may outrun the disk awaits `flush()` now and then.
 */
export class Store {
  private readonly queue: WriteQueue;
  private closing: Promise<void> | undefined;

  private constructor(
    /** The file's absolute path, or host, database and schema: what messages name. */
    readonly place: string,
    private readonly backend: WorkerBackend,
    options: WriteQueueOptions,
  ) {
    this.queue = new WriteQueue(backend, place, options);
  }

  /** Opens or makes the database and brings it up to date. @throws {StoreError} one line, what and where. */
  static async open(options: StoreOptions): Promise<Store> {
    const { place, location } = namedLocation(options);
    const backend = await WorkerBackend.start({ place, location, retention: options.retention });
    return new Store(place, backend, options);
  }

  /** Adds the node or replaces what is known of it. */
  saveNode(node: NodeRecord): Promise<void> {
    return this.queue.write('saveNode', node);
  }

  nodes(): Promise<NodeRecord[]> {
    return this.read('nodes', undefined);
  }

  /** Adds the subscription or replaces it. */
  saveSubscription(subscription: SubscriptionRecord): Promise<void> {
    return this.queue.write('saveSubscription', subscription);
  }

  /** Deletes the subscription; one that is not there is no error. */
  deleteSubscription(subscriptionId: number): Promise<void> {
    return this.queue.write('deleteSubscription', subscriptionId);
  }

  subscriptions(): Promise<SubscriptionRecord[]> {
    return this.read('subscriptions', undefined);
  }

  /** Gives the id of the new run. */
  startRun(run: RunStart): Promise<number> {
    return this.queue.write('startRun', run);
  }

  /** @throws {StoreError} `STORE_BAD_RECORD` when there is no such run. */
  finishRun(runId: number, end: RunEnd): Promise<void> {
    return this.queue.write('finishRun', { ...end, runId });
  }

  /** Newest first. */
  runs(): Promise<StoredRun[]> {
    return this.read('runs', undefined);
  }

  appendControl(control: ControlRecord): void {
    this.append(() => controlRow(control, Date.now()));
  }

  /** Comes after the control of the same `controlId`. */
  appendEffect(effect: EffectRecord): void {
    this.append(() => effectRow(effect, Date.now()));
  }

  /** Controls with their effects, newest first. */
  controls(query: ControlQuery): Promise<StoredControl[]> {
    return this.read('controls', query);
  }

  appendConflict(conflict: ConflictRecord): void {
    this.append(() => conflictRow(conflict, Date.now()));
  }

  /** How the RIC decided between xApps, newest first. */
  conflicts(query: ConflictQuery): Promise<StoredConflict[]> {
    return this.read('conflicts', query);
  }

  appendKpis(samples: readonly KpiRecord[]): void {
    const nowMs = Date.now();
    for (const sample of samples) this.append(() => kpiRow(sample, nowMs));
  }

  /** The newest samples that match, oldest of them first. */
  kpis(query: KpiQuery): Promise<KpiRecord[]> {
    return this.read('kpis', query);
  }

  /** Adds the A1 policy or replaces it. */
  savePolicy(policy: PolicyRecord): Promise<void> {
    return this.queue.write('savePolicy', policy);
  }

  /** Deletes the policy; one that is not there is no error. */
  deletePolicy(policyTypeId: number, policyId: string): Promise<void> {
    return this.queue.write('deletePolicy', { policyTypeId, policyId });
  }

  policies(): Promise<PolicyRecord[]> {
    return this.read('policies', undefined);
  }

  /** Adds the package or replaces it. */
  saveXAppPackage(record: XAppPackageRecord): Promise<void> {
    return this.queue.write('saveXAppPackage', record);
  }

  /** Deletes the package; one that is not there is no error. */
  deleteXAppPackage(name: string, version: string): Promise<void> {
    return this.queue.write('deleteXAppPackage', { name, version });
  }

  /** By name; of one name in the order in which they were onboarded. */
  xAppPackages(): Promise<XAppPackageRecord[]> {
    return this.read('xAppPackages', undefined);
  }

  /** Adds the deployment or replaces all of it. */
  saveXAppDeployment(record: XAppDeploymentRecord): Promise<void> {
    return this.queue.write('saveXAppDeployment', record);
  }

  /** Deletes the deployment; one that is not there is no error. */
  deleteXAppDeployment(name: string): Promise<void> {
    return this.queue.write('deleteXAppDeployment', name);
  }

  xAppDeployments(): Promise<XAppDeploymentRecord[]> {
    return this.read('xAppDeployments', undefined);
  }

  /** Adds the subscription or replaces it. */
  saveXAppEventSubscription(record: XAppEventSubscriptionRecord): Promise<void> {
    return this.queue.write('saveXAppEventSubscription', record);
  }

  /** Deletes the subscription; one that is not there is no error. */
  deleteXAppEventSubscription(id: string): Promise<void> {
    return this.queue.write('deleteXAppEventSubscription', id);
  }

  /** In the order in which they were made. */
  xAppEventSubscriptions(): Promise<XAppEventSubscriptionRecord[]> {
    return this.read('xAppEventSubscriptions', undefined);
  }

  /**
   * Stores a model whole or not at all and gives its version: the level's next one, or the one that its key already
   * has. It is not in force yet. @throws {StoreError} `STORE_BAD_RECORD`: no such parent, or no float32 parameters.
   */
  saveModel(model: ModelRecord): Promise<number> {
    return this.queue.write('saveModel', model);
  }

  /** A stored version, `version` absent: the one in force. `undefined`: there is none. */
  model(level: ModelLevel, version?: number): Promise<StoredModel | undefined> {
    return this.read('model', { level, version });
  }

  /** Without their parameters, newest first. */
  models(query: ModelQuery): Promise<StoredModelInfo[]> {
    return this.read('models', query);
  }

  /**
   * Puts a stored version in force; nothing changes where it already is.
   * @throws {StoreError} `STORE_BAD_RECORD`: there is no such version, or its parameters are not kept any more.
   */
  activateModel(activation: ActivationRecord): Promise<void> {
    return this.queue.write('activateModel', activation);
  }

  /** Newest first: the first is in force. */
  activations(query: ActivationQuery): Promise<ActivationRecord[]> {
    return this.read('activations', query);
  }

  /** Gives out a round: higher than any of its level that was given out, contributed to or led to a model. */
  nextRound(level: ModelLevel): Promise<number> {
    return this.queue.write('nextRound', level);
  }

  /** The highest round of the level that is known of; 0 before the first. */
  lastRound(level: ModelLevel): Promise<number> {
    return this.read('lastRound', level);
  }

  appendContribution(contribution: ContributionRecord): void {
    this.append(() => contributionRow(contribution, Date.now()));
  }

  /** Newest first. */
  contributions(query: ContributionQuery): Promise<ContributionRecord[]> {
    return this.read('contributions', query);
  }

  /** Resolves when all that was handed over so far is on disk. @throws {StoreError} a write fails now. */
  flush(): Promise<void> {
    return this.queue.flush();
  }

  /** Flushes, folds the write-ahead log into the database and ends the thread. Later calls wait for the first. */
  close(): Promise<void> {
    return (this.closing ??= this.queue.close().then(() => this.backend.end()));
  }

  stats(): WriteStats {
    return this.queue.stats;
  }

  private append(row: () => SeriesRow): void {
    try {
      this.queue.append(row());
    } catch (cause) {
      this.queue.refuse(cause instanceof Error ? cause.message : String(cause));
    }
  }

  private read<O extends Operation>(operation: O, argument: Argument<O>): Promise<Result<O>> {
    if (this.closing === undefined) return this.backend.call(operation, argument);
    return Promise.reject(new StoreError('STORE_CLOSED', `store ${this.place}: it is closed`));
  }
}
