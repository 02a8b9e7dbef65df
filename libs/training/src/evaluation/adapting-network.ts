import {
  type DuPolicy,
  type EnvironmentStep,
  nodeIdOf,
  play,
  type QuotaMode,
  seedOfNode,
  type SlicingEnvironment,
  SPLIT_PERIOD_MS,
} from '@ricochet/control';
import {
  type ActorCritic,
  type AdaptationOptions,
  Adapter,
  createAgent,
  type Engine,
  ReplayBuffer,
  SeededRandom,
  type Tape,
  type TransitionBatch,
} from '@ricochet/rl';
import {
  createDuAgents,
  createRecorders,
  type DuActors,
  type DuAgents,
  type DuRecorders,
} from '../agents/du-agents.js';
import { LEVEL_AGENTS, type LevelPreset } from '../level-agent.js';
import { LearnedPolicy } from '../trainer/learned-policy.js';
import { type Level, type LevelModels, LEVELS } from '../trainer/task-group.js';

/** Split periods of a shot: a second. */
const PERIODS_A_SHOT = 10;
/** Updates after a shot. */
const UPDATES_A_SHOT: Readonly<Record<Level, number>> = { high: 12, low: 3 };

/** Shots after which a candidate is judged: to judge costs as much as several shots of updates. */
const SHOTS_A_JUDGEMENT = 5;

/** How a DU fits a model to itself. */
export interface AdaptationPlan {
  /** Part of the actors' noise, while they adapt. */
  readonly explorationScale: number;
  readonly options: AdaptationOptions;
  /** Whether a candidate has to prove itself on what was held back ({@link Adapter.judge}), or is taken as it is. */
  readonly guarded: boolean;
}

/** `safe` stays close to the model and takes only what is better; `plain` is DDPG as it was trained. */
export const ADAPTATION_PLANS = {
  safe: { explorationScale: 0.3, options: {}, guarded: true },
  plain: {
    explorationScale: 1,
    options: { learningRate: 2e-3, actorFactor: 0.5, proximal: 0, batchSize: 128 },
    guarded: false,
  },
} as const satisfies Record<string, AdaptationPlan>;

export interface AdaptingNetworkOptions {
  readonly environment: SlicingEnvironment;
  readonly quotaMode: QuotaMode;
  readonly preset: LevelPreset;
  /** theta_M, where every DU starts from. */
  readonly models: LevelModels;
  readonly plan: AdaptationPlan;
  /** Of the traffic, the noise and the draws. */
  readonly seed: number;
  /** Where the model comes from: its first DU goes on acting by the model, and all new DUs learn from that, too. */
  readonly source?: SlicingEnvironment | undefined;
}

/** One level of one DU, its kind of agent aside. */
interface AdaptingLevel {
  readonly actor: { adopt(parameters: Float32Array): void };
  readonly adapter: Adapter<TransitionBatch>;
  readonly replay: ReplayBuffer<TransitionBatch>;
}

interface Du {
  readonly actors: DuActors;
  readonly agents: DuAgents;
  readonly levels: Readonly<Record<Level, AdaptingLevel>>;
}

interface SourceDu {
  readonly environment: SlicingEnvironment;
  readonly agents: DuAgents;
  readonly recorders: DuRecorders;
  step: EnvironmentStep;
}

/** New DUs, each of which fits the model to itself, shot by shot: the meta adaptation of Algorithm 1. */
export class AdaptingNetwork {
  private readonly recorders: DuRecorders = createRecorders();
  private readonly dus: readonly Du[];
  private readonly source: SourceDu | undefined;
  private step: EnvironmentStep;
  private shots = 0;

  /** @throws LearningError models of other networks */
  constructor(
    private readonly context: { readonly engine: Engine; readonly tape: Tape },
    private readonly options: AdaptingNetworkOptions,
  ) {
    const { environment, seed, source } = options;
    this.step = environment.reset(seedOfNode(seed, 'adaptation'));
    this.dus = Array.from({ length: environment.duCount }, () => this.createDu());
    if (source !== undefined) this.source = this.createSource(source);
  }

