import { Table, TableIndex, TableUnique, type MigrationInterface, type QueryRunner } from 'typeorm';
import { dialectOf } from '../dialect.js';

const text = (name: string) => ({ name, type: 'text' });
const name = (name: string) => ({ name, type: 'varchar' });
const whole = (name: string) => ({ name, type: 'integer' });
const real = (name: string) => ({ name, type: 'double precision' });
const key = <T extends object>(column: T) => ({ ...column, isPrimary: true });
const optional = <T extends object>(column: T) => ({ ...column, isNullable: true });
const rowId = (type: string) => ({
  name: 'id',
  type,
  isPrimary: true,
  isGenerated: true,
  generationStrategy: 'increment' as const,
});

/** What is learnt: A1 policies, model versions with their parameters and activations, rounds, contributions. */
export class CreateLearning1795824000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const dialect = dialectOf(runner.dataSource);
    await runner.createTable(
      new Table({
        name: 'policy',
        columns: [
          key(whole('policyTypeId')),
          key(name('policyId')),
          text('policy'),
          name('enforceStatus'),
          optional(text('enforceReason')),
          real('updatedAtMs'),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'model_version',
        columns: [
          key(name('level')),
          key(whole('version')),
          name('key'),
          text('architecture'),
          optional(whole('parent')),
          whole('round'),
          text('origin'),
          whole('parameterBytes'),
          name('sha256'),
          real('createdAtMs'),
        ],
        uniques: [new TableUnique({ name: 'model_version_key', columnNames: ['level', 'key'] })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'model_parameters',
        columns: [key(name('level')), key(whole('version')), { name: 'parameters', type: dialect.bytes }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'model_activation',
        columns: [rowId('integer'), name('level'), whole('version'), text('reason'), real('activatedAtMs')],
      }),
    );
    await runner.createTable(
      new Table({ name: 'learning_round', columns: [key(name('level')), whole('round')] }),
    );
    await runner.createTable(
      new Table({
        name: 'contribution',
        columns: [
          rowId(dialect.rowId),
          name('level'),
          whole('round'),
          name('nodeId'),
          whole('modelVersion'),
          optional(real('tdVariance')),
          optional(real('weight')),
          whole('supportSamples'),
          whole('querySamples'),
          optional(real('meanReward')),
          name('outcome'),
          real('receivedAtMs'),
          real('recordedAtMs'),
        ],
        indices: [new TableIndex({ name: 'contribution_level_round', columnNames: ['level', 'round'] })],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'contribution',
      'learning_round',
      'model_activation',
      'model_parameters',
      'model_version',
      'policy',
    ]) {
      await runner.dropTable(table);
    }
  }
}
