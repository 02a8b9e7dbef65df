import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { JsonValue } from '../records.js';

/** Apart from its control, since it comes a report later: two appends cost less than an append and an update. */
@Entity('control_effect')
export class ControlEffectEntity {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  @Index('control_effect_control')
  @Column('varchar')
  controlId!: string;

  @Column('boolean')
  effective!: boolean;

  @Column('simple-json')
  achieved!: JsonValue;

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('double precision')
  measuredAtSimMs!: number;

  /** Wall clock at which the store took the row, epoch ms: what retention by age goes by. */
  @Column('double precision')
  recordedAtMs!: number;
}
