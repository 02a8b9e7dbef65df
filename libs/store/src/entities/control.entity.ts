import { EntitySchema } from 'typeorm';
import type { Dialect } from '../dialect.js';
import type { ControlRecord, JsonValue } from '../records.js';
import type { ControlEffectEntity } from './control-effect.entity.js';

/** Bears no index but its key: newest first is the order of the key, and every index costs each insert. */
export class ControlEntity {
  id!: number;
  controlId!: string;
  runId!: number | null;
  xapp!: string;
  nodeId!: string;
  kind!: ControlRecord['kind'];
  asked!: JsonValue;
  simTimeMs!: number;
  requestedAtMs!: number;
  outcome!: ControlRecord['outcome'];
  cause!: string | null;
  ackLatencyMs!: number | null;
  /** Wall clock at which the store took the row, epoch ms: what retention by age goes by. */
  recordedAtMs!: number;
  /** Joined by {@link ControlRepository}, no column. */
  effect?: ControlEffectEntity | null;
}

export const controlSchema = ({ rowId }: Dialect) =>
  new EntitySchema<ControlEntity>({
    name: 'control',
    tableName: 'control',
    target: ControlEntity,
    columns: {
      id: { type: rowId, primary: true, generated: 'increment' },
      controlId: { type: 'varchar' },
      runId: { type: 'integer', nullable: true },
      xapp: { type: 'varchar' },
      nodeId: { type: 'varchar' },
      kind: { type: 'varchar' },
      asked: { type: 'simple-json' },
      simTimeMs: { type: 'double precision' },
      requestedAtMs: { type: 'double precision' },
      outcome: { type: 'varchar' },
      cause: { type: 'text', nullable: true },
      ackLatencyMs: { type: 'double precision', nullable: true },
      recordedAtMs: { type: 'double precision' },
    },
  });
