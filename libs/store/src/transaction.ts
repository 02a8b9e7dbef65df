import type { QueryRunner } from 'typeorm';

/**
 * Runs `work` in one transaction on `runner`. TypeORM's own `startTransaction` is not used: after an error on
 * which SQLite rolls back by itself (a full disk), it believes that the transaction is still open, and nests
 * every later one into a savepoint.
 */
export async function inTransaction<T>(runner: QueryRunner, work: () => Promise<T>): Promise<T> {
  await runner.query('BEGIN');
  try {
    const result = await work();
    await runner.query('COMMIT');
    return result;
  } catch (error) {
    // Fails where the database has already rolled back, which is what is wanted.
    await runner.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
