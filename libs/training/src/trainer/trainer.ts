import {
  type AgentConfig,
  createAgent,
  type Engine,
  MetaOptimiser,
  type MetaOptimiserState,
  SeededRandom,
  TaskWeigher,
} from '@ricochet/rl';
import { type Contribution } from '../learner/level-learner.js';
import { LEVEL_AGENTS } from '../level-agent.js';
import {
  type ActingTimes,
  type Collected,
  type Level,
  type LevelModels,
  LEVELS,
  type TaskGroupSnapshot,
} from './task-group.js';
import { type TrainingConfig } from './training-config.js';

/** The DUs of one network, here or in a thread of their own. */
export interface TaskDoor {
  begin(episode: number, explorationScale: number): void | Promise<void>;
  collect(models: LevelModels, periods: number): Collected | Promise<Collected>;
  contribute(
    level: Level,
    update: number,
    parameters: Float32Array,
  ): Contribution[] | Promise<Contribution[]>;
  snapshot(): TaskGroupSnapshot | Promise<TaskGroupSnapshot>;
  restore(snapshot: TaskGroupSnapshot): void | Promise<void>;
}

/** What a round of training came to. */
export interface RoundReport {
  /** From 1. */
  readonly round: number;
  /** Mean reward over all DUs, with exploration. */
  readonly reward: number;
  /** Low-level decisions of the round. */
  readonly decisions: number;
  readonly levels: Readonly<Record<Level, LevelReport>>;
  readonly times: PhaseTimes;
}

export interface LevelReport {
  /** Mean over the DUs and updates. */
  readonly tdVariance: number;
  /** Of each DU in the last update of the round, in the order of the tasks. */
  readonly weights: readonly { readonly taskId: string; readonly weight: number }[];
}

/** Wall time, ms; that of acting is divided as the networks spent theirs. */
export interface PhaseTimes extends ActingTimes {
  readonly learning: number;
}

/** All that an exact continuation needs. */
export interface TrainerState {
  readonly groups: readonly TaskGroupSnapshot[];
  readonly round: number;
  readonly levels: Readonly<
    Record<
      Level,
      {
        readonly parameters: Float32Array;
        readonly updates: number;
        readonly optimiser: MetaOptimiserState;
        readonly variances: Readonly<Record<string, number>>;
      }
    >
  >;
}

interface LevelTraining {
  /** Updates of the critic for each one of the actor. */
  readonly policyDelay: number;
  parameters: Float32Array;
  updates: number;
  readonly optimiser: MetaOptimiser;
  readonly weigher: TaskWeigher;
}

export interface TrainerOptions {
  readonly engine: Engine;
  readonly config: TrainingConfig;
  readonly seed: number;
  readonly groups: readonly TaskDoor[];
  /** A clock, ms. */
  readonly now: () => number;
  /** To go on from; fresh networks when absent. */
  readonly models?: LevelModels;
}

/**
 * The meta-training of IV.D and Algorithm 1 of the core paper, both levels: in each round the DUs act by the meta model,
 * then contribute gradients to some updates of it ((11) to (13)), weighed by (15), (16) or a variant.
 */
export class Trainer {
  private readonly levels: Readonly<Record<Level, LevelTraining>>;
  private roundsDone = 0;

  constructor(private readonly options: TrainerOptions) {
    this.levels = { high: this.levelTraining('high'), low: this.levelTraining('low') };
  }

  /** Rounds so far. */
  get round(): number {
    return this.roundsDone;
  }

  get models(): LevelModels {
    return { high: this.levels.high.parameters, low: this.levels.low.parameters };
  }

  /** Whether the next round begins an episode: then, and only then, {@link state} is all there is to keep. */
  get atEpisode(): boolean {
    return this.roundsDone % this.options.config.episodeRounds === 0;
  }

  /** One round. @throws LearningError when a DU's contribution is not to be used */
  async next(): Promise<RoundReport> {
    const { config, groups, now } = this.options;
    const started = now();
    if (this.atEpisode) {
      const episode = this.roundsDone / config.episodeRounds;
      const scale = this.explorationScale();
      await Promise.all(groups.map(async (group) => group.begin(episode, scale)));
    }
    const collected = await Promise.all(
      groups.map(async (group) => group.collect(this.models, config.periods)),
    );
    const acted = now();
    // Independent of each other: a thread goes on with one level while the other is between two updates.
    const [high, low] = await Promise.all([this.learn('high'), this.learn('low')]);
    this.roundsDone++;
    const rewards = collected.flatMap((each) => each.rewards);
    return {
      round: this.roundsDone,
      reward: meanOf(rewards),
      decisions: collected.reduce((sum, { decisions }) => sum + decisions, 0),
      levels: { high, low },
      times: { ...shareOut(acted - started, collected), learning: now() - acted },
    };
  }

