import { EntitySchema } from 'typeorm';
import type { Dialect } from '../dialect.js';
import type { JsonValue } from '../records.js';

/** Apart from its control, since it comes a report later: two appends cost less than an append and an update. */
export class ControlEffectEntity {
  id!: number;
  controlId!: string;
  effective!: boolean;
  achieved!: JsonValue;
  reason!: string | null;
  measuredAtSimMs!: number;
  delayMs!: number | null;
  cause!: string | null;
  /** Wall clock at which the store took the row, epoch ms: what retention by age goes by. */
  recordedAtMs!: number;
}

export const controlEffectSchema = ({ rowId }: Dialect) =>
  new EntitySchema<ControlEffectEntity>({
    name: 'control_effect',
    tableName: 'control_effect',
    target: ControlEffectEntity,
    columns: {
      id: { type: rowId, primary: true, generated: 'increment' },
      controlId: { type: 'varchar' },
      effective: { type: 'boolean' },
      achieved: { type: 'simple-json' },
      reason: { type: 'text', nullable: true },
      measuredAtSimMs: { type: 'double precision' },
      delayMs: { type: 'double precision', nullable: true },
      cause: { type: 'varchar', nullable: true },
      recordedAtMs: { type: 'double precision' },
    },
    indices: [{ name: 'control_effect_control', columns: ['controlId'] }],
  });
