import { type MessagePort, Worker } from 'node:worker_threads';
import { type CarriedError, carriedError, carryError } from './learner-messages.js';
import { LearnerThreadError } from './learner-thread.error.js';

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

/** Lets the other side of a port call the methods of an object, one after the other. */
export function serve(port: MessagePort, target: object): void {
  let queue = Promise.resolve();
  port.on('message', ({ id, method, args }: Call) => {
    queue = queue.then(async () => {
      let answer: Answer;
      try {
        const work = (target as Record<string, (...args: unknown[]) => unknown>)[method]!;
        answer = { id, result: await work.apply(target, args) };
      } catch (error) {
        answer = { id, error: carryError(error) };
      }
      port.postMessage(answer);
    });
  });
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** An object of type `T` in a worker thread that {@link serve}s it. The thread keeps the process alive until `stop`. */
export class Remote<T> {
  private readonly worker: Worker;
  private readonly pending = new Map<number, Pending>();
  private lastId = 0;
  private gone: Error | undefined;

  /** @param url a compiled module: threads load no TypeScript */
  constructor(url: URL, { name, data }: { readonly name: string; readonly data: unknown }) {
    this.worker = new Worker(url, { workerData: data, name, execArgv: [] });
    this.worker.on('message', (answer: Answer) => {
      const pending = this.pending.get(answer.id);
      this.pending.delete(answer.id);
      if ('error' in answer) pending?.reject(carriedError(answer.error));
      else pending?.resolve(answer.result);
    });
    const end = (reason: string) => {
      this.gone ??= new LearnerThreadError('LEARNER_GONE', `${name}: ${reason}`);
      for (const { reject } of this.pending.values()) reject(this.gone);
      this.pending.clear();
    };
    this.worker.on('error', ({ message }: Error) => end(message));
    this.worker.on('exit', () => end('its thread has ended'));
  }

  call<M extends Methods<T>>(method: M, ...args: Arguments<T, M>): Promise<Outcome<T, M>> {
    if (this.gone !== undefined) return Promise.reject(this.gone);
    const id = ++this.lastId;
    const answered = new Promise<unknown>((resolve, reject) => this.pending.set(id, { resolve, reject }));
    this.worker.postMessage({ id, method, args } satisfies Call);
    return answered as Promise<Outcome<T, M>>;
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }
}