  /** Complete where the next round begins an episode ({@link atEpisode}). */
  async state(): Promise<TrainerState> {
    const stateOf = ({ parameters, updates, optimiser, weigher }: LevelTraining) => ({
      ...{ parameters, updates },
      optimiser: optimiser.state(),
      variances: weigher.snapshot(),
    });
    return {
      round: this.roundsDone,
      levels: { high: stateOf(this.levels.high), low: stateOf(this.levels.low) },
      groups: await Promise.all(this.options.groups.map(async (group) => group.snapshot())),
    };
  }

  /** @throws LearningError a state of other networks */
  async restore({ round, levels, groups }: TrainerState): Promise<void> {
    this.roundsDone = round;
    for (const level of LEVELS) {
      const { parameters, updates, optimiser, variances } = levels[level];
      const training = this.levels[level];
      training.optimiser.restore(optimiser);
      training.weigher.restore(variances);
      Object.assign(training, { parameters, updates });
    }
    await Promise.all(groups.map(async (snapshot, i) => this.options.groups[i]?.restore(snapshot)));
  }

  private levelTraining(level: Level): LevelTraining {
    const { engine, config, seed, models } = this.options;
    const agent = createAgent<AgentConfig>(engine, LEVEL_AGENTS[level](config.preset));
    const steps = config.rounds * Math.max(1, config.updates[level]);
    return {
      policyDelay: agent.policyDelay,
      parameters:
        models?.[level].slice() ?? agent.initialParameters(new SeededRandom(seed, 'parameters', level)),
      updates: 0,
      optimiser: new MetaOptimiser(engine, agent.layout, {
        learningRate: config.learningRate,
        actorFactor: config.actorFactor,
        decay: { fromStep: config.decayFrom * steps, toStep: steps, factor: config.decayTo },
      }),
      weigher: new TaskWeigher(config.weighting),
    };
  }

  private async learn(level: Level): Promise<LevelReport> {
    const { config, groups } = this.options;
    const training = this.levels[level];
    const variances: number[] = [];
    let weights: LevelReport['weights'] = [];
    for (let i = 0; i < config.updates[level]; i++) {
      const { parameters } = training;
      const update = ++training.updates;
      const contributed = await Promise.all(
        groups.map(async (group) => group.contribute(level, update, parameters)),
      );
      const parts = contributed.flat();
      if (parts.length === 0) continue;
      const weighed = training.weigher.weigh(
        parts.map(({ nodeId, tdVariance }) => ({ taskId: nodeId, tdVariance })),
      );
      const tasks = weighed.map(({ weight }, n) => ({ gradient: parts[n]!.gradient, weight }));
      const criticOnly = this.roundsDone < config.criticRounds || update % training.policyDelay !== 0;
      training.parameters = training.optimiser.update(parameters, tasks, { criticOnly });
      variances.push(...parts.map(({ tdVariance }) => tdVariance));
      weights = weighed.map(({ taskId, weight }) => ({ taskId, weight }));
    }
    return { tdVariance: meanOf(variances), weights };
  }

  private explorationScale(): number {
    const { rounds, exploration } = this.options.config;
    const progress = rounds > 1 ? this.roundsDone / (rounds - 1) : 1;
    return exploration.first + (exploration.last - exploration.first) * Math.min(1, progress);
  }
}

/** Wall time of acting, by where the networks spent theirs: they may have acted at the same time. */
function shareOut(wallMs: number, collected: readonly Collected[]): ActingTimes {
  const total = (phase: keyof ActingTimes) => collected.reduce((sum, { times }) => sum + times[phase], 0);
  const [environment, inference] = [total('environment'), total('inference')];
  const scale = environment + inference > 0 ? wallMs / (environment + inference) : 0;
  return { environment: environment * scale, inference: inference * scale };
}

/** 0 of none. */
function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
