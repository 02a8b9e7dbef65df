import { BoundedQueue } from './bounded-queue.js';
import { batchesOf, type SeriesRow } from './series.js';
import type { Argument, RecordOperation, Result, StoreBackend } from './store-operations.js';
import { StoreError } from './store.error.js';

export interface WriteQueueOptions {
  /** Told once an episode of failing writes, and of rejected records: one line that says what and where. */
  readonly onTrouble: (message: string) => void;
  /** Told when an episode is over and the backlog is on disk. */
  readonly onRecovery?: ((message: string) => void) | undefined;
  /** Rows sent to the disk at once at most; so many waiting rows are sent without further delay. Default 500. */
  readonly batchRows?: number | undefined;
  /** How long a row waits for company at most, ms. Default 250. */
  readonly batchMs?: number | undefined;
  /** Rows that wait in memory at most; more push the oldest out. Default 50,000. */
  readonly bufferRows?: number | undefined;
  /** How long to wait before a failed write is tried again, ms. Default 1000. */
  readonly retryMs?: number | undefined;
}

export interface WriteStats {
  /** Series rows on disk. */
  readonly rowsWritten: number;
  /** Series rows lost: pushed out of a full buffer, in breach of the schema, or unwritten at the end. */
  readonly rowsDropped: number;
  /** Series rows and records that wait or are under way. */
  readonly queueDepth: number;
  /** What keeps writes from the disk right now. */
  readonly trouble?: string | undefined;
}

interface RecordWrite {
  readonly send: () => Promise<void>;
  readonly reject: (error: StoreError) => void;
}

interface FlushWaiter {
  /** Resolves when so many rows ... */
  readonly rows: number;
  /** ... and so many records have left the queue. */
  readonly records: number;
  readonly resolve: () => void;
  readonly reject: (error: StoreError) => void;
}

/**
 * The one writer. Records (nodes, subscriptions, runs) go first, one by one, and are never dropped; series rows
 * go in batches from a bounded buffer. What fails for a passing reason is put back and tried again.
 */
export class WriteQueue {
  private readonly batchRows: number;
  private readonly batchMs: number;
  private readonly retryMs: number;
  private readonly rows: BoundedQueue<SeriesRow>;
  private readonly records: RecordWrite[] = [];
  private waiters: FlushWaiter[] = [];

  private rowsAccepted = 0;
  private rowsWritten = 0;
  /** Of the accepted rows those that will not be written any more. */
  private rowsDropped = 0;
  /** Rows that never got as far as the queue. */
  private rowsRefused = 0;
  private recordsAccepted = 0;
  private recordsDone = 0;

  private busy = false;
  private batchDue = false;
  private batchTimer: NodeJS.Timeout | undefined;
  private retryTimer: NodeJS.Timeout | undefined;
  private trouble: StoreError | undefined;
  /** Of the dropped rows those that a recovery has told of. */
  private dropsTold = 0;
  private overflowing = false;
  private rejecting = false;
  private ended: StoreError | undefined;

  constructor(
    private readonly backend: StoreBackend,
    /** Where the store is, for messages. */
    private readonly place: string,
    private readonly options: WriteQueueOptions,
  ) {
    this.batchRows = options.batchRows ?? 500;
    this.batchMs = options.batchMs ?? 250;
    this.retryMs = options.retryMs ?? 1000;
    this.rows = new BoundedQueue(options.bufferRows ?? 50_000);
  }

  /** Takes a series row; never throws, never waits. */
  append(row: SeriesRow): void {
    this.rowsAccepted += 1;
    if (this.hasEnded()) {
      this.rowsDropped += 1;
      return;
    }
    const pushedOut = this.rows.push(row);
    if (pushedOut > 0) this.onOverflow(pushedOut);
    if (this.rows.length >= this.batchRows) void this.drain();
    else this.armBatchTimer();
  }

  /** Counts a row that cannot even be put into a row's form. */
  refuse(reason: string): void {
    this.rowsRefused += 1;
    this.reportRejected(`store ${this.place}: a row is not plain data (${reason})`);
  }

  /**
   * Writes a record: resolves when it is on disk, however long the disk is in trouble; rejects when it can never
   * be written. Whoever need not know may leave the promise alone: a rejection is reported as trouble as well.
   */
  write<O extends RecordOperation>(operation: O, argument: Argument<O>): Promise<Result<O>> {
    const written = new Promise<Result<O>>((resolve, reject) => {
      if (this.ended !== undefined) throw this.ended;
      // The caller may go on changing its object.
      const snapshot = this.snapshotOf(argument);
      this.recordsAccepted += 1;
      this.records.push({
        send: async () => resolve(await this.backend.call(operation, snapshot)),
        reject,
      });
      void this.drain();
    });
    written.catch(() => undefined);
    return written;
  }

  /** Resolves when all that was taken so far is on disk (or dropped). @throws {StoreError} a write fails now. */
  async flush(): Promise<void> {
    if (this.hasEnded()) return;
    const flushed = new Promise<void>((resolve, reject) => {
      const [rows, records] = [this.rowsAccepted, this.recordsAccepted];
      this.waiters.push({ rows, records, resolve, reject });
    });
    this.settleWaiters();
    this.stopRetryTimer();
    void this.drain();
    return flushed;
  }

  /** Flushes, then takes nothing more; says what could not be written. */
  async close(): Promise<void> {
    if (this.hasEnded()) return;
    try {
      await this.flush();
    } catch (cause) {
      if (this.hasEnded()) return;
      const [rows, records] = [this.rows.length, this.records.length];
      this.options.onTrouble(
        `store ${this.place}: closed with ${rows} rows and ${records} records unwritten: ${messageOf(cause)}`,
      );
    }
    this.end(new StoreError('STORE_CLOSED', `store ${this.place}: it is closed`));
  }

