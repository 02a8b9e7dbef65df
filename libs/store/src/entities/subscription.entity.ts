import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JsonValue, SubscriptionRecord } from '../records.js';

@Entity('subscription')
export class SubscriptionEntity {
  @PrimaryColumn('integer')
  subscriptionId!: number;

  @Column('varchar')
  nodeId!: string;

  @Column('integer')
  ranFunctionId!: number;

  @Column('simple-json')
  eventTrigger!: JsonValue;

  @Column('simple-json')
  action!: JsonValue;

  @Column('varchar')
  mergeKey!: string;

  @Column('simple-json')
  subscribers!: readonly string[];

  @Column('varchar')
  state!: SubscriptionRecord['state'];
}
