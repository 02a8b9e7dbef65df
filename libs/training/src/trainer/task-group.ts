import {
  type DuPolicy,
  type EnvironmentStep,
  nodeIdOf,
  play,
  type SlicingEnvironment,
  SPLIT_PERIOD_MS,
  seedOfNode,
} from '@ricochet/control';
import {
  createAgent,
  type ElementTransitions,
  type Engine,
  LearningError,
  ElementPacker,
  VectorPacker,
  type Tape,
  type VectorTransitions,
} from '@ricochet/rl';
import { type TaskFamily, type TaskSplit } from '@ricochet/scenario';
import { createDuAgents } from '../agents/du-agents.js';
import {
  type Contribution,
  learnerSettings,
  type LearnerSnapshot,
  LevelLearner,
} from '../learner/level-learner.js';
import { LEVEL_AGENTS, type LevelPreset } from '../level-agent.js';
import { TransitionRecorder } from '../recorder/transition-recorder.js';
import { LearnedPolicy } from './learned-policy.js';
import { taskEnvironment } from './task-environment.js';

/** The DUs of one radio network, as tasks to learn on. */
export interface TaskGroupOptions {
  readonly family: TaskFamily;
  readonly split: TaskSplit;
  /** Which of the split's networks. */
  readonly network: number;
  /** Of everything random, with the split and the network. */
  readonly seed: number;
  readonly preset: LevelPreset;
  readonly learner: TrainingLearner;
  /** Transitions of a support batch, and of a query batch. */
  readonly batch: Readonly<Record<Level, number>>;
  /** So many of its DUs learn, the first ones; all of them act. Absent: all. */
  readonly learningDus?: number;
}

/** What a training may set of how DUs learn. */
export type TrainingLearner = Parameters<typeof learnerSettings>[0]['settings'];

/** One parameter vector a level, [actor | critic]. */
export interface LevelModels {
  readonly high: Float32Array;
  readonly low: Float32Array;
}

export type Level = keyof LevelModels;
export const LEVELS: readonly Level[] = ['high', 'low'];

/** What a stretch of acting brought. */
export interface Collected {
  /** [DUs] mean reward. */
  readonly rewards: readonly number[];
  /** Low-level decisions, all DUs. */
  readonly decisions: number;
  readonly times: ActingTimes;
}

/** Where the time of acting went, ms; 0 without a clock. */
export interface ActingTimes {
  readonly environment: number;
  /** Observing, the networks, the shields and the recording. */
  readonly inference: number;
}

export interface TaskGroupContext {
  readonly engine: Engine;
  readonly tape: Tape;
  /** A clock, ms. */
  readonly now?: () => number;
}

/** What the learners of a network hold. */
export interface TaskGroupSnapshot {
  readonly high: LearnerSnapshot<VectorTransitions>;
  readonly low: LearnerSnapshot<ElementTransitions>;
}

/**
 * Acts and learns on the DUs of one network: the environment, and for each level the agents, the transitions and the
 * learner that the xApps have, too. Everything random follows from the seed, the episode and the update.
 */
export class TaskGroup {
  readonly name: string;
  private readonly environment: SlicingEnvironment;
  private readonly levels;
  private readonly learning: ReadonlySet<string>;
  private readonly now: () => number;
  private policies: DuPolicy[] = [];
  private step: EnvironmentStep | undefined;
  private inferenceMs = 0;

  /** @throws RadioConfigError for a network that can not be */
  constructor(
    { engine, tape, now = () => 0 }: TaskGroupContext,
    private readonly options: TaskGroupOptions,
  ) {
    const { family, split, network, seed, preset, learner, batch } = options;
    this.name = `${split} ${network}`;
    this.environment = taskEnvironment({ family, split, network, seed });
    this.now = now;
    const learnerOf = <C extends ReturnType<(typeof LEVEL_AGENTS)[Level]>>(agent: C, batchSize: number) =>
      learnerSettings({ agent, seed, settings: { ...learner, batchSize } });
    const [high, low] = [LEVEL_AGENTS.high(preset), LEVEL_AGENTS.low(preset)];
    const agents = { high: createAgent(engine, high), low: createAgent(engine, low) };
    this.levels = {
      high: {
        agent: agents.high,
        recorder: new TransitionRecorder(VectorPacker),
        learner: new LevelLearner<VectorTransitions>(
          { agent: agents.high, tape },
          learnerOf(high, batch.high),
        ),
      },
      low: {
        agent: agents.low,
        recorder: new TransitionRecorder(ElementPacker),
        learner: new LevelLearner<ElementTransitions>({ agent: agents.low, tape }, learnerOf(low, batch.low)),
      },
    };
    const count = Math.min(options.learningDus ?? Infinity, this.environment.duCount);
    this.learning = new Set(Array.from({ length: count }, (_, du) => nodeIdOf(du)));
  }

