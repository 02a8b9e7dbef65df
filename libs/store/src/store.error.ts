/** What went wrong, stable for programs. */
export type StoreErrorCode =
  /** The folder or the file cannot be created, opened or written. */
  | 'STORE_NOT_WRITABLE'
  /** The file is no SQLite database, or a damaged one. */
  | 'STORE_CORRUPT'
  /** The disk (or the database's size limit) is full. */
  | 'STORE_FULL'
  /** Another process holds the database's lock. */
  | 'STORE_BUSY'
  /** The disk failed to read or write, or SQLite ran out of memory. */
  | 'STORE_IO'
  /** A record breaks the schema: it can never be written. */
  | 'STORE_BAD_RECORD'
  | 'STORE_CLOSED'
  /** The worker thread ended by itself. */
  | 'STORE_WORKER_GONE'
  | 'STORE_FAILED';

/** The one error of this room: a line that says what and where, a stable code, the cause kept. */
export class StoreError extends Error {
  override readonly name = 'StoreError';

  constructor(
    readonly code: StoreErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** Whether the same write may succeed later: the surroundings failed, not the record. */
  get passing(): boolean {
    return PASSING.has(this.code);
  }
}

const PASSING: ReadonlySet<StoreErrorCode> = new Set([
  'STORE_NOT_WRITABLE',
  'STORE_CORRUPT',
  'STORE_FULL',
  'STORE_BUSY',
  'STORE_IO',
]);

/** SQLite result codes (by prefix: extended codes follow) and system error codes, and what they mean here. */
const MEANINGS: readonly (readonly [prefix: string, code: StoreErrorCode, what: string])[] = [
  ['SQLITE_FULL', 'STORE_FULL', 'the disk is full'],
  ['ENOSPC', 'STORE_FULL', 'the disk is full'],
  ['EDQUOT', 'STORE_FULL', 'the disk quota is used up'],
  ['SQLITE_NOTADB', 'STORE_CORRUPT', 'not an SQLite database'],
  ['SQLITE_CORRUPT', 'STORE_CORRUPT', 'the database is damaged'],
  ['SQLITE_READONLY', 'STORE_NOT_WRITABLE', 'cannot be written'],
  ['SQLITE_CANTOPEN', 'STORE_NOT_WRITABLE', 'cannot be opened'],
  ['SQLITE_PERM', 'STORE_NOT_WRITABLE', 'cannot be written'],
  ['EACCES', 'STORE_NOT_WRITABLE', 'cannot be written'],
  ['EPERM', 'STORE_NOT_WRITABLE', 'cannot be written'],
  ['EROFS', 'STORE_NOT_WRITABLE', 'cannot be written'],
  ['ENOTDIR', 'STORE_NOT_WRITABLE', 'its folder cannot be made'],
  ['EEXIST', 'STORE_NOT_WRITABLE', 'its folder cannot be made'],
  ['ENOENT', 'STORE_NOT_WRITABLE', 'its folder cannot be made'],
  ['SQLITE_BUSY', 'STORE_BUSY', 'locked by another process'],
  ['SQLITE_LOCKED', 'STORE_BUSY', 'locked by another process'],
  ['SQLITE_PROTOCOL', 'STORE_BUSY', 'locked by another process'],
  ['SQLITE_IOERR', 'STORE_IO', 'the disk failed'],
  ['SQLITE_NOMEM', 'STORE_IO', 'out of memory'],
  ['SQLITE_CONSTRAINT', 'STORE_BAD_RECORD', 'a record breaks the schema'],
  ['SQLITE_MISMATCH', 'STORE_BAD_RECORD', 'a record breaks the schema'],
  ['SQLITE_TOOBIG', 'STORE_BAD_RECORD', 'a record is too big'],
];

/** Names what a failure of the driver, of TypeORM or of the file system means for the store at `path`. */
export function storeErrorFrom(cause: unknown, path: string): StoreError {
  if (cause instanceof StoreError) return cause;
  const { name, message, code } = driverErrorOf(cause);
  const meaning = MEANINGS.find(([prefix]) => code?.startsWith(prefix));
  if (meaning !== undefined) {
    return new StoreError(meaning[1], `store ${path}: ${meaning[2]} (${message})`, { cause });
  }
  // better-sqlite3 refuses to bind what SQLite has no type for, before SQLite sees it.
  const bad = name === 'TypeError' || name === 'RangeError';
  return new StoreError(bad ? 'STORE_BAD_RECORD' : 'STORE_FAILED', `store ${path}: ${message}`, { cause });
}

interface DriverError {
  readonly name: string;
  readonly message: string;
  /** SQLite's result code or the system's error code. */
  readonly code?: string | undefined;
}

/**
 * The driver's error, which TypeORM wraps in a `QueryFailedError`. Goes by shape: the error of a native module
 * may come from another realm than this one's `Error`.
 */
function driverErrorOf(error: unknown): DriverError {
  const { driverError, ...own } = shapeOf(error);
  const { name, message, code } = driverError === undefined ? own : shapeOf(driverError);
  return {
    name: String(name),
    message: typeof message === 'string' ? message : String(error),
    code: typeof code === 'string' ? code : undefined,
  };
}

function shapeOf(error: unknown): Partial<Record<'name' | 'message' | 'code' | 'driverError', unknown>> {
  if (typeof error !== 'object' || error === null) return {};
  const { name, message, code, driverError } = error as Record<string, unknown>;
  return { name, message, code, driverError };
}
