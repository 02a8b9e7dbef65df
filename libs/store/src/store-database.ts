import 'reflect-metadata';
import type { DataSource } from 'typeorm';
import { E2NodeEntity } from './entities/e2-node.entity.js';
import { SubscriptionEntity } from './entities/subscription.entity.js';
import { XAppEventSubscriptionEntity } from './entities/xapp-event-subscription.entity.js';
import type { OpenedDatabase } from './opened-database.js';
import { ModelThinner } from './model-retention.js';
import { openPostgres } from './postgres.js';
import { ActivationRepository } from './repositories/activation.repository.js';
import { ConflictRepository } from './repositories/conflict.repository.js';
import { ContributionRepository } from './repositories/contribution.repository.js';
import { ControlRepository } from './repositories/control.repository.js';
import { KpiRepository } from './repositories/kpi.repository.js';
import { ModelRepository } from './repositories/model.repository.js';
import { PolicyRepository } from './repositories/policy.repository.js';
import { RoundRepository } from './repositories/round.repository.js';
import { RunRepository } from './repositories/run.repository.js';
import { XAppRepository } from './repositories/xapp.repository.js';
import { RetentionPruner, type RetentionOptions } from './retention.js';
import { SeriesWriter } from './series-writer.js';
import { openSqlite } from './sqlite.js';
import { namedLocation, type StoreLocation } from './store-location.js';
import type { Argument, Operation, Result, StoreBackend } from './store-operations.js';
import { storeErrorFrom } from './driver-error.js';
import type { StoreError } from './store.error.js';

type Handlers = { readonly [O in Operation]: (argument: Argument<O>) => Promise<Result<O>> };

/**
 * The database side, behind TypeORM: one SQLite file, which blocks its thread while it works, or one connection to
 * PostgreSQL. Its calls must not overlap: {@link StoreServer} sees to it.
 */
export class StoreDatabase implements StoreBackend {
  private readonly handlers: Handlers;
  private readonly pruner: RetentionPruner;
  private readonly thinner: ModelThinner;

  private constructor(
    private readonly opened: OpenedDatabase,
    private readonly place: string,
    retention: RetentionOptions | undefined,
  ) {
    const { dataSource } = opened;
    const nodes = dataSource.getRepository(E2NodeEntity);
    const subscriptions = dataSource.getRepository(SubscriptionEntity);
    const runs = new RunRepository(dataSource, place);
    const series = new SeriesWriter(dataSource, place);
    const controls = new ControlRepository(dataSource);
    const conflicts = new ConflictRepository(dataSource);
    const kpis = new KpiRepository(dataSource);
    const policies = new PolicyRepository(dataSource);
    const xapps = new XAppRepository(dataSource);
    const xAppEvents = dataSource.getRepository(XAppEventSubscriptionEntity);
    const models = new ModelRepository(dataSource, place);
    const activations = new ActivationRepository(dataSource, place);
    const rounds = new RoundRepository(dataSource);
    const contributions = new ContributionRepository(dataSource);
    this.pruner = new RetentionPruner(dataSource, retention);
    this.thinner = new ModelThinner(dataSource, retention?.model);
    this.handlers = {
      saveNode: async (node) => void (await nodes.upsert(node, ['nodeId'])),
      nodes: () => nodes.find({ order: { nodeId: 'ASC' } }),
      saveSubscription: async (one) => void (await subscriptions.upsert(one, ['subscriptionId'])),
      deleteSubscription: async (subscriptionId) => void (await subscriptions.delete({ subscriptionId })),
      subscriptions: () => subscriptions.find({ order: { subscriptionId: 'ASC' } }),
      startRun: (run) => runs.start(run),
      finishRun: ({ runId, ...end }) => runs.finish(runId, end),
      runs: () => runs.find(),
      savePolicy: (policy) => policies.save(policy),
      deletePolicy: (key) => policies.delete(key),
      policies: () => policies.find(),
      saveXAppPackage: (one) => xapps.savePackage(one),
      deleteXAppPackage: (key) => xapps.deletePackage(key),
      xAppPackages: () => xapps.findPackages(),
      saveXAppDeployment: (deployment) => xapps.saveDeployment(deployment),
      deleteXAppDeployment: (name) => xapps.deleteDeployment(name),
      xAppDeployments: () => xapps.findDeployments(),
      saveXAppEventSubscription: async (one) => void (await xAppEvents.upsert(one, ['id'])),
      deleteXAppEventSubscription: async (id) => void (await xAppEvents.delete({ id })),
      xAppEventSubscriptions: () => xAppEvents.find({ order: { createdAtMs: 'ASC', id: 'ASC' } }),
      saveModel: (model) => models.save(model),
      activateModel: (activation) => activations.activate(activation),
      nextRound: (level) => rounds.next(level),
      model: async ({ level, version }) => {
        const wanted = version ?? (await activations.active(level));
        return wanted === undefined ? undefined : models.find(level, wanted);
      },
      models: (query) => models.list(query),
      activations: (query) => activations.find(query),
      lastRound: (level) => rounds.last(level),
      append: (batches) => series.append(batches),
      controls: (query) => controls.find(query),
      conflicts: (query) => conflicts.find(query),
      kpis: (query) => kpis.find(query),
      contributions: (query) => contributions.find(query),
      close: () => this.close(),
    };
  }

  /** Brings the tables up to date and marks the runs that a crash left open. @throws {StoreError} */
  static async open(from: StoreLocation, retention?: RetentionOptions): Promise<StoreDatabase> {
    const { place, location } = namedLocation(from);
    let opened: OpenedDatabase | undefined;
    try {
      opened = await ('url' in location ? openPostgres(location) : openSqlite(location));
      await new RunRepository(opened.dataSource, place).markInterrupted();
      return new StoreDatabase(opened, place, retention);
    } catch (cause) {
      await opened?.close();
      throw storeErrorFrom(cause, place);
    }
  }

  get dataSource(): DataSource {
    return this.opened.dataSource;
  }

  async call<O extends Operation>(operation: O, argument: Argument<O>): Promise<Result<O>> {
    try {
      return await this.handlers[operation](argument);
    } catch (cause) {
      throw await this.failure(cause);
    }
  }

  /** One small step of retention at wall clock `nowMs`; `false` when there is nothing left to do. */
  async prune(nowMs: number): Promise<boolean> {
    try {
      return (await this.pruner.step(nowMs)) || (await this.thinner.step());
    } catch (cause) {
      throw await this.failure(cause);
    }
  }

  private async failure(cause: unknown): Promise<StoreError> {
    const error = storeErrorFrom(cause, this.place);
    if (error.code === 'STORE_UNREACHABLE') await this.opened.abandonConnection();
    return error;
  }

  private async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.opened.close();
  }
}
