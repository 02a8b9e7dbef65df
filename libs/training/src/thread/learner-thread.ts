import { Worker } from 'node:worker_threads';
import { type AgentConfig, type TransitionsOf } from '@ricochet/rl';
import { type Adaptation } from '../learner/du-adapters.js';
import { type Contribution, type LearnerOptions } from '../learner/level-learner.js';
import {
  STARTED,
  carriedError,
  type Argument,
  type LearnerOperation,
  type LearnerResponse,
  type LearnerStart,
  type Result,
} from './learner-messages.js';
import { LearnerThreadError } from './learner-thread.error.js';
import { buffersOf } from './transferables.js';
import { workerUrl } from './worker-url.js';

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A `LevelLearner` in a thread of its own, at a lower priority: no call blocks the caller, and calls are carried out
 * in their order. The thread keeps the process alive only while a call is under way.
 */
export class LearnerThread<C extends AgentConfig> {
  private readonly worker: Worker;
  private readonly pending = new Map<number, Pending>();
  private lastId = STARTED;
  private gone: LearnerThreadError | undefined;
  private engineName = '';

  private constructor(private readonly start: LearnerStart) {
    // Compiled code: it needs none of the flags (loaders, --eval) that the process may run with.
    this.worker = new Worker(workerUrl, { workerData: start, name: this.name, execArgv: [] });
    this.worker.on('message', (response: LearnerResponse) => this.settle(response));
    this.worker.on('error', (cause: Error) => this.end(cause.message, { cause }));
    this.worker.on('exit', () => this.end('its thread has ended'));
  }

  /**
   * Starts the thread and waits until the learner is there.
   * @param means what computes, and sizes of its arena and of the tape in it, MiB: pages cost nothing until they are used
   * @throws {LearningError} options that make no learner, an engine that is not there
   */
  static async start<C extends AgentConfig>(
    options: LearnerOptions<C>,
    {
      engine = 'simd128',
      mebibytes = { engine: 384, tape: 256 },
    }: Partial<Omit<LearnerStart, 'options'>> = {},
  ): Promise<LearnerThread<C>> {
    const thread = new LearnerThread<C>({ options, engine, mebibytes });
    try {
      thread.engineName = (await thread.response(STARTED)) as string;
      return thread;
    } catch (error) {
      await thread.stop();
      throw error;
    }
  }

  /** Name of what computes. */
  get engine(): string {
    return this.engineName;
  }

  /** Learns on this model from now on; copies it. @throws {LearningError} */
  adopt(modelVersion: number, parameters: Float32Array): Promise<void> {
    return this.call('adopt', { modelVersion, parameters });
  }

  /**
   * Takes transitions of a DU in: their arrays move, and are empty here afterwards.
   * @returns whether the DU has enough of them to contribute
   * @throws {LearningError} transitions that do not fit the agent
   */
  record(nodeId: string, batch: TransitionsOf<C>): Promise<boolean> {
    return this.call('record', { nodeId, batch }, buffersOf(batch));
  }

  /**
   * The DU's part of a round.
   * @throws {LearningError} before a model was adopted, and while the DU has too few transitions
   */
  contribute(nodeId: string, round: number): Promise<Contribution> {
    return this.call('contribute', { nodeId, round });
  }

  /**
   * Fits the model to the DU, and says what to act by.
   * @throws {LearningError} as {@link contribute}, and where that comes to nothing: the DU acts by the model then
   */
  adapt(nodeId: string, round: number): Promise<Adaptation> {
    return this.call('adapt', { nodeId, round });
  }

  /** The DU is gone, and its transitions with it. */
  forget(nodeId: string): Promise<void> {
    return this.call('forget', { nodeId });
  }

  /** Ends the thread at once; calls under way are rejected. */
  async stop(): Promise<void> {
    this.end('it was stopped');
    await this.worker.terminate();
  }

  private get name(): string {
    return `learner ${this.start.options.agent.kind}`;
  }

  private call<O extends LearnerOperation>(
    operation: O,
    argument: Argument<O>,
    buffers: readonly ArrayBuffer[] = [],
  ): Promise<Result<O>> {
    if (this.gone !== undefined) return Promise.reject(this.gone);
    const id = ++this.lastId;
    this.worker.postMessage({ id, operation, argument }, buffers);
    return this.response(id) as Promise<Result<O>>;
  }

  private response(id: number): Promise<unknown> {
    this.worker.ref();
    return new Promise((resolve, reject) => this.pending.set(id, { resolve, reject }));
  }

  private settle(response: LearnerResponse): void {
    const pending = this.pending.get(response.id);
    this.pending.delete(response.id);
    if (this.pending.size === 0) this.worker.unref();
    if ('error' in response) pending?.reject(carriedError(response.error));
    else pending?.resolve(response.result);
  }

  private end(reason: string, options?: ErrorOptions): void {
    this.gone ??= new LearnerThreadError('LEARNER_GONE', `${this.name}: ${reason}`, options);
    for (const { reject } of this.pending.values()) reject(this.gone);
    this.pending.clear();
  }
}
