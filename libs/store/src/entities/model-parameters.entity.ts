import { EntitySchema } from 'typeorm';
import type { Dialect } from '../dialect.js';
import type { ModelLevel } from '../learning-records.js';

/** The parameters of a model version, apart from it so that lineage is read and kept without them. */
export class ModelParametersEntity {
  level!: ModelLevel;
  version!: number;
  parameters!: Buffer;
}

export const modelParametersSchema = ({ bytes }: Dialect) =>
  new EntitySchema<ModelParametersEntity>({
    name: 'model_parameters',
    tableName: 'model_parameters',
    target: ModelParametersEntity,
    columns: {
      level: { type: 'varchar', primary: true },
      version: { type: 'integer', primary: true },
      parameters: { type: bytes },
    },
  });
