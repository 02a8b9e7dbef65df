import type { DataSource, EntityManager } from 'typeorm';
import { lockTable } from '../dialect.js';
import { ModelActivationEntity } from '../entities/model-activation.entity.js';
import { ModelParametersEntity } from '../entities/model-parameters.entity.js';
import type { ActivationQuery, ActivationRecord, ModelLevel } from '../learning-records.js';
import { StoreError } from '../store.error.js';
import { inTransaction } from '../transaction.js';
import { queryLimit } from './query-limit.js';

/** Which model versions are in force, and which were. */
export class ActivationRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly place: string,
  ) {}

  /**
   * Puts a version in force; one that already is stays so, with its first reason and time.
   * @throws {StoreError} `STORE_BAD_RECORD`: there is no such version, or its parameters are not kept any more.
   */
  async activate(activation: ActivationRecord): Promise<void> {
    const { level, version } = activation;
    await inTransaction(this.dataSource, async (runner) => {
      await lockTable(runner, 'model_activation');
      const { manager } = runner;
      if ((await newestOf(manager, level))?.version === version) return;
      if (!(await manager.existsBy(ModelParametersEntity, { level, version }))) {
        throw new StoreError(
          'STORE_BAD_RECORD',
          `store ${this.place}: there are no parameters of ${level} model version ${version} to activate`,
        );
      }
      await manager.insert(ModelActivationEntity, activation);
    });
  }

  /** The version in force; `undefined` before the first activation. */
  async active(level: ModelLevel): Promise<number | undefined> {
    return (await newestOf(this.dataSource.manager, level))?.version;
  }

  /** Newest first. */
  async find({ level, limit }: ActivationQuery): Promise<ActivationRecord[]> {
    const rows = await this.dataSource.manager.find(ModelActivationEntity, {
      where: { level },
      order: { id: 'DESC' },
      take: queryLimit(limit),
    });
    return rows.map(({ id: _, ...activation }) => activation);
  }
}

function newestOf(manager: EntityManager, level: ModelLevel): Promise<ModelActivationEntity | null> {
  return manager.findOne(ModelActivationEntity, { where: { level }, order: { id: 'DESC' } });
}
