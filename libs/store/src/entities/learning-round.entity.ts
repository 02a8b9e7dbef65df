import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ModelLevel } from '../learning-records.js';

/** The last round that was given out, by level. */
@Entity('learning_round')
export class LearningRoundEntity {
  @PrimaryColumn('varchar')
  level!: ModelLevel;

  @Column('integer')
  round!: number;
}