  get stats(): WriteStats {
    const settled = this.rowsWritten + this.rowsDropped + this.recordsDone;
    return {
      rowsWritten: this.rowsWritten,
      rowsDropped: this.rowsDropped + this.rowsRefused,
      queueDepth: this.rowsAccepted + this.recordsAccepted - settled,
      trouble: this.trouble?.message,
    };
  }

  private snapshotOf<T>(argument: T): T {
    try {
      return structuredClone(argument);
    } catch (cause) {
      const message = `store ${this.place}: a record is not plain data (${messageOf(cause)})`;
      this.options.onTrouble(message);
      throw new StoreError('STORE_BAD_RECORD', message, { cause });
    }
  }

  private armBatchTimer(): void {
    this.batchTimer ??= setTimeout(() => {
      this.batchTimer = undefined;
      this.batchDue = true;
      void this.drain();
    }, this.batchMs).unref();
  }

  /** Writes whatever is due, one thing after the other, until nothing is or a write fails. */
  private async drain(): Promise<void> {
    if (this.busy || this.retryTimer !== undefined) return;
    this.busy = true;
    try {
      while (this.records.length > 0 || this.batchIsDue()) {
        await (this.records.length > 0 ? this.sendRecord() : this.sendBatch());
        this.settleWaiters();
        this.endTroubleWhenCaughtUp();
      }
    } catch (error) {
      this.onFailure(error as StoreError);
    } finally {
      this.busy = false;
    }
  }

  private batchIsDue(): boolean {
    if (this.rows.length < this.rows.capacity / 2) this.overflowing = false;
    if (this.rows.length === 0) this.batchDue = false;
    const wanted = this.batchDue || this.waiters.length > 0 || this.trouble !== undefined;
    return this.rows.length >= this.batchRows || (wanted && this.rows.length > 0);
  }

  private async sendRecord(): Promise<void> {
    const record = this.records[0] as RecordWrite;
    try {
      await record.send();
    } catch (cause) {
      const error = cause as StoreError;
      if (!isRejection(error)) throw error;
      this.options.onTrouble(error.message);
      record.reject(error);
    }
    this.records.shift();
    this.recordsDone += 1;
  }

  private async sendBatch(): Promise<void> {
    const batch = this.rows.take(this.batchRows);
    if (batch.length < this.batchRows) this.batchDue = false;
    try {
      const { written, rejected, reason } = await this.backend.call('append', batchesOf(batch));
      this.rowsWritten += written;
      this.rowsDropped += rejected;
      if (reason === undefined) this.rejecting = false;
      else this.reportRejected(reason);
    } catch (error) {
      this.rowsDropped += this.rows.putBack(batch);
      throw error;
    }
  }

  /** Tells once of a database that works but falls behind; in trouble, that has been told already. */
  private onOverflow(rows: number): void {
    this.rowsDropped += rows;
    if (!this.overflowing && this.trouble === undefined) {
      const { capacity } = this.rows;
      this.options.onTrouble(
        `store ${this.place}: the database falls behind, ${capacity} rows wait, the oldest are dropped`,
      );
    }
    this.overflowing = true;
  }

  /** Once for as long as batch after batch contains rejected rows. */
  private reportRejected(reason: string): void {
    if (!this.rejecting) this.options.onTrouble(reason);
    this.rejecting = true;
  }

  private onFailure(error: StoreError): void {
    if (this.trouble === undefined) this.options.onTrouble(`${error.message}; ${this.whatNext(error)}`);
    this.trouble = error;
    for (const waiter of this.waiters) waiter.reject(error);
    this.waiters = [];
    if (error.code === 'STORE_WORKER_GONE') {
      this.end(error);
      return;
    }
    this.retryTimer = setTimeout(() => {
      this.retryTimer = undefined;
      void this.drain();
    }, this.retryMs).unref();
  }

  private whatNext({ code }: StoreError): string {
    return code === 'STORE_WORKER_GONE'
      ? 'nothing is stored any more'
      : `trying again every ${this.retryMs} ms, the newest ${this.rows.capacity} rows are kept meanwhile`;
  }

  private endTroubleWhenCaughtUp(): void {
    if (this.trouble === undefined || this.records.length > 0 || this.rows.length >= this.batchRows) return;
    this.trouble = undefined;
    const lost = this.rowsDropped - this.dropsTold;
    this.dropsTold = this.rowsDropped;
    this.options.onRecovery?.(`store ${this.place}: writes again, ${lost} rows were lost`);
  }

  private settleWaiters(): void {
    const settledRows = this.rowsWritten + this.rowsDropped;
    const done = ({ rows, records }: FlushWaiter) => settledRows >= rows && this.recordsDone >= records;
    for (const waiter of this.waiters.filter(done)) waiter.resolve();
    this.waiters = this.waiters.filter((waiter) => !done(waiter));
  }

  private stopRetryTimer(): void {
    clearTimeout(this.retryTimer);
    this.retryTimer = undefined;
  }

  private hasEnded(): boolean {
    return this.ended !== undefined;
  }

  /** Takes and sends nothing from now on. */
  private end(error: StoreError): void {
    this.ended = error;
    clearTimeout(this.batchTimer);
    this.stopRetryTimer();
    this.rowsDropped += this.rows.take(this.rows.length).length;
    for (const record of this.records.splice(0)) {
      record.reject(this.trouble ?? error);
      this.recordsDone += 1;
    }
  }
}

/** Whether the record is at fault, so that trying again is of no use. */
function isRejection(error: StoreError): boolean {
  return !error.passing && error.code !== 'STORE_WORKER_GONE';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
