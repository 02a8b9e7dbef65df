import { EntitySchema } from 'typeorm';
import type { ConflictRecord } from '../conflict-records.js';
import type { Dialect } from '../dialect.js';
import type { ControlKind } from '../records.js';

export class ConflictEntity {
  id!: number;
  runId!: number | null;
  kind!: ConflictRecord['kind'];
  decision!: ConflictRecord['decision'];
  nodeId!: string;
  control!: ControlKind;
  slices!: readonly string[];
  simTimeMs!: number;
  xapp!: string;
  priority!: number;
  other!: string | null;
  otherPriority!: number | null;
  untilMs!: number | null;
  controlId!: string | null;
  text!: string;
  /** Wall clock at which the store took the row, epoch ms: what retention by age goes by. */
  recordedAtMs!: number;
}

export const conflictSchema = ({ rowId }: Dialect) =>
  new EntitySchema<ConflictEntity>({
    name: 'conflict',
    tableName: 'conflict',
    target: ConflictEntity,
    columns: {
      id: { type: rowId, primary: true, generated: 'increment' },
      runId: { type: 'integer', nullable: true },
      kind: { type: 'varchar' },
      decision: { type: 'varchar' },
      nodeId: { type: 'varchar' },
      control: { type: 'varchar' },
      slices: { type: 'simple-json' },
      simTimeMs: { type: 'double precision' },
      xapp: { type: 'varchar' },
      priority: { type: 'double precision' },
      other: { type: 'varchar', nullable: true },
      otherPriority: { type: 'double precision', nullable: true },
      untilMs: { type: 'double precision', nullable: true },
      controlId: { type: 'varchar', nullable: true },
      text: { type: 'text' },
      recordedAtMs: { type: 'double precision' },
    },
    indices: [{ name: 'conflict_control', columns: ['controlId'] }],
  });
