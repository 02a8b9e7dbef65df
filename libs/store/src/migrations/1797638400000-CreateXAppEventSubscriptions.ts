import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

const name = (name: string) => ({ name, type: 'varchar' });
const whole = (name: string) => ({ name, type: 'integer' });

/** Who is told what becomes of xApps. */
export class CreateXAppEventSubscriptions1797638400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'xapp_event_subscription',
        columns: [
          { ...name('id'), isPrimary: true },
          name('eventType'),
          { name: 'targetUrl', type: 'text' },
          whole('maxRetries'),
          whole('retryTimerS'),
          { name: 'createdAtMs', type: 'double precision' },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('xapp_event_subscription');
  }
}
