import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { ControlEffectEntity } from './entities/control-effect.entity.js';
import { ControlEntity } from './entities/control.entity.js';
import { E2NodeEntity } from './entities/e2-node.entity.js';
import { KpiSampleEntity } from './entities/kpi-sample.entity.js';
import { RunEntity } from './entities/run.entity.js';
import { SubscriptionEntity } from './entities/subscription.entity.js';
import { CreateInventory1795219200000 } from './migrations/1795219200000-CreateInventory.js';
import { CreateSeries1795219200001 } from './migrations/1795219200001-CreateSeries.js';
import { ControlRepository } from './repositories/control.repository.js';
import { KpiRepository } from './repositories/kpi.repository.js';
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
      append: (batches) => series.append(batches),
      controls: (query) => controls.find(query),
      kpis: (query) => kpis.find(query),
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
      ],
      migrations: [CreateInventory1795219200000, CreateSeries1795219200001],
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
