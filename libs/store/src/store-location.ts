import { resolve } from 'node:path';
import { StoreError } from './store.error.js';

/** A file of its own: one process at a time. */
export interface SqliteLocation {
  /** The database file; its folder is made. */
  readonly path: string;
}

/** A schema of its own in a PostgreSQL database, which other services may share. */
export interface PostgresLocation {
  /** `postgres://user:password@host:port/database?sslmode=…`, or `postgres:///database?host=/socket/folder`. */
  readonly url: string;
  /** The schema that the tables are in, one a service; made where there is none. Letters, digits, `_`. */
  readonly schema: string;
  /** How long the server may take to answer before its connection is given up, ms. Default 10,000. */
  readonly answerTimeoutMs?: number | undefined;
}

export type StoreLocation = SqliteLocation | PostgresLocation;

/** The location that a configuration value means: a PostgreSQL URL, with the service's schema, or a file. */
export function storeLocation(pathOrUrl: string, schema: string): StoreLocation {
  return /^postgres(ql)?:/i.test(pathOrUrl) ? { url: pathOrUrl, schema } : { path: pathOrUrl };
}

/**
 * The location alone, with an absolute path, and its name for messages: the path, or host and database without
 * user and password. @throws {StoreError} `STORE_BAD_LOCATION`.
 */
export function namedLocation(location: StoreLocation): { place: string; location: StoreLocation } {
  if ('url' in location) {
    const { url, schema, answerTimeoutMs } = location;
    return { place: placeOf(location), location: { url, schema, answerTimeoutMs } };
  }
  const path = resolve(location.path);
  return { place: path, location: { path } };
}

function placeOf({ url, schema }: PostgresLocation): string {
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    // Not told any further: a password may be in it.
    throw badLocation('its URL is none of the form postgres://user:password@host:port/database');
  }
  const { hostname, port, pathname, searchParams } = new URL(url);
  const host = searchParams.get('host') ?? decodeURIComponent(hostname);
  const place = host.startsWith('/')
    ? `postgres://${pathname}?host=${host}`
    : `postgres://${host}:${port || '5432'}${pathname}`;
  if (!/^[a-z_][a-z0-9_]{0,62}$/i.test(schema)) {
    throw badLocation(`schema "${schema}" of ${place} is no name of up to 63 letters, digits and _`);
  }
  return `${place} (schema ${schema})`;
}

function badLocation(what: string): StoreError {
  return new StoreError('STORE_BAD_LOCATION', `store: ${what}`);
}
