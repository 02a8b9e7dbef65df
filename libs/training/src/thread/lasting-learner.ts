import { type AgentConfig, type TransitionsOf } from '@ricochet/rl';
import { type Adaptation } from '../learner/du-adapters.js';
import { type Contribution } from '../learner/level-learner.js';
import { type Learner } from '../rounds/learning-door.js';
import { ThreadError } from './thread.error.js';
import { type LearnerThread } from './learner-thread.js';

export interface LastingLearnerOptions {
  /** As log lines name it. */
  readonly name: string;
  readonly warn: (line: string) => void;
}

/**
 * A learner's thread, and another one when that has ended: it has the model, and no transitions yet. Calls wait for
 * the thread to have started; the call that it ended under fails, and if none can start, each call says so.
 */
export class LastingLearner<C extends AgentConfig> implements Learner<TransitionsOf<C>> {
  private thread: Promise<LearnerThread<C>>;
  private engineName = '';
  private model: { readonly version: number; readonly parameters: Float32Array } | undefined;

  constructor(
    private readonly start: () => Promise<LearnerThread<C>>,
    private readonly options: LastingLearnerOptions,
  ) {
    this.thread = this.begin();
  }

  get engine(): string {
    return this.engineName;
  }

  async adopt(version: number, parameters: Float32Array): Promise<void> {
    await this.call((thread) => thread.adopt(version, parameters));
    this.model = { version, parameters };
  }

  record(nodeId: string, batch: TransitionsOf<C>): Promise<boolean> {
    return this.call((thread) => thread.record(nodeId, batch));
  }

  contribute(nodeId: string, round: number): Promise<Contribution> {
    return this.call((thread) => thread.contribute(nodeId, round));
  }

  adapt(nodeId: string, round: number): Promise<Adaptation> {
    return this.call((thread) => thread.adapt(nodeId, round));
  }

  forget(nodeId: string): Promise<void> {
    return this.call((thread) => thread.forget(nodeId));
  }

  private async call<T>(work: (thread: LearnerThread<C>) => Promise<T>): Promise<T> {
    const { thread } = this;
    try {
      return await work(await thread);
    } catch (error) {
      const isGone = error instanceof ThreadError && error.code === 'THREAD_GONE';
      // Of all calls that it ended under, the first starts another one.
      if (isGone && this.thread === thread) {
        this.options.warn(`${this.options.name}: ${error.message}; starting it again`);
        this.thread = this.begin();
      }
      throw error;
    }
  }

  private begin(): Promise<LearnerThread<C>> {
    const thread = this.start().then(async (started) => {
      this.engineName = started.engine;
      if (this.model !== undefined) await started.adopt(this.model.version, this.model.parameters);
      return started;
    });
    thread.catch(() => undefined);
    return thread;
  }
}
