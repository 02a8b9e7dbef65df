import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { dialectOf } from '../dialect.js';

const rowId = (type: string) => ({
  name: 'id',
  type,
  isPrimary: true,
  isGenerated: true,
  generationStrategy: 'increment' as const,
});

const real = (name: string) => ({ name, type: 'double precision' });
const optionalReal = (name: string) => ({ ...real(name), isNullable: true });

/** What the RIC records as it goes: controls, their effects, KPI samples. */
export class CreateSeries1795219200001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const id = rowId(dialectOf(runner.dataSource).rowId);
    await runner.createTable(
      new Table({
        name: 'control',
        columns: [
          id,
          { name: 'controlId', type: 'varchar' },
          { name: 'runId', type: 'integer', isNullable: true },
          { name: 'xapp', type: 'varchar' },
          { name: 'nodeId', type: 'varchar' },
          { name: 'kind', type: 'varchar' },
          { name: 'asked', type: 'text' },
          real('simTimeMs'),
          real('requestedAtMs'),
          { name: 'outcome', type: 'varchar' },
          { name: 'cause', type: 'text', isNullable: true },
          optionalReal('ackLatencyMs'),
          real('recordedAtMs'),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'control_effect',
        columns: [
          id,
          { name: 'controlId', type: 'varchar' },
          { name: 'effective', type: 'boolean' },
          { name: 'achieved', type: 'text' },
          { name: 'reason', type: 'text', isNullable: true },
          real('measuredAtSimMs'),
          real('recordedAtMs'),
        ],
        indices: [new TableIndex({ name: 'control_effect_control', columnNames: ['controlId'] })],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'kpi_sample',
        columns: [
          id,
          { name: 'runId', type: 'integer', isNullable: true },
          { name: 'nodeId', type: 'varchar' },
          { name: 'slice', type: 'varchar' },
          real('simTimeMs'),
          optionalReal('deliveredKbit'),
          optionalReal('offeredKbit'),
          optionalReal('prbUsed'),
          optionalReal('delayMeanMs'),
          optionalReal('delayP99Ms'),
          optionalReal('delayMaxMs'),
          optionalReal('bufferBytes'),
          optionalReal('qos'),
          optionalReal('minRatio'),
          optionalReal('maxRatio'),
          real('recordedAtMs'),
        ],
        indices: [new TableIndex({ name: 'kpi_sample_node_time', columnNames: ['nodeId', 'simTimeMs'] })],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('kpi_sample');
    await runner.dropTable('control_effect');
    await runner.dropTable('control');
  }
}
