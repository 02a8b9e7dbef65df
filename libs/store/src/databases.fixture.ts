import { join } from 'node:path';
import { PostgresServer, postgresPrograms } from './postgres.fixture.js';
import { StoreDatabase } from './store-database.js';
import type { StoreLocation } from './store-location.js';
import { temporaryFolders } from './store.fixture.js';
import type { RetentionOptions } from './retention.js';

/** What the specs of one database go by. */
export interface TestDatabases {
  /** A place that nobody has used. */
  readonly fresh: () => StoreLocation;
  /** Opens a database, a fresh one unless told where; closed when the specs are done. */
  readonly open: (location?: StoreLocation, retention?: RetentionOptions) => Promise<StoreDatabase>;
}

/** Runs the specs on SQLite and on a PostgreSQL server of their own; skips the latter where none is installed. */
export function onBothDatabases(specs: (databases: TestDatabases) => void): void {
  describe('on SQLite', () => {
    const folder = temporaryFolders();
    specs(databasesAt(() => ({ path: join(folder(), 'deep', 'store.sqlite') })));
  });
  onPostgres((_, databases) => specs(databases));
}

/** Runs the specs on a PostgreSQL server of their own; skips them where none is installed. */
export function onPostgres(specs: (server: PostgresServer, databases: TestDatabases) => void): void {
  const programs = postgresPrograms();
  const why = 'neither PATH nor /usr/lib/postgresql has initdb and postgres';
  if (programs === undefined) process.stderr.write(`specs on PostgreSQL are skipped: ${why}\n`);
  const block = programs === undefined ? describe.skip : describe;
  block(programs === undefined ? `on PostgreSQL (skipped: ${why})` : 'on PostgreSQL', () => {
    // First, so that its connections are closed before the server stops.
    const databases = databasesAt(() => server.freshLocation());
    const server = new PostgresServer(programs ?? '');
    specs(server, databases);
  });
}

function databasesAt(fresh: () => StoreLocation): TestDatabases {
  const opened: StoreDatabase[] = [];
  afterAll(() => Promise.all(opened.map((database) => database.call('close', undefined))));
  return {
    fresh,
    open: async (location = fresh(), retention) => {
      const database = await StoreDatabase.open(location, retention);
      opened.push(database);
      return database;
    },
  };
}
