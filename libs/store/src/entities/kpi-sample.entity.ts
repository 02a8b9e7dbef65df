import { EntitySchema } from 'typeorm';
import type { Dialect } from '../dialect.js';

export class KpiSampleEntity {
  id!: number;
  runId!: number | null;
  nodeId!: string;
  slice!: string;
  simTimeMs!: number;
  deliveredKbit!: number | null;
  offeredKbit!: number | null;
  prbUsed!: number | null;
  delayMeanMs!: number | null;
  delayP99Ms!: number | null;
  delayMaxMs!: number | null;
  bufferBytes!: number | null;
  qos!: number | null;
  minRatio!: number | null;
  maxRatio!: number | null;
  /** Wall clock at which the store took the row, epoch ms: what retention by age goes by. */
  recordedAtMs!: number;
}

const measured = { type: 'double precision', nullable: true } as const;

export const kpiSampleSchema = ({ rowId }: Dialect) =>
  new EntitySchema<KpiSampleEntity>({
    name: 'kpi_sample',
    tableName: 'kpi_sample',
    target: KpiSampleEntity,
    columns: {
      id: { type: rowId, primary: true, generated: 'increment' },
      runId: { type: 'integer', nullable: true },
      nodeId: { type: 'varchar' },
      slice: { type: 'varchar' },
      simTimeMs: { type: 'double precision' },
      deliveredKbit: measured,
      offeredKbit: measured,
      prbUsed: measured,
      delayMeanMs: measured,
      delayP99Ms: measured,
      delayMaxMs: measured,
      bufferBytes: measured,
      qos: measured,
      minRatio: measured,
      maxRatio: measured,
      recordedAtMs: { type: 'double precision' },
    },
    indices: [{ name: 'kpi_sample_node_time', columns: ['nodeId', 'simTimeMs'] }],
  });
