import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { ControlRecord, JsonValue } from '../records.js';
import type { ControlEffectEntity } from './control-effect.entity.js';

/** Bears no index but its key: newest first is the order of the key, and every index costs each insert. */
@Entity('control')
export class ControlEntity {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  @Column('varchar')
  controlId!: string;

  @Column('integer', { nullable: true })
  runId!: number | null;

  @Column('varchar')
  xapp!: string;

  @Column('varchar')
  nodeId!: string;

  @Column('varchar')
  kind!: ControlRecord['kind'];

  @Column('simple-json')
  asked!: JsonValue;

  @Column('double precision')
  simTimeMs!: number;

  @Column('double precision')
  requestedAtMs!: number;

  @Column('varchar')
  outcome!: ControlRecord['outcome'];

  @Column('text', { nullable: true })
  cause!: string | null;

  @Column('double precision', { nullable: true })
  ackLatencyMs!: number | null;

  /** Wall clock at which the store took the row, epoch ms: what retention by age goes by. */
  @Column('double precision')
  recordedAtMs!: number;

  /** Joined by {@link ControlRepository}, no column. */
  effect?: ControlEffectEntity | null;
}
