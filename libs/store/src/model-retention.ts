import { In, LessThan, type DataSource } from 'typeorm';
import { ModelActivationEntity } from './entities/model-activation.entity.js';
import { ModelParametersEntity } from './entities/model-parameters.entity.js';
import { ModelVersionEntity } from './entities/model-version.entity.js';
import type { ModelLevel } from './learning-records.js';

/** Of which versions of a level the parameters are kept; what else is known of a version is kept for good. */
export interface ModelRetention {
  /** The newest so many. */
  readonly newest: number;
  /** Every so-manieth version. */
  readonly every: number;
  /** Of the ancestors of the version in force, so many generations back ... */
  readonly generations: number;
  /** ... the first of every so many versions. */
  readonly ancestorEvery: number;
  /** Of the activations, the newest so many. */
  readonly activations: number;
}

/**
 * Kept by default, besides the version in force and those without a parent. At 400 KB a model some 110 MB a level,
 * and 4 MB more with every thousand versions.
 */
export const DEFAULT_MODEL_RETENTION: ModelRetention = {
  newest: 200,
  every: 100,
  generations: 1000,
  ancestorEvery: 16,
  activations: 1000,
};

const LEVELS: readonly ModelLevel[] = ['high', 'low'];

/** Parameters that one step deletes at most. */
const STEP_VERSIONS = 20;

interface Heads {
  readonly newest: number;
  readonly active: number | undefined;
}

/** Deletes the parameters that retention does not keep, a little at a time. */
export class ModelThinner {
  private readonly retention: ModelRetention;
  /** For which heads of a level there was nothing left to do. */
  private readonly done = new Map<ModelLevel, Heads>();

  constructor(
    private readonly dataSource: DataSource,
    options: Partial<ModelRetention> = {},
  ) {
    this.retention = { ...DEFAULT_MODEL_RETENTION, ...options };
  }

  /** One step in one level that needs it; `false` when there is nothing left to do. */
  async step(): Promise<boolean> {
    for (const level of LEVELS) {
      if (await this.stepOf(level)) return true;
    }
    return false;
  }

  private async stepOf(level: ModelLevel): Promise<boolean> {
    const heads = await this.headsOf(level);
    const done = this.done.get(level);
    if (done?.newest === heads.newest && done.active === heads.active) return false;
    const kept = await this.keptAncestors(level, heads.active);
    const superfluous = (await this.candidates(level, heads.newest)).filter((version) => !kept.has(version));
    if (superfluous.length > 0) {
      const version = In(superfluous.slice(0, STEP_VERSIONS));
      await this.dataSource.manager.delete(ModelParametersEntity, { level, version });
      return true;
    }
    await this.thinActivations(level);
    this.done.set(level, heads);
    return false;
  }

  private async headsOf(level: ModelLevel): Promise<Heads> {
    const { manager } = this.dataSource;
    const newest = (await manager.maximum(ModelVersionEntity, 'version', { level })) ?? 0;
    const activation = await manager.findOne(ModelActivationEntity, {
      where: { level },
      order: { id: 'DESC' },
    });
    return { newest, active: activation?.version };
  }

  /** Versions whose parameters are there and not kept for their number or for want of a parent. */
  private async candidates(level: ModelLevel, newest: number): Promise<number[]> {
    const rows = await this.dataSource
      .createQueryBuilder(ModelParametersEntity, 'stored')
      .innerJoin(
        ModelVersionEntity,
        'model',
        'model.level = stored.level AND model.version = stored.version AND model.parent IS NOT NULL',
      )
      .select('stored.version', 'version')
      .where('stored.level = :level', { level })
      .andWhere('stored.version <= :upTo', { upTo: newest - this.retention.newest })
      .orderBy('stored.version')
      .getRawMany<{ version: number }>();
    return rows.map(({ version }) => version).filter((version) => version % this.retention.every !== 0);
  }

  /** The version in force and some of its ancestors: whether one is among them does not change as others follow. */
  private async keptAncestors(level: ModelLevel, active: number | undefined): Promise<Set<number>> {
    if (active === undefined) return new Set();
    const { ancestorEvery, generations } = this.retention;
    const { driver, manager } = this.dataSource;
    const [first, second, third] = [0, 1, 2].map((n) => driver.createParameter(`p${n}`, n));
    const line = await manager.query<{ version: number; parent: number | null }[]>(
      `WITH RECURSIVE line (version, parent, back) AS (
         SELECT version, parent, 0 FROM model_version WHERE level = ${first} AND version = ${second}
         UNION ALL
         SELECT older.version, older.parent, line.back + 1 FROM line
         JOIN model_version older ON older.level = ${third} AND older.version = line.parent
         WHERE line.back < ${generations}
       ) SELECT version, parent FROM line`,
      [level, active, level],
    );
    const blockOf = (version: number) => Math.floor(version / ancestorEvery);
    const firsts = line.filter(({ version, parent }) => blockOf(version) !== blockOf(parent ?? 0));
    return new Set([active, ...firsts.map(({ version }) => version)]);
  }

  private async thinActivations(level: ModelLevel): Promise<void> {
    const { manager } = this.dataSource;
    const [oldest] = await manager.find(ModelActivationEntity, {
      where: { level },
      order: { id: 'DESC' },
      skip: this.retention.activations - 1,
      take: 1,
    });
    if (oldest !== undefined) await manager.delete(ModelActivationEntity, { level, id: LessThan(oldest.id) });
  }
}
