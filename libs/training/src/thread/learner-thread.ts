import { type AgentConfig, type EngineKind, type TransitionsOf } from '@ricochet/rl';
import { type Adaptation } from '../learner/du-adapters.js';
import { type Contribution, type LearnerOptions, type LevelLearner } from '../learner/level-learner.js';
import { Remote } from './remote.js';
import { buffersOf } from './transferables.js';

/** The compiled worker, also when this file runs from source: a worker thread loads no TypeScript. */
const WORKER = new URL('../../dist/thread/learner.worker.js', import.meta.url);

/** What the worker is started with. */
export interface LearnerStart {
  readonly options: LearnerOptions;
  readonly engine: EngineKind;
  /** Whether it steps back behind those that control; in lockstep simulation time waits for it. */
  readonly givesWay: boolean;
  /**
   * Sizes of the engine's arena and of the tape in it, MiB: pages cost nothing until they are used. By default enough
   * for 120 DUs that adapt the core paper's networks, each of which takes six vectors of them.
   */
  readonly mebibytes: { readonly engine: number; readonly tape: number };
}

/**
 * A `LevelLearner` in a thread of its own: no call blocks the caller, and calls are carried out in their order. The
 * thread keeps the process alive only while a call is under way.
 */
export class LearnerThread<C extends AgentConfig> {
  private constructor(
    private readonly remote: Remote<LevelLearner<TransitionsOf<C>>>,
    /** Name of what computes. */
    readonly engine: string,
  ) {}

  /**
   * Starts the thread and waits until the learner is there.
   * @throws {LearningError} options that make no learner, an engine that is not there
   */
  static async start<C extends AgentConfig>(
    options: LearnerOptions<C>,
    {
      engine = 'simd128',
      givesWay = true,
      mebibytes = { engine: 3584, tape: 1024 },
    }: Partial<Omit<LearnerStart, 'options'>> = {},
  ): Promise<LearnerThread<C>> {
    const remote = new Remote<LevelLearner<TransitionsOf<C>>>(WORKER, {
      name: `learner ${options.agent.kind}`,
      data: { options, engine, givesWay, mebibytes } satisfies LearnerStart,
    });
    try {
      return new LearnerThread<C>(remote, (await remote.started) ?? '');
    } catch (error) {
      await remote.stop();
      throw error;
    }
  }

  /** Learns on this model from now on; copies it. @throws {LearningError} */
  adopt(modelVersion: number, parameters: Float32Array): Promise<void> {
    return this.remote.call('adopt', modelVersion, parameters);
  }

  /**
   * Takes transitions of a DU in: their arrays move, and are empty here afterwards.
   * @returns whether the DU has enough of them to contribute
   * @throws {LearningError} transitions that do not fit the agent
   */
  record(nodeId: string, batch: TransitionsOf<C>): Promise<boolean> {
    return this.remote.callMoving(buffersOf(batch), 'record', nodeId, batch);
  }

  /**
   * The DU's part of a round.
   * @throws {LearningError} before a model was adopted, and while the DU has too few transitions
   */
  contribute(nodeId: string, round: number): Promise<Contribution> {
    return this.remote.call('contribute', nodeId, round);
  }

  /**
   * Fits the model to the DU, and says what to act by.
   * @throws {LearningError} as {@link contribute}, and where that comes to nothing: the DU acts by the model then
   */
  adapt(nodeId: string, round: number): Promise<Adaptation> {
    return this.remote.call('adapt', nodeId, round);
  }

  /** The DU is gone, and its transitions with it. */
  forget(nodeId: string): Promise<void> {
    return this.remote.call('forget', nodeId);
  }

  /** Ends the thread at once; calls under way are rejected. */
  stop(): Promise<void> {
    return this.remote.stop();
  }
}
