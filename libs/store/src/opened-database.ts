import type { DataSource } from 'typeorm';

/** A database that is open and has the tables of today. */
export interface OpenedDatabase {
  readonly dataSource: DataSource;
  close(): Promise<void>;
  /** Gives up a connection that answers no more, so that the next operation makes another. */
  abandonConnection(): Promise<void>;
}
