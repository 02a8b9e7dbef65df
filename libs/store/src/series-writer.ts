import type { DataSource, QueryRunner } from 'typeorm';
import { SERIES_LAYOUT, type SeriesBatch, type SeriesName, type SqlValue } from './series.js';
import { storeErrorFrom } from './driver-error.js';
import { inTransaction } from './transaction.js';

/** Rows an INSERT, largest first: few shapes, so that the query runner keeps each one prepared. */
const ROWS_PER_INSERT: readonly number[] = [64, 8, 1];

/** What became of a batch. */
export interface AppendResult {
  readonly written: number;
  /** Rows that break the schema: the others of their batch were written. */
  readonly rejected: number;
  /** Why the first of them was rejected. */
  readonly reason?: string | undefined;
}

/** The hot path: appends rows by prepared multi-row inserts, a call one transaction. */
export class SeriesWriter {
  private readonly statements = new Map<string, string>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly place: string,
  ) {}

  /** Writes all rows or, where rows break the schema, all others. @throws {StoreError} nothing was written. */
  async append(batches: readonly SeriesBatch[]): Promise<AppendResult> {
    try {
      let written = 0;
      await inTransaction(this.dataSource, async (runner) => {
        for (const batch of batches) written += await this.insertAll(runner, batch);
      });
      return { written, rejected: 0 };
    } catch (cause) {
      const error = storeErrorFrom(cause, this.place);
      if (error.code !== 'STORE_BAD_RECORD') throw error;
      return this.appendOneByOne(batches);
    }
  }

  private async insertAll(runner: QueryRunner, { series, values }: SeriesBatch): Promise<number> {
    const width = SERIES_LAYOUT[series].columns.length;
    let offset = 0;
    for (const rows of ROWS_PER_INSERT) {
      for (; values.length - offset >= rows * width; offset += rows * width) {
        await runner.query(this.statement(series, rows), values.slice(offset, offset + rows * width));
      }
    }
    return values.length / width;
  }

  private async appendOneByOne(batches: readonly SeriesBatch[]): Promise<AppendResult> {
    let written = 0;
    const reasons: string[] = [];
    const insertOrReject = async (runner: QueryRunner, series: SeriesName, row: SqlValue[]) => {
      await runner.query('SAVEPOINT store_row');
      try {
        await runner.query(this.statement(series, 1), row);
        written += 1;
      } catch (cause) {
        const error = storeErrorFrom(cause, this.place);
        if (error.code !== 'STORE_BAD_RECORD') throw error;
        await runner.query('ROLLBACK TO SAVEPOINT store_row');
        reasons.push(error.message);
      }
      await runner.query('RELEASE SAVEPOINT store_row');
    };
    await inTransaction(this.dataSource, async (runner) => {
      for (const { series, values } of batches) {
        const width = SERIES_LAYOUT[series].columns.length;
        for (let at = 0; at < values.length; at += width) {
          await insertOrReject(runner, series, values.slice(at, at + width));
        }
      }
    }).catch((cause: unknown) => {
      throw storeErrorFrom(cause, this.place);
    });
    return { written, rejected: reasons.length, reason: reasons[0] };
  }

  private statement(series: SeriesName, rows: number): string {
    const key = `${series} ${rows}`;
    const known = this.statements.get(key);
    if (known !== undefined) return known;
    const { driver } = this.dataSource;
    const { table, columns } = SERIES_LAYOUT[series];
    let parameter = 0;
    const tuples = Array.from(
      { length: rows },
      () => `(${columns.map((column) => driver.createParameter(column, parameter++)).join(',')})`,
    );
    const names = columns.map((column) => driver.escape(column)).join(',');
    const sql = `INSERT INTO ${driver.escape(table)} (${names}) VALUES ${tuples.join(',')}`;
    this.statements.set(key, sql);
    return sql;
  }
}
