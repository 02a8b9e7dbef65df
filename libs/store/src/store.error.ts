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
  /** The PostgreSQL server cannot be reached, lets nobody in or has cut the connection. */
  | 'STORE_UNREACHABLE'
  /** Neither a path nor the URL and the schema of a PostgreSQL database. */
  | 'STORE_BAD_LOCATION'
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
  'STORE_UNREACHABLE',
]);
