import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { JsonValue, StoredRun } from '../records.js';

@Entity('run')
export class RunEntity {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  runId!: number;

  @Column('double precision')
  seed!: number;

  @Column('varchar')
  scenario!: string;

  @Column('varchar')
  configHash!: string;

  @Column('varchar')
  controller!: string;

  @Column('varchar')
  mode!: StoredRun['mode'];

  @Column('varchar')
  state!: StoredRun['state'];

  @Column('double precision')
  startedAtMs!: number;

  @Column('double precision', { nullable: true })
  endedAtMs!: number | null;

  @Column('simple-json', { nullable: true })
  summary!: JsonValue | null;
}
