import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { ModelLevel } from '../learning-records.js';

/** The newest row of a level names the version in force. */
@Entity('model_activation')
export class ModelActivationEntity {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  @Column('varchar')
  level!: ModelLevel;

  @Column('integer')
  version!: number;

  @Column('text')
  reason!: string;

  @Column('double precision')
  activatedAtMs!: number;
}
