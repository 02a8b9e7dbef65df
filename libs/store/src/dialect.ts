import type { DataSource, QueryRunner } from 'typeorm';

/** Column types that the two databases name differently. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres';
  /** A row id of 64 bits: at 700 controls a second, 32 bits last a month. */
  readonly rowId: 'integer' | 'bigint';
  readonly bytes: 'blob' | 'bytea';
}

export const SQLITE: Dialect = { name: 'sqlite', rowId: 'integer', bytes: 'blob' };
export const POSTGRES: Dialect = { name: 'postgres', rowId: 'bigint', bytes: 'bytea' };

export function dialectOf({ options }: DataSource): Dialect {
  return options.type === 'postgres' ? POSTGRES : SQLITE;
}

/** Keeps other writers off a table until the transaction ends; in SQLite there is but one writer at a time anyway. */
export async function lockTable(runner: QueryRunner, table: string): Promise<void> {
  const { driver } = runner.dataSource;
  if (dialectOf(runner.dataSource) === POSTGRES) {
    await runner.query(`LOCK TABLE ${driver.escape(table)} IN SHARE ROW EXCLUSIVE MODE`);
  }
}
