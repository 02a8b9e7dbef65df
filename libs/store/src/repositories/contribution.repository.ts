import type { DataSource } from 'typeorm';
import { ContributionEntity } from '../entities/contribution.entity.js';
import type { ContributionQuery, ContributionRecord } from '../learning-records.js';
import { queryLimit } from './query-limit.js';

/** Reads what is kept of the contributions. */
export class ContributionRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first. */
  async find({ level, round, nodeId, limit }: ContributionQuery): Promise<ContributionRecord[]> {
    const rows = await this.dataSource.getRepository(ContributionEntity).find({
      where: {
        ...(level !== undefined && { level }),
        ...(round !== undefined && { round }),
        ...(nodeId !== undefined && { nodeId }),
      },
      order: { id: 'DESC' },
      take: queryLimit(limit),
    });
    return rows.map(({ id: _, recordedAtMs: __, meanReward, ...record }) => ({
      ...record,
      ...(meanReward !== null && { meanReward }),
    }));
  }
}
