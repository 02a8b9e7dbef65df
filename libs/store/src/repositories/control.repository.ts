import type { DataSource } from 'typeorm';
import { ControlEffectEntity } from '../entities/control-effect.entity.js';
import { ControlEntity } from '../entities/control.entity.js';
import type { ControlQuery, StoredControl } from '../records.js';
import { queryLimit } from './query-limit.js';

/** Reads controls together with their effects. */
export class ControlRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first. */
  async find({ beforeId, limit, ...equal }: ControlQuery): Promise<StoredControl[]> {
    const query = this.dataSource
      .createQueryBuilder(ControlEntity, 'control')
      .leftJoinAndMapOne(
        'control.effect',
        ControlEffectEntity,
        'effect',
        // The latest, should a control have been measured twice.
        `effect.id = ${this.dataSource
          .createQueryBuilder()
          .subQuery()
          .select('MAX(latest.id)')
          .from(ControlEffectEntity, 'latest')
          .where('latest.controlId = control.controlId')
          .getQuery()}`,
      )
      .orderBy('control.id', 'DESC')
      .limit(queryLimit(limit));
    for (const [column, value] of Object.entries(equal)) {
      if (value !== undefined) query.andWhere(`control.${column} = :${column}`, { [column]: value });
    }
    if (beforeId !== undefined) query.andWhere('control.id < :beforeId', { beforeId });
    return (await query.getMany()).map(storedControl);
  }
}

function storedControl(entity: ControlEntity): StoredControl {
  const { runId, cause, ackLatencyMs, recordedAtMs: _, effect, ...record } = entity;
  return {
    ...record,
    ...(runId !== null && { runId }),
    ...(cause !== null && { cause }),
    ...(ackLatencyMs !== null && { ackLatencyMs }),
    ...(effect && { effect: storedEffect(effect) }),
  };
}

function storedEffect(entity: ControlEffectEntity): StoredControl['effect'] {
  const { effective, achieved, reason, measuredAtSimMs, delayMs, cause } = entity;
  return {
    effective,
    achieved,
    measuredAtSimMs,
    ...(reason !== null && { reason }),
    ...(delayMs !== null && { delayMs }),
    ...(cause !== null && { cause }),
  };
}