  get duCount(): number {
    return this.environment.duCount;
  }

  /** Begins an episode: other traffic, mobility and fading on the same DUs, and agents that remember nothing. */
  begin(episode: number, explorationScale: number): void {
    const { seed, preset } = this.options;
    const episodeSeed = seedOfNode(seed, `${this.name} episode ${episode}`);
    const { high, low } = this.levels;
    const agents = createDuAgents(
      { high: high.agent, low: low.agent },
      {
        ...{ preset, explorationScale, seed: episodeSeed },
        recorders: { high: high.recorder, low: low.recorder },
      },
    );
    for (const level of LEVELS) {
      for (let du = 0; du < this.duCount; du++) this.levels[level].recorder.interrupt(nodeIdOf(du));
    }
    this.policies = Array.from({ length: this.duCount }, (_, du) =>
      this.watched(new LearnedPolicy(agents), nodeIdOf(du)),
    );
    this.step = this.environment.reset(episodeSeed);
  }

  /**
   * Acts by these models for so many split periods, and keeps what happened for learning.
   * @throws LearningError what happened is not to be learned from
   */
  collect(models: LevelModels, periods: number): Collected {
    const started = this.now();
    this.inferenceMs = 0;
    for (const level of LEVELS) this.levels[level].agent.adopt(models[level]);
    const sums = this.policies.map(() => 0);
    let decisions = 0;
    const from = this.step;
    if (from === undefined) throw new Error('no episode has begun');
    this.step = play(this.environment, from, {
      policies: this.policies,
      quotaMode: this.options.family.quotaMode,
      untilMs: (Math.floor(from.timeMs / SPLIT_PERIOD_MS) + periods) * SPLIT_PERIOD_MS,
      onStep: ({ split }) => {
        decisions += this.duCount;
        split?.rewards.forEach((reward, du) => (sums[du]! += reward));
      },
    });
    const played = this.now();
    this.handOver();
    const environment = played - started - this.inferenceMs;
    const inference = this.now() - started - environment;
    return { rewards: sums.map((sum) => sum / periods), decisions, times: { environment, inference } };
  }

  /** Every learning DU's part of an update of a level; none of those that have too few transitions yet. */
  contribute(level: Level, update: number, parameters: Float32Array): Contribution[] {
    const { learner } = this.levels[level];
    learner.adopt(update, parameters);
    return [...this.learning].flatMap((nodeId) =>
      learner.isAble(nodeId)
        ? [{ ...learner.contribute(nodeId, update), nodeId: `${this.name} ${nodeId}` }]
        : [],
    );
  }

  /** What the learners hold; complete between episodes. */
  snapshot(): TaskGroupSnapshot {
    const { high, low } = this.levels;
    return { high: high.learner.snapshot(), low: low.learner.snapshot() };
  }

  restore({ high, low }: TaskGroupSnapshot): void {
    this.levels.high.learner.restore(high);
    this.levels.low.learner.restore(low);
  }

  private handOver(): void {
    const { high, low } = this.levels;
    for (let du = 0; du < this.duCount; du++) {
      const nodeId = nodeIdOf(du);
      const [vectors, elements] = [high.recorder.take(nodeId), low.recorder.take(nodeId)];
      if (!this.learning.has(nodeId)) continue;
      this.naming(nodeId, 'high', () => high.learner.record(nodeId, vectors));
      this.naming(nodeId, 'low', () => low.learner.record(nodeId, elements));
    }
  }

  /** The policy with its time taken, and its errors with the DU's name. */
  private watched(policy: DuPolicy, nodeId: string): DuPolicy {
    const watch = <T>(level: Level, work: () => T): T => {
      const started = this.now();
      const result = this.naming(nodeId, level, work);
      this.inferenceMs += this.now() - started;
      return result;
    };
    return {
      split: (report, told) => watch('high', () => policy.split(report, told)),
      weigh: (report) => watch('low', () => policy.weigh(report)),
    };
  }

  private naming<T>(nodeId: string, level: Level, work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof LearningError)) throw error;
      throw new LearningError(error.code, `${this.name} ${nodeId}, ${level} level: ${error.message}`);
    }
  }
}
