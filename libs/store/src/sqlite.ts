import { DataSource } from 'typeorm';
import { SQLITE } from './dialect.js';
import type { OpenedDatabase } from './opened-database.js';
import { schemaFor } from './schema.js';
import type { SqliteLocation } from './store-location.js';

/** How long a write waits for another process's lock, ms. */
const LOCK_TIMEOUT_MS = 1000;

/** Pages of the write-ahead log that are folded into the database at once: few, so that no commit takes long. */
const CHECKPOINT_PAGES = 250;

/** Opens an SQLite file at an absolute path in WAL mode, made with its folder where there is none. */
export async function openSqlite({ path }: SqliteLocation): Promise<OpenedDatabase> {
  const dataSource = new DataSource({
    type: 'better-sqlite3',
    database: path,
    enableWAL: true,
    timeout: LOCK_TIMEOUT_MS,
    // Safe against the death of the process; a power cut may cost the last commits, never the consistency.
    prepareDatabase: (sqlite: { pragma(source: string): unknown }) => {
      sqlite.pragma('synchronous = NORMAL');
      sqlite.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    },
    ...schemaFor(SQLITE),
  });
  try {
    await dataSource.initialize();
    await dataSource.runMigrations();
  } catch (error) {
    if (dataSource.isInitialized) await dataSource.destroy();
    throw error;
  }
  return {
    dataSource,
    close: async () => {
      try {
        await dataSource.query('PRAGMA wal_checkpoint(TRUNCATE)');
      } finally {
        await dataSource.destroy();
      }
    },
    abandonConnection: () => Promise.resolve(),
  };
}
