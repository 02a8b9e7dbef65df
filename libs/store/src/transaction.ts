import type { DataSource, QueryRunner } from 'typeorm';

/**
 * Runs `work` in one transaction on a connection of its own. TypeORM's own `startTransaction` is not used: after
 * an error on which SQLite rolls back by itself (a full disk), it believes that the transaction is still open, and
 * nests every later one into a savepoint.
 */
export async function inTransaction<T>(
  dataSource: DataSource,
  work: (runner: QueryRunner) => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('BEGIN');
    try {
      const result = await work(runner);
      await runner.query('COMMIT');
      return result;
    } catch (error) {
      // Fails where the database has already rolled back, which is what is wanted.
      await runner.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  } finally {
    await runner.release();
  }
}
