import type { DataSource, EntityManager } from 'typeorm';
import { lockTable } from '../dialect.js';
import { ContributionEntity } from '../entities/contribution.entity.js';
import { LearningRoundEntity } from '../entities/learning-round.entity.js';
import { ModelVersionEntity } from '../entities/model-version.entity.js';
import type { ModelLevel } from '../learning-records.js';
import { inTransaction } from '../transaction.js';

/** Numbers rounds: they only grow, restarts included. */
export class RoundRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Gives out the level's next round: higher than any that was given out, contributed to or led to a model. */
  async next(level: ModelLevel): Promise<number> {
    return inTransaction(this.dataSource, async (runner) => {
      await lockTable(runner, 'learning_round');
      const round = (await lastOf(runner.manager, level)) + 1;
      await runner.manager.upsert(LearningRoundEntity, { level, round }, ['level']);
      return round;
    });
  }

  /** The highest round that is known of; 0 before the first. */
  last(level: ModelLevel): Promise<number> {
    return lastOf(this.dataSource.manager, level);
  }
}

async function lastOf(manager: EntityManager, level: ModelLevel): Promise<number> {
  const rounds = [
    await manager.maximum(LearningRoundEntity, 'round', { level }),
    await manager.maximum(ContributionEntity, 'round', { level }),
    await manager.maximum(ModelVersionEntity, 'round', { level }),
  ];
  return Math.max(...rounds.map((round) => round ?? 0));
}