  /**
   * Acts for a second of simulation time, then every DU learns from what it saw.
   * @returns mean reward meanwhile, over all DUs
   * @throws LearningError
   */
  shot(): number {
    const { environment, quotaMode } = this.options;
    this.shots++;
    const rewards: number[] = [];
    this.step = play(environment, this.step, {
      policies: this.dus.map(({ agents }) => new LearnedPolicy(agents)),
      quotaMode,
      untilMs: this.shots * PERIODS_A_SHOT * SPLIT_PERIOD_MS,
      onStep: ({ split }) => rewards.push(...(split?.rewards ?? [])),
    });
    this.playSource();
    this.dus.forEach(({ levels }, du) => {
      for (const level of LEVELS) this.learn(levels[level], level, nodeIdOf(du));
    });
    return rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length;
  }

  /** What the DUs would do from now on without trying anything out: one policy a DU, for a network of its own. */
  policies(): DuPolicy[] {
    const { preset, seed } = this.options;
    return this.dus.map(({ actors, agents }) => {
      const recall = (nodeId: string) => agents.high.memory(nodeId)?.clone();
      return new LearnedPolicy(createDuAgents(actors, { preset, seed, explorationScale: 0, recall }));
    });
  }

  private learn({ actor, adapter, replay }: AdaptingLevel, level: Level, nodeId: string): void {
    const { plan, seed } = this.options;
    replay.add(this.recorders[level].take(nodeId));
    if (replay.size === 0) return;
    const random = new SeededRandom(seed, level, nodeId, this.shots);
    adapter.adapt(replay, { rounds: UPDATES_A_SHOT[level], random });
    if (!plan.guarded) adapter.accept();
    else if (this.shots % SHOTS_A_JUDGEMENT === 0) adapter.judge(replay);
    actor.adopt(adapter.parameters);
  }

  /** What the source's DU does meanwhile, for all to learn from. */
  private playSource(): void {
    if (this.source === undefined) return;
    const { environment, agents, recorders } = this.source;
    this.source.step = play(environment, this.source.step, {
      policies: Array.from({ length: environment.duCount }, () => new LearnedPolicy(agents)),
      quotaMode: this.options.quotaMode,
      untilMs: this.shots * PERIODS_A_SHOT * SPLIT_PERIOD_MS,
    });
    for (const level of LEVELS) {
      const batch = recorders[level].take(nodeIdOf(0));
      // Nobody writes to a batch: the buffers may share it.
      for (const { levels } of this.dus) levels[level].replay.add(batch);
    }
  }

  private createSource(environment: SlicingEnvironment): SourceDu {
    const { preset, plan, seed, models } = this.options;
    const actors = this.createActors();
    for (const level of LEVELS) actors[level].adopt(models[level]);
    const recorders = createRecorders();
    const { explorationScale } = plan;
    const agents = createDuAgents(actors, { preset, explorationScale, recorders, seed: seed + 1 });
    const step = environment.reset(seedOfNode(seed, 'source'));
    return { environment, agents, recorders, step };
  }

  private createActors(): DuActors {
    const { engine } = this.context;
    const { preset } = this.options;
    return {
      high: createAgent(engine, LEVEL_AGENTS.high(preset)),
      low: createAgent(engine, LEVEL_AGENTS.low(preset)),
    };
  }

  private createDu(): Du {
    const { preset, plan, seed, models } = this.options;
    const { tape } = this.context;
    const actors = this.createActors();
    const levelOf = (level: Level): AdaptingLevel => {
      const actor = actors[level];
      actor.adopt(models[level]);
      // Transitions of a level come from its own recorder: they fit its agent.
      const agent = actor as unknown as ActorCritic<TransitionBatch>;
      return {
        actor,
        adapter: new Adapter({ agent, tape }, models[level], plan.options),
        replay: new ReplayBuffer(),
      };
    };
    const { explorationScale } = plan;
    return {
      actors,
      agents: createDuAgents(actors, { preset, seed, explorationScale, recorders: this.recorders }),
      levels: { high: levelOf('high'), low: levelOf('low') },
    };
  }
}
