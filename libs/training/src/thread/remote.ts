import { type MessagePort, Worker } from 'node:worker_threads';
import { type CarriedError, carriedError, carryError } from './carried-error.js';
import { ThreadError } from './thread.error.js';
import { buffersOf, isObject } from './transferables.js';

type Methods<T> = { [K in keyof T]: T[K] extends (...args: never[]) => unknown ? K : never }[keyof T] &
  string;
type Arguments<T, M extends Methods<T>> = T[M] extends (...args: infer A) => unknown ? A : never;
type Outcome<T, M extends Methods<T>> = T[M] extends (...args: never[]) => infer R ? Awaited<R> : never;

interface Call {
  readonly id: number;
  readonly method: string;
  readonly args: unknown[];
}

type Answer = { readonly id: number } & ({ readonly result: unknown } | { readonly error: CarriedError });

/** The answer with this id tells how starting went. */
const STARTED = 0;

/** What a thread serves, and what it tells of itself when it has started. */
export interface Served {
  readonly target: object;
  readonly told?: string;
}

/**
 * Lets the other side of a port call the methods of an object, one after the other. The arrays of what a method
 * returns move: they are to be its own.
 */
export function serve(port: MessagePort, start: () => Served): void {
  const answer = async (id: number, work: () => unknown): Promise<void> => {
    try {
      const result = await work();
      const moved = isObject(result) ? buffersOf(result) : [];
      port.postMessage({ id, result } satisfies Answer, moved);
    } catch (error) {
      port.postMessage({ id, error: carryError(error) } satisfies Answer);
    }
  };
  let target: object | undefined;
  let queue = answer(STARTED, () => {
    const served = start();
    target = served.target;
    return served.told;
  });
  port.on('message', ({ id, method, args }: Call) => {
    queue = queue.then(() =>
      answer(id, () => (target as Record<string, (...args: unknown[]) => unknown>)[method]!(...args)),
    );
  });
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * An object of type `T` in a worker thread that {@link serve}s it: calls are carried out in their order. The thread
 * keeps the process alive only while a call is under way.
 */
export class Remote<T> {
  /** What the thread tells of itself when it has started. @throws what it could not start for */
  readonly started: Promise<string | undefined>;
  private readonly worker: Worker;
  private readonly pending = new Map<number, Pending>();
  private lastId = STARTED;
  private gone: Error | undefined;

  /** @param url a compiled module: threads load no TypeScript */
  constructor(
    url: URL,
    private readonly options: { readonly name: string; readonly data: unknown },
  ) {
    const { name, data } = options;
    // Compiled code: it needs none of the flags (loaders, --eval) that the process may run with.
    this.worker = new Worker(url, { workerData: data, name, execArgv: [] });
    this.worker.on('message', (answer: Answer) => this.settle(answer));
    this.worker.on('error', (cause: Error) => this.end(cause.message, { cause }));
    this.worker.on('exit', () => this.end('its thread has ended'));
    this.started = this.answerTo(STARTED) as Promise<string | undefined>;
    // Who does not wait for the start is told by the first call.
    this.started.catch(() => undefined);
  }

  call<M extends Methods<T>>(method: M, ...args: Arguments<T, M>): Promise<Outcome<T, M>> {
    return this.callMoving([], method, ...args);
  }

  /** {@link call}, with buffers that move: they are empty here afterwards. */
  callMoving<M extends Methods<T>>(
    buffers: readonly ArrayBuffer[],
    method: M,
    ...args: Arguments<T, M>
  ): Promise<Outcome<T, M>> {
    if (this.gone !== undefined) return Promise.reject(this.gone);
    const id = ++this.lastId;
    this.worker.postMessage({ id, method, args } satisfies Call, buffers);
    return this.answerTo(id) as Promise<Outcome<T, M>>;
  }

  /** Ends the thread at once; calls under way are rejected. */
  async stop(): Promise<void> {
    this.end('it was stopped');
    await this.worker.terminate();
  }

  private answerTo(id: number): Promise<unknown> {
    this.worker.ref();
    return new Promise((resolve, reject) => this.pending.set(id, { resolve, reject }));
  }

  private settle(answer: Answer): void {
    const pending = this.pending.get(answer.id);
    this.pending.delete(answer.id);
    if (!('error' in answer)) pending?.resolve(answer.result);
    else {
      const error = carriedError(answer.error, this.options.name);
      pending?.reject(error);
      // It serves nothing: calls that are under way already come to the same.
      if (answer.id === STARTED) this.giveUp(error);
    }
    if (this.pending.size === 0) this.worker.unref();
  }

  private end(reason: string, options?: ErrorOptions): void {
    this.giveUp(new ThreadError('THREAD_GONE', `${this.options.name}: ${reason}`, options));
  }

  /** This is the answer to all calls, those to come included. */
  private giveUp(error: Error): void {
    this.gone ??= error;
    for (const { reject } of this.pending.values()) reject(this.gone);
    this.pending.clear();
  }
}
