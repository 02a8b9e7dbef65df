import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { dialectOf } from '../dialect.js';

const name = (name: string) => ({ name, type: 'varchar' });
const text = (name: string) => ({ name, type: 'text' });
const real = (name: string) => ({ name, type: 'double precision' });
const optional = <T extends object>(column: T) => ({ ...column, isNullable: true });

/** Of effects how long they took and what kept them off. */
const EFFECT_COLUMNS = { delayMs: 'double precision', cause: 'varchar' };

/** What became of xApps that meet, and more about effects. */
export class CreateConflicts1797033600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { driver } = runner.dataSource;
    await runner.createTable(
      new Table({
        name: 'conflict',
        columns: [
          {
            name: 'id',
            type: dialectOf(runner.dataSource).rowId,
            isPrimary: true,
            isGenerated: true,
            generationStrategy: 'increment',
          },
          optional({ name: 'runId', type: 'integer' }),
          name('kind'),
          name('decision'),
          name('nodeId'),
          name('control'),
          text('slices'),
          real('simTimeMs'),
          name('xapp'),
          real('priority'),
          optional(name('other')),
          optional(real('otherPriority')),
          optional(real('untilMs')),
          optional(name('controlId')),
          text('text'),
          real('recordedAtMs'),
        ],
        indices: [new TableIndex({ name: 'conflict_control', columnNames: ['controlId'] })],
      }),
    );
    // TypeORM would copy the table, row by row.
    for (const [column, type] of Object.entries(EFFECT_COLUMNS)) {
      await runner.query(
        `ALTER TABLE ${driver.escape('control_effect')} ADD COLUMN ${driver.escape(column)} ${type}`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    const { driver } = runner.dataSource;
    for (const column of Object.keys(EFFECT_COLUMNS)) {
      await runner.query(
        `ALTER TABLE ${driver.escape('control_effect')} DROP COLUMN ${driver.escape(column)}`,
      );
    }
    await runner.dropTable('conflict');
  }
}
