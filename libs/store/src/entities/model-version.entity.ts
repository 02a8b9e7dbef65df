import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { ModelLevel, ModelOrigin } from '../learning-records.js';

/** A model without its parameters: stays when they are thinned out. */
@Entity('model_version')
@Unique('model_version_key', ['level', 'key'])
export class ModelVersionEntity {
  @PrimaryColumn('varchar')
  level!: ModelLevel;

  @PrimaryColumn('integer')
  version!: number;

  @Column('varchar')
  key!: string;

  @Column('text')
  architecture!: string;

  @Column('integer', { nullable: true })
  parent!: number | null;

  /** The round of its origin; 0 when it comes from none. */
  @Column('integer')
  round!: number;

  @Column('simple-json')
  origin!: ModelOrigin;

  @Column('integer')
  parameterBytes!: number;

  /** Of the parameters, in hex. */
  @Column('varchar')
  sha256!: string;

  @Column('double precision')
  createdAtMs!: number;
}
