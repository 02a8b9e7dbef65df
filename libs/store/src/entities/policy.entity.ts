import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JsonValue, PolicyRecord } from '../records.js';

@Entity('policy')
export class PolicyEntity {
  @PrimaryColumn('integer')
  policyTypeId!: number;

  @PrimaryColumn('varchar')
  policyId!: string;

  @Column('simple-json')
  policy!: JsonValue;

  @Column('varchar')
  enforceStatus!: PolicyRecord['enforceStatus'];

  @Column('text', { nullable: true })
  enforceReason!: string | null;

  @Column('double precision')
  updatedAtMs!: number;
}
