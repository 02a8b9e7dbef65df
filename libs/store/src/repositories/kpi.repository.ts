import type { DataSource } from 'typeorm';
import { KpiSampleEntity } from '../entities/kpi-sample.entity.js';
import type { KpiQuery, KpiRecord } from '../records.js';
import { SERIES_LAYOUT } from '../series.js';
import { queryLimit } from './query-limit.js';

const COLUMNS = SERIES_LAYOUT.kpi.columns.filter((column) => column !== 'recordedAtMs');

type KpiRow = Omit<KpiRecord, 'runId'> & { readonly runId: number | null };

/** Reads KPI samples. */
export class KpiRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * The newest `limit` of what matches, oldest of them first: the order of a chart. Raw rows, since a chart asks
   * for thousands and making entities of them takes more than twice as long.
   */
  async find({ fromMs, toMs, limit, ...equal }: KpiQuery): Promise<KpiRecord[]> {
    const query = this.dataSource
      .createQueryBuilder(KpiSampleEntity, 'kpi')
      .select([])
      .orderBy('kpi.id', 'DESC')
      .limit(queryLimit(limit));
    for (const column of COLUMNS) query.addSelect(`kpi.${column}`, column);
    for (const [column, value] of Object.entries(equal)) {
      if (value !== undefined) query.andWhere(`kpi.${column} = :${column}`, { [column]: value });
    }
    if (fromMs !== undefined) query.andWhere('kpi.simTimeMs >= :fromMs', { fromMs });
    if (toMs !== undefined) query.andWhere('kpi.simTimeMs <= :toMs', { toMs });
    return (await query.getRawMany<KpiRow>()).reverse().map(kpiRecord);
  }
}

function kpiRecord({ runId, ...record }: KpiRow): KpiRecord {
  return runId === null ? record : { runId, ...record };
}
