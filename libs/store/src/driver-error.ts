import { StoreError, type StoreErrorCode } from './store.error.js';

type Meaning = readonly [code: StoreErrorCode, what: string];

const UNREACHABLE: Meaning = ['STORE_UNREACHABLE', 'the server cannot be reached'];

/** Error codes by prefix, since extended codes follow, and what they mean here; the first that fits. */
const MEANINGS: readonly (readonly [prefix: string, ...Meaning])[] = [
  // SQLite result codes.
  ['SQLITE_FULL', 'STORE_FULL', 'the disk is full'],
  ['SQLITE_NOTADB', 'STORE_CORRUPT', 'not an SQLite database'],
  ['SQLITE_CORRUPT', 'STORE_CORRUPT', 'the database is damaged'],
  ['SQLITE_READONLY', 'STORE_NOT_WRITABLE', 'cannot be written'],
  ['SQLITE_CANTOPEN', 'STORE_NOT_WRITABLE', 'cannot be opened'],
  ['SQLITE_PERM', 'STORE_NOT_WRITABLE', 'cannot be written'],
  ['SQLITE_BUSY', 'STORE_BUSY', 'locked by another process'],
  ['SQLITE_LOCKED', 'STORE_BUSY', 'locked by another process'],
  ['SQLITE_PROTOCOL', 'STORE_BUSY', 'locked by another process'],
  ['SQLITE_IOERR', 'STORE_IO', 'the disk failed'],
  ['SQLITE_NOMEM', 'STORE_IO', 'out of memory'],
  ['SQLITE_CONSTRAINT', 'STORE_BAD_RECORD', 'a record breaks the schema'],
  ['SQLITE_MISMATCH', 'STORE_BAD_RECORD', 'a record breaks the schema'],
  ['SQLITE_TOOBIG', 'STORE_BAD_RECORD', 'a record is too big'],
  // System errors, of the file system and of the network.
  ['ENOSPC', 'STORE_FULL', 'the disk is full'],
  ['EDQUOT', 'STORE_FULL', 'the disk quota is used up'],
  ['EACCES', 'STORE_NOT_WRITABLE', 'cannot be written'],
  ['EPERM', 'STORE_NOT_WRITABLE', 'cannot be written'],
  ['EROFS', 'STORE_NOT_WRITABLE', 'cannot be written'],
  ['ENOTDIR', 'STORE_NOT_WRITABLE', 'its folder cannot be made'],
  ['EEXIST', 'STORE_NOT_WRITABLE', 'its folder cannot be made'],
  ['ENOENT', 'STORE_NOT_WRITABLE', 'its folder cannot be made'],
  ['ECONN', ...UNREACHABLE],
  ['EPIPE', ...UNREACHABLE],
  ['ETIMEDOUT', ...UNREACHABLE],
  ['EHOST', ...UNREACHABLE],
  ['ENET', ...UNREACHABLE],
  // SQLSTATE, PostgreSQL appendix A.
  ['08', 'STORE_UNREACHABLE', 'the connection failed'],
  ['22', 'STORE_BAD_RECORD', 'a record breaks the schema'],
  ['23', 'STORE_BAD_RECORD', 'a record breaks the schema'],
  ['25006', 'STORE_NOT_WRITABLE', 'the server is read-only'],
  ['25P03', 'STORE_UNREACHABLE', 'the connection was cut'],
  ['28', 'STORE_UNREACHABLE', 'the server denies access'],
  ['3D000', 'STORE_UNREACHABLE', 'there is no such database'],
  ['40', 'STORE_BUSY', 'another transaction is in the way'],
  ['42501', 'STORE_NOT_WRITABLE', 'the server denies access'],
  ['53100', 'STORE_FULL', "the server's disk is full"],
  ['53300', 'STORE_UNREACHABLE', 'the server has no connection left'],
  ['53', 'STORE_IO', 'the server is out of resources'],
  ['54', 'STORE_BAD_RECORD', 'a record is too big'],
  ['55', 'STORE_BUSY', 'locked by another process'],
  ['57014', 'STORE_BUSY', 'the server took too long'],
  ['57P', 'STORE_UNREACHABLE', 'the server is starting or stopping'],
  ['58', 'STORE_IO', "the server's disk failed"],
  ['XX001', 'STORE_CORRUPT', 'the database is damaged'],
  ['XX002', 'STORE_CORRUPT', 'the database is damaged'],
];

/** What `pg` and TLS say, without any of those codes, of connections that break, time out or cannot be secured. */
const CONNECTION_TROUBLE =
  /^(connection terminated|timeout exceeded|timeout expired|query read timeout)|not queryable|SSL connections|certificate/i;

/** Names what a failure of a driver, of TypeORM, of the file system or of the network means for the store there. */
export function storeErrorFrom(cause: unknown, place: string): StoreError {
  if (cause instanceof StoreError) return cause;
  const driverError = driverErrorOf(cause);
  const { name, message } = driverError;
  const meaning = meaningOf(driverError);
  if (meaning !== undefined) {
    return new StoreError(meaning[0], `store ${place}: ${meaning[1]} (${message})`, { cause });
  }
  // better-sqlite3 refuses to bind what SQLite has no type for, before SQLite sees it.
  const bad = name === 'TypeError' || name === 'RangeError';
  return new StoreError(bad ? 'STORE_BAD_RECORD' : 'STORE_FAILED', `store ${place}: ${message}`, { cause });
}

interface DriverError {
  readonly name: string;
  readonly message: string;
  /** SQLite's result code, the system's error code or PostgreSQL's SQLSTATE. */
  readonly code?: string | undefined;
  /** The system call that failed. */
  readonly syscall?: unknown;
}

function meaningOf({ code, syscall, message }: DriverError): Meaning | undefined {
  if (syscall === 'connect' || syscall === 'getaddrinfo') return UNREACHABLE;
  const found = MEANINGS.find(([prefix]) => code?.startsWith(prefix));
  if (found !== undefined) return [found[1], found[2]];
  return CONNECTION_TROUBLE.test(message) ? UNREACHABLE : undefined;
}

/**
 * The driver's error, which TypeORM wraps in a `QueryFailedError` and Node, when a host has several addresses, in an
 * `AggregateError`. Goes by shape: the error of a native module may come from another realm than this one's `Error`.
 */
function driverErrorOf(error: unknown): DriverError {
  const { driverError, errors, name, message, code, syscall } = shapeOf(error);
  if (driverError !== undefined) return driverErrorOf(driverError);
  if (Array.isArray(errors) && errors.length > 0) return driverErrorOf(errors[0]);
  return {
    name: String(name),
    message: typeof message === 'string' ? message : String(error),
    code: typeof code === 'string' ? code : undefined,
    syscall,
  };
}

type ErrorShape = Partial<
  Record<'name' | 'message' | 'code' | 'syscall' | 'driverError' | 'errors', unknown>
>;

function shapeOf(error: unknown): ErrorShape {
  if (typeof error !== 'object' || error === null) return {};
  const { name, message, code, syscall, driverError, errors } = error as Record<string, unknown>;
  return { name, message, code, syscall, driverError, errors };
}
