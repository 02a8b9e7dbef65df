import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** What the RIC knows: its E2 nodes, its subscriptions, its runs. */
export class CreateInventory1795219200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'e2_node',
        columns: [
          { name: 'nodeId', type: 'varchar', isPrimary: true },
          { name: 'globalId', type: 'text' },
          { name: 'ranFunctions', type: 'text' },
          { name: 'state', type: 'varchar' },
          { name: 'changedAtMs', type: 'double precision' },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'subscription',
        columns: [
          { name: 'subscriptionId', type: 'integer', isPrimary: true },
          { name: 'nodeId', type: 'varchar' },
          { name: 'ranFunctionId', type: 'integer' },
          { name: 'eventTrigger', type: 'text' },
          { name: 'action', type: 'text' },
          { name: 'mergeKey', type: 'varchar' },
          { name: 'subscribers', type: 'text' },
          { name: 'state', type: 'varchar' },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'run',
        columns: [
          {
            name: 'runId',
            type: 'integer',
            isPrimary: true,
            isGenerated: true,
            generationStrategy: 'increment',
          },
          { name: 'seed', type: 'double precision' },
          { name: 'scenario', type: 'varchar' },
          { name: 'configHash', type: 'varchar' },
          { name: 'controller', type: 'varchar' },
          { name: 'mode', type: 'varchar' },
          { name: 'state', type: 'varchar' },
          { name: 'startedAtMs', type: 'double precision' },
          { name: 'endedAtMs', type: 'double precision', isNullable: true },
          { name: 'summary', type: 'text', isNullable: true },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('run');
    await runner.dropTable('subscription');
    await runner.dropTable('e2_node');
  }
}
