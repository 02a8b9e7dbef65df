import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JsonValue, NodeRecord } from '../records.js';

@Entity('e2_node')
export class E2NodeEntity {
  @PrimaryColumn('varchar')
  nodeId!: string;

  @Column('simple-json')
  globalId!: JsonValue;

  @Column('simple-json')
  ranFunctions!: JsonValue;

  @Column('varchar')
  state!: NodeRecord['state'];

  @Column('double precision')
  changedAtMs!: number;
}
