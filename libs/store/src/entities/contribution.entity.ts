import { EntitySchema } from 'typeorm';
import type { Dialect } from '../dialect.js';
import type { ModelLevel } from '../learning-records.js';

export class ContributionEntity {
  id!: number;
  level!: ModelLevel;
  round!: number;
  nodeId!: string;
  modelVersion!: number;
  tdVariance!: number | null;
  weight!: number | null;
  supportSamples!: number;
  querySamples!: number;
  meanReward!: number | null;
  outcome!: string;
  receivedAtMs!: number;
  /** Wall clock at which the store took the row, epoch ms: what retention by age goes by. */
  recordedAtMs!: number;
}

export const contributionSchema = ({ rowId }: Dialect) =>
  new EntitySchema<ContributionEntity>({
    name: 'contribution',
    tableName: 'contribution',
    target: ContributionEntity,
    columns: {
      id: { type: rowId, primary: true, generated: 'increment' },
      level: { type: 'varchar' },
      round: { type: 'integer' },
      nodeId: { type: 'varchar' },
      modelVersion: { type: 'integer' },
      tdVariance: { type: 'double precision', nullable: true },
      weight: { type: 'double precision', nullable: true },
      supportSamples: { type: 'integer' },
      querySamples: { type: 'integer' },
      meanReward: { type: 'double precision', nullable: true },
      outcome: { type: 'varchar' },
      receivedAtMs: { type: 'double precision' },
      recordedAtMs: { type: 'double precision' },
    },
    indices: [{ name: 'contribution_level_round', columns: ['level', 'round'] }],
  });
