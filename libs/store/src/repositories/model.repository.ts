import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { lockTable } from '../dialect.js';
import { ModelParametersEntity } from '../entities/model-parameters.entity.js';
import { ModelVersionEntity } from '../entities/model-version.entity.js';
import type {
  ModelLevel,
  ModelQuery,
  ModelRecord,
  StoredModel,
  StoredModelInfo,
} from '../learning-records.js';
import { StoreError } from '../store.error.js';
import { inTransaction } from '../transaction.js';
import { queryLimit } from './query-limit.js';

/** Model versions with their parameters and their lineage. */
export class ModelRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly place: string,
  ) {}

  /**
   * Gives the version: the level's next one, or the one that its key already has.
   * @throws {StoreError} `STORE_BAD_RECORD`: no such parent, or parameters that are no float32 values.
   */
  async save({ parameters, ...model }: ModelRecord): Promise<number> {
    const bytes = Buffer.from(parameters.buffer, parameters.byteOffset, parameters.byteLength);
    if (bytes.length === 0 || bytes.length % Float32Array.BYTES_PER_ELEMENT !== 0) {
      throw this.badRecord(`a ${model.level} model of ${bytes.length} bytes: no float32 values`);
    }
    return inTransaction(this.dataSource, async (runner) => {
      await lockTable(runner, 'model_version');
      const { manager } = runner;
      const { level, key, parent } = model;
      const known = await manager.findOneBy(ModelVersionEntity, { level, key });
      if (known !== null) return known.version;
      const newest = (await manager.maximum(ModelVersionEntity, 'version', { level })) ?? 0;
      // Versions have no gaps and are never deleted.
      if (parent !== null && !(Number.isInteger(parent) && parent >= 1 && parent <= newest)) {
        throw this.badRecord(`there is no ${level} model version ${parent} to be the parent`);
      }
      const version = newest + 1;
      await manager.insert(ModelVersionEntity, {
        ...model,
        version,
        round: model.origin.round ?? 0,
        parameterBytes: bytes.length,
        sha256: sha256(bytes),
      });
      await manager.insert(ModelParametersEntity, { level, version, parameters: bytes });
      return version;
    });
  }

  /** @throws {StoreError} `STORE_CORRUPT`: the parameters are not those that were saved. */
  async find(level: ModelLevel, version: number): Promise<StoredModel | undefined> {
    const { manager } = this.dataSource;
    const entity = await manager.findOneBy(ModelVersionEntity, { level, version });
    if (entity === null) return undefined;
    const kept = await manager.findOneBy(ModelParametersEntity, { level, version });
    if (kept === null) return infoOf(entity, false);
    if (sha256(kept.parameters) !== entity.sha256) {
      throw new StoreError(
        'STORE_CORRUPT',
        `store ${this.place}: the parameters of ${level} model version ${version} do not fit their hash`,
      );
    }
    // A copy: the driver's buffer may be a part of a larger one, at any offset.
    return { ...infoOf(entity, true), parameters: new Uint8Array(kept.parameters) };
  }

  /** Newest first. */
  async list({ level, beforeVersion, limit }: ModelQuery): Promise<StoredModelInfo[]> {
    const query = this.dataSource
      .createQueryBuilder(ModelVersionEntity, 'model')
      .where('model.level = :level', { level })
      .orderBy('model.version', 'DESC')
      .limit(queryLimit(limit));
    if (beforeVersion !== undefined) query.andWhere('model.version < :beforeVersion', { beforeVersion });
    const models = await query.getMany();
    const kept = await this.keptVersions(level, models);
    return models.map((model) => infoOf(model, kept.has(model.version)));
  }

  private async keptVersions(level: ModelLevel, models: readonly ModelVersionEntity[]): Promise<Set<number>> {
    const [newest, oldest] = [models[0], models.at(-1)];
    if (newest === undefined || oldest === undefined) return new Set();
    const rows = await this.dataSource
      .createQueryBuilder(ModelParametersEntity, 'kept')
      .select('kept.version', 'version')
      .where('kept.level = :level', { level })
      .andWhere('kept.version BETWEEN :from AND :to', { from: oldest.version, to: newest.version })
      .getRawMany<{ version: number }>();
    return new Set(rows.map(({ version }) => version));
  }

  private badRecord(what: string): StoreError {
    return new StoreError('STORE_BAD_RECORD', `store ${this.place}: ${what}`);
  }
}

function infoOf({ round: _, ...model }: ModelVersionEntity, kept: boolean): StoredModelInfo {
  return { ...model, kept };
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
