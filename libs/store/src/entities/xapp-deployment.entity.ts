import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JsonValue } from '../records.js';
import type { XAppDeploymentRecord } from '../xapp-records.js';

@Entity('xapp_deployment')
export class XAppDeploymentEntity {
  @PrimaryColumn('varchar')
  name!: string;

  @Column('varchar')
  version!: string;

  @Column('simple-json')
  config!: JsonValue;

  @Column('integer', { nullable: true })
  priority!: number | null;

  @Column('varchar')
  state!: XAppDeploymentRecord['state'];

  @Column('integer')
  generation!: number;

  @Column('simple-json', { nullable: true })
  previous!: JsonValue | null;

  @Column('boolean')
  onTrial!: boolean;

  @Column('simple-json', { nullable: true })
  initial!: JsonValue | null;

  @Column('text', { nullable: true })
  note!: string | null;

  @Column('double precision')
  changedAtMs!: number;
}
