import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('xapp_event_subscription')
export class XAppEventSubscriptionEntity {
  @PrimaryColumn('varchar')
  id!: string;

  @Column('varchar')
  eventType!: string;

  @Column('text')
  targetUrl!: string;

  @Column('integer')
  maxRetries!: number;

  @Column('integer')
  retryTimerS!: number;

  @Column('double precision')
  createdAtMs!: number;
}
