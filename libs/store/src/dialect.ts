import type { DataSource, QueryRunner } from 'typeorm';

/** Column types that the two databases name differently. */
export interface Dialect {
  /** A row id of 64 bits: at 700 controls a second, 32 bits last a month. */
  readonly rowId: 'integer' | 'bigint';
  readonly bytes: 'blob' | 'bytea';
}

export const SQLITE: Dialect = { rowId: 'integer', bytes: 'blob' };
export const POSTGRES: Dialect = { rowId: 'bigint', bytes: 'bytea' };

export function dialectOf({ options }: DataSource): Dialect {
  return options.type === 'postgres' ? POSTGRES : SQLITE;
}

/** Keeps other writers off a table until the transaction ends; SQLite has but one writer at a time anyway. */
export async function lockTable(runner: QueryRunner, table: string): Promise<void> {
  const { dataSource } = runner;
  if (dialectOf(dataSource) === POSTGRES) {
    await runner.query(`LOCK TABLE ${dataSource.driver.escape(table)} IN SHARE ROW EXCLUSIVE MODE`);
  }
}
