import type { DataSource } from 'typeorm';
import type { ConflictQuery, StoredConflict } from '../conflict-records.js';
import { ConflictEntity } from '../entities/conflict.entity.js';
import { queryLimit } from './query-limit.js';

/** Reads how the RIC decided between xApps. */
export class ConflictRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first. */
  async find({ runId, xapp, nodeId, controlIds, limit }: ConflictQuery): Promise<StoredConflict[]> {
    const query = this.dataSource
      .createQueryBuilder(ConflictEntity, 'conflict')
      .orderBy('conflict.id', 'DESC')
      .limit(queryLimit(limit));
    if (runId !== undefined) query.andWhere('conflict.runId = :runId', { runId });
    if (xapp !== undefined) query.andWhere('(conflict.xapp = :xapp OR conflict.other = :xapp)', { xapp });
    if (nodeId !== undefined) query.andWhere('conflict.nodeId = :nodeId', { nodeId });
    if (controlIds?.length === 0) return [];
    if (controlIds !== undefined) query.andWhere('conflict.controlId IN (:...controlIds)', { controlIds });
    return (await query.getMany()).map(storedConflict);
  }
}

function storedConflict(entity: ConflictEntity): StoredConflict {
  const { runId, other, otherPriority, untilMs, controlId, recordedAtMs: _, ...record } = entity;
  return {
    ...record,
    ...(runId !== null && { runId }),
    ...(other !== null && { other }),
    ...(otherPriority !== null && { otherPriority }),
    ...(untilMs !== null && { untilMs }),
    ...(controlId !== null && { controlId }),
  };
}
