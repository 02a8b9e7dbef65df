import pg from 'pg';
import { DataSource } from 'typeorm';
import { POSTGRES } from './dialect.js';
import type { OpenedDatabase } from './opened-database.js';
import { schemaFor } from './schema.js';
import type { PostgresLocation } from './store-location.js';

const ANSWER_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 5000;

/** How long a transaction of a service that has gone silent may hold its locks, ms. */
const IDLE_TRANSACTION_TIMEOUT_MS = 30_000;

/** How long an opening store waits for others that are just being opened, ms. */
const OPENING_TIMEOUT_MS = 30_000;

/** A connection as `pg` has it, with what its types leave out. */
type Connection = pg.Client & { readonly connection: { readonly stream: { destroy(): void } } };

/**
 * Opens a schema of a PostgreSQL database through one connection, which is made anew after it broke. Stores that
 * open at once in one database take turns at making their schema and their tables.
 */
export async function openPostgres(location: PostgresLocation): Promise<OpenedDatabase> {
  const answerTimeoutMs = location.answerTimeoutMs ?? ANSWER_TIMEOUT_MS;
  const connectTimeoutMs = Math.min(CONNECT_TIMEOUT_MS, answerTimeoutMs);
  const connections = new Set<Connection>();
  const dataSource = new DataSource({
    type: 'postgres',
    applicationName: `ricochet ${location.schema}`,
    connectTimeoutMS: connectTimeoutMs,
    // Operations come one after the other.
    poolSize: 1,
    // Row ids and counts have 64 bits and come as text otherwise.
    parseInt8: true,
    installExtensions: false,
    // A connection that breaks while it is idle: the next query opens another or fails, which is told.
    poolErrorHandler: () => undefined,
    extra: {
      connectionString: location.url,
      query_timeout: answerTimeoutMs,
      idleTimeoutMillis: 0,
      keepAlive: true,
      onConnect: async (connection: Connection) => {
        connections.add(connection);
        connection.once('end', () => connections.delete(connection));
        await connection.query(`
          SET search_path TO "${location.schema}";
          SET statement_timeout TO ${Math.ceil(0.8 * answerTimeoutMs)};
          SET idle_in_transaction_session_timeout TO ${IDLE_TRANSACTION_TIMEOUT_MS};
        `);
      },
    },
    ...schemaFor(POSTGRES),
  });

  await whileOpeningAlone(location, connectTimeoutMs, async (client) => {
    await makeSchema(client, location.schema);
    await dataSource.initialize();
    await dataSource.runMigrations();
  }).catch(async (error: unknown) => {
    if (dataSource.isInitialized) await dataSource.destroy();
    throw error;
  });
  return {
    dataSource,
    close: () => dataSource.destroy(),
    // A query that was given up is still under way as far as its connection knows: nothing comes after it.
    abandonConnection: async () => {
      const ends = [...connections].map((one) => new Promise((resolve) => one.once('end', resolve)));
      for (const { connection } of connections) connection.stream.destroy();
      await Promise.all(ends);
    },
  };
}

/** Holds the database's opening lock while `work` goes on: the lock goes with its connection. */
async function whileOpeningAlone(
  { url }: PostgresLocation,
  connectTimeoutMs: number,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: connectTimeoutMs });
  // Its queries tell.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(`SET lock_timeout TO ${OPENING_TIMEOUT_MS}`);
    await client.query(`SELECT pg_advisory_lock(hashtext('ricochet store'))`);
    await work(client);
  } finally {
    await client.end();
  }
}

/** Looks first: `IF NOT EXISTS` needs the right to make schemas even where there is nothing to make. */
async function makeSchema(client: pg.Client, schema: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema]);
  if (rowCount === 0) await client.query(`CREATE SCHEMA "${schema}"`);
}
