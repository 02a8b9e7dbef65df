import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { SQLITE } from './dialect.js';
import { contributionSchema } from './entities/contribution.entity.js';
import { ControlEffectEntity } from './entities/control-effect.entity.js';
import { ControlEntity } from './entities/control.entity.js';
import { E2NodeEntity } from './entities/e2-node.entity.js';
import { KpiSampleEntity } from './entities/kpi-sample.entity.js';
import { LearningRoundEntity } from './entities/learning-round.entity.js';
import { ModelActivationEntity } from './entities/model-activation.entity.js';
import { modelParametersSchema } from './entities/model-parameters.entity.js';
import { ModelVersionEntity } from './entities/model-version.entity.js';
import { PolicyEntity } from './entities/policy.entity.js';
import { RunEntity } from './entities/run.entity.js';
import { SubscriptionEntity } from './entities/subscription.entity.js';
import { CreateInventory1795219200000 } from './migrations/1795219200000-CreateInventory.js';
import { CreateSeries1795219200001 } from './migrations/1795219200001-CreateSeries.js';
import { CreateLearning1795824000000 } from './migrations/1795824000000-CreateLearning.js';
import { ActivationRepository } from './repositories/activation.repository.js';
import { ContributionRepository } from './repositories/contribution.repository.js';
import { ControlRepository } from './repositories/control.repository.js';
import { KpiRepository } from './repositories/kpi.repository.js';
import { ModelRepository } from './repositories/model.repository.js';
import { PolicyRepository } from './repositories/policy.repository.js';
import { RoundRepository } from './repositories/round.repository.js';
import { RunRepository } from './repositories/run.repository.js';
import { RetentionPruner, type RetentionOptions } from './retention.js';
import { SeriesWriter } from './series-writer.js';
import type { Argument, Operation, Result, StoreBackend } from './store-operations.js';
import { storeErrorFrom } from './store.error.js';

/** How long a write waits for another process's lock, ms. */
const LOCK_TIMEOUT_MS = 1000;

/** Pages of the write-ahead log that are folded into the database at once: few, so that no commit takes long. */
const CHECKPOINT_PAGES = 250;

type Handlers = { readonly [O in Operation]: (argument: Argument<O>) => Promise<Result<O>> };

/**
 * The database side: one SQLite file in WAL mode behind TypeORM. It blocks its thread while SQLite works, and
 * its calls must not overlap: {@link StoreServer} sees to both.
 */
export class StoreDatabase implements StoreBackend {
  private readonly handlers: Handlers;
  private readonly pruner: RetentionPruner;

  private constructor(
    readonly dataSource: DataSource,
    private readonly path: string,
    retention: RetentionOptions | undefined,
  ) {
    const nodes = dataSource.getRepository(E2NodeEntity);
    const subscriptions = dataSource.getRepository(SubscriptionEntity);
    const runs = new RunRepository(dataSource, path);
    const series = new SeriesWriter(dataSource, path);
    const controls = new ControlRepository(dataSource);
    const kpis = new KpiRepository(dataSource);
    const policies = new PolicyRepository(dataSource);
    const models = new ModelRepository(dataSource, path);
    const activations = new ActivationRepository(dataSource, path);
    const rounds = new RoundRepository(dataSource);
    const contributions = new ContributionRepository(dataSource);
    this.pruner = new RetentionPruner(dataSource, retention);
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
      kpis: (query) => kpis.find(query),
      contributions: (query) => contributions.find(query),
      close: () => this.close(),
    };
  }

  /**
   * Opens the file at the absolute `path`, makes it and its folder where there is none, brings its schema up to
   * date and marks the runs that a crash left open. @throws {StoreError}
   */
  static async open(path: string, retention?: RetentionOptions): Promise<StoreDatabase> {
    const dataSource = new DataSource({
      type: 'better-sqlite3',
      database: path,
      enableWAL: true,
      timeout: LOCK_TIMEOUT_MS,
      // Safe against the death of the process; a power cut may cost the last commits, never the consistency.
      prepareDatabase: (sqlite: { pragma(source: string): unknown }) => {
        sqlite.pragma('synchronous = NORMAL');
        sqlite.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
      },
      entities: [
        E2NodeEntity,
        SubscriptionEntity,
        RunEntity,
        ControlEntity,
        ControlEffectEntity,
        KpiSampleEntity,
        PolicyEntity,
        ModelVersionEntity,
        modelParametersSchema(SQLITE),
        ModelActivationEntity,
        LearningRoundEntity,
        contributionSchema(SQLITE),
      ],
      migrations: [CreateInventory1795219200000, CreateSeries1795219200001, CreateLearning1795824000000],
      synchronize: false,
      logging: false,
    });
    try {
      await dataSource.initialize();
      await dataSource.runMigrations();
      await new RunRepository(dataSource, path).markInterrupted();
      return new StoreDatabase(dataSource, path, retention);
    } catch (cause) {
      if (dataSource.isInitialized) await dataSource.destroy();
      throw storeErrorFrom(cause, path);
    }
  }

  async call<O extends Operation>(operation: O, argument: Argument<O>): Promise<Result<O>> {
    try {
      return await this.handlers[operation](argument);
    } catch (cause) {
      throw storeErrorFrom(cause, this.path);
    }
  }

  /** One small step of retention at wall clock `nowMs`; `false` when there is nothing left to do. */
  async prune(nowMs: number): Promise<boolean> {
    try {
      return await this.pruner.step(nowMs);
    } catch (cause) {
      throw storeErrorFrom(cause, this.path);
    }
  }

  private async close(): Promise<void> {
    if (!this.dataSource.isInitialized) return;
    try {
      await this.dataSource.query('PRAGMA wal_checkpoint(TRUNCATE)');
    } finally {
      await this.dataSource.destroy();
    }
  }
}
