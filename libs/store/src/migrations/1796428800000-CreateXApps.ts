import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

const text = (name: string) => ({ name, type: 'text' });
const name = (name: string) => ({ name, type: 'varchar' });
const whole = (name: string) => ({ name, type: 'integer' });
const flag = (name: string) => ({ name, type: 'boolean' });
const real = (name: string) => ({ name, type: 'double precision' });
const key = <T extends object>(column: T) => ({ ...column, isPrimary: true });
const optional = <T extends object>(column: T) => ({ ...column, isNullable: true });

/** xApps: onboarded packages, and what of them shall run. */
export class CreateXApps1796428800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'xapp_package',
        columns: [
          key(name('name')),
          key(name('version')),
          name('digest'),
          text('path'),
          flag('builtin'),
          text('descriptor'),
          optional(text('controlsSchema')),
          real('onboardedAtMs'),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'xapp_deployment',
        columns: [
          key(name('name')),
          name('version'),
          text('config'),
          optional(whole('priority')),
          name('state'),
          whole('generation'),
          optional(text('previous')),
          flag('onTrial'),
          optional(text('initial')),
          optional(text('note')),
          real('changedAtMs'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('xapp_deployment');
    await runner.dropTable('xapp_package');
  }
}
