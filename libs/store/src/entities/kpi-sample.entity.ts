import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

@Entity('kpi_sample')
@Index('kpi_sample_node_time', ['nodeId', 'simTimeMs'])
export class KpiSampleEntity {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  @Column('integer', { nullable: true })
  runId!: number | null;

  @Column('varchar')
  nodeId!: string;

  @Column('varchar')
  slice!: string;

  @Column('double precision')
  simTimeMs!: number;

  @Column('double precision', { nullable: true })
  deliveredKbit!: number | null;

  @Column('double precision', { nullable: true })
  offeredKbit!: number | null;

  @Column('double precision', { nullable: true })
  prbUsed!: number | null;

  @Column('double precision', { nullable: true })
  delayMeanMs!: number | null;

  @Column('double precision', { nullable: true })
  delayP99Ms!: number | null;

  @Column('double precision', { nullable: true })
  delayMaxMs!: number | null;

  @Column('double precision', { nullable: true })
  bufferBytes!: number | null;

  @Column('double precision', { nullable: true })
  qos!: number | null;

  @Column('double precision', { nullable: true })
  minRatio!: number | null;

  @Column('double precision', { nullable: true })
  maxRatio!: number | null;

  /** Wall clock at which the store took the row, epoch ms: what retention by age goes by. */
  @Column('double precision')
  recordedAtMs!: number;
}
