import { Worker } from 'node:worker_threads';
import type { Argument, Operation, Result, StoreBackend } from './store-operations.js';
import { StoreError } from './store.error.js';
import {
  OPENED,
  carriedError,
  type WorkerRequest,
  type WorkerResponse,
  type WorkerStart,
} from './worker-messages.js';
import { workerUrl } from './worker-url.js';

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: StoreError) => void;
}

/**
 * The caller's end of the worker thread: requests with ids out, responses in. The thread keeps the process alive
 * only while a request is under way.
 */
export class WorkerBackend implements StoreBackend {
  private readonly worker: Worker;
  private readonly exited: Promise<void>;
  private readonly pending = new Map<number, Pending>();
  private lastId = OPENED;
  private gone: StoreError | undefined;

  private constructor(start: WorkerStart) {
    // Compiled code: it needs none of the flags (loaders, --eval) that the process may run with.
    this.worker = new Worker(workerUrl, { workerData: start, name: 'store', execArgv: [] });
    this.worker.on('message', (response: WorkerResponse) => this.settle(response));
    this.worker.on('error', (cause: Error) =>
      this.fail(new StoreError('STORE_WORKER_GONE', `store ${start.place}: ${cause.message}`, { cause })),
    );
    this.exited = new Promise((resolve) => {
      this.worker.on('exit', () => {
        this.fail(new StoreError('STORE_WORKER_GONE', `store ${start.place}: its thread has ended`));
        resolve();
      });
    });
  }

  /** Starts the thread and waits until the database is open. @throws {StoreError} */
  static async start(start: WorkerStart): Promise<WorkerBackend> {
    const backend = new WorkerBackend(start);
    try {
      await backend.response(OPENED);
      return backend;
    } catch (error) {
      await backend.worker.terminate();
      throw error;
    }
  }

  call<O extends Operation>(operation: O, argument: Argument<O>): Promise<Result<O>> {
    if (this.gone !== undefined) return Promise.reject(this.gone);
    const request: WorkerRequest = { id: ++this.lastId, operation, argument };
    this.worker.postMessage(request);
    return this.response(request.id) as Promise<Result<O>>;
  }

  /** Closes the database and waits for the thread's end. */
  async end(): Promise<void> {
    try {
      if (this.gone === undefined) await this.call('close', undefined);
    } finally {
      this.worker.ref();
      await this.exited;
    }
  }

  private response(id: number): Promise<unknown> {
    this.worker.ref();
    return new Promise((resolve, reject) => this.pending.set(id, { resolve, reject }));
  }

  private settle(response: WorkerResponse): void {
    const pending = this.pending.get(response.id);
    this.pending.delete(response.id);
    if (this.pending.size === 0) this.worker.unref();
    if ('error' in response) pending?.reject(carriedError(response.error));
    else pending?.resolve(response.result);
  }

  private fail(error: StoreError): void {
    this.gone ??= error;
    for (const { reject } of this.pending.values()) reject(this.gone);
    this.pending.clear();
  }
}
