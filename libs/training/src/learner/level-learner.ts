import {
  DEFAULT_INNER_STEP,
  DEFAULT_REPLAY_LIMITS,
  LearningError,
  ReplayBuffer,
  SeededRandom,
  assertVector,
  parameterCount,
  softUpdate,
  taskContribution,
  type ActorCritic,
  type AdaptationOptions,
  type AgentConfig,
  type InnerStepOptions,
  type ReplayLimits,
  type ReplaySnapshot,
  type Tape,
  type TransitionBatch,
} from '@ricochet/rl';
import { type Adaptation, type AdoptedModel, DuAdapters } from './du-adapters.js';

/** How the DUs of one level learn. */
export interface LearnerSettings {
  /** Of every draw, with the node and the round. */
  readonly seed: number;
  /** Transitions of a support batch, and of a query batch. */
  readonly batchSize: number;
  /** A node contributes from so many transitions on. */
  readonly minimumTransitions: number;
  readonly inner: InnerStepOptions;
  /** Part of the way that the target networks go, each round. */
  readonly tau: number;
  readonly replay: ReplayLimits;
  /** How a node fits the model to itself. */
  readonly adaptation: AdaptationOptions;
  /** Updates of that, each round. */
  readonly adaptationUpdates: number;
}

/** Settings for one kind of agent, and what differs from the defaults. */
export interface LearnerOptions<C extends AgentConfig = AgentConfig> {
  readonly agent: C;
  readonly seed: number;
  readonly settings?: Partial<Omit<LearnerSettings, 'seed'>>;
}

const BATCH_SIZES: Record<AgentConfig['kind'], number> = { simplex: 128, set: 64 };
/** Sets of many elements are costly to judge by: fewer of them, of the many that there are. */
const ADAPTATIONS: Record<AgentConfig['kind'], AdaptationOptions> = {
  simplex: {},
  set: { heldBackEvery: 8 },
};
const ADAPTATION_UPDATES: Record<AgentConfig['kind'], number> = { simplex: 12, set: 3 };

export function learnerSettings({ agent, seed, settings }: LearnerOptions): LearnerSettings {
  return {
    seed,
    batchSize: BATCH_SIZES[agent.kind],
    minimumTransitions: 32,
    inner: DEFAULT_INNER_STEP,
    tau: 0.02,
    replay: DEFAULT_REPLAY_LIMITS,
    adaptation: ADAPTATIONS[agent.kind],
    adaptationUpdates: ADAPTATION_UPDATES[agent.kind],
    ...settings,
  };
}

/** One DU's part of a round. */
export interface Contribution {
  readonly nodeId: string;
  readonly round: number;
  /** The model that the gradient is of. */
  readonly modelVersion: number;
  /** Query gradient, [actor | critic]. */
  readonly gradient: Float32Array;
  /** Variance of the TD error on the query batch. */
  readonly tdVariance: number;
  readonly supportSamples: number;
  readonly querySamples: number;
}

interface Task<B extends TransitionBatch> {
  readonly replay: ReplayBuffer<B>;
  /** In the engine's arena; from the first contribution on. */
  targets?: Float32Array;
  /** The last round that the targets followed in. */
  round: number;
}

/** What a learner holds of its DUs. */
export type LearnerSnapshot<B extends TransitionBatch> = readonly {
  readonly nodeId: string;
  readonly round: number;
  readonly targets?: Float32Array;
  readonly replay: ReplaySnapshot<B>;
}[];

export interface LearnerContext<B extends TransitionBatch> {
  readonly agent: ActorCritic<B>;
  readonly tape: Tape;
}

/**
 * Learns one level for all its DUs: each DU is a task with transitions and target networks of its own, on the model
 * that all of them share. What comes out depends on the seed, the node and the round, not on the order of calls.
 * Takes a parameter vector out of the engine's arena for the model, and one for each DU's target networks.
 */
export class LevelLearner<B extends TransitionBatch> {
  private readonly tasks = new Map<string, Task<B>>();
  private readonly adapters: DuAdapters<B>;
  private model: AdoptedModel | undefined;
  /** Target networks of DUs that are gone, to be used again. */
  private readonly spare: Float32Array[] = [];

  constructor(
    private readonly context: LearnerContext<B>,
    private readonly settings: LearnerSettings,
  ) {
    const { batchSize, minimumTransitions } = settings;
    if (!(Number.isSafeInteger(batchSize) && batchSize > 0 && minimumTransitions >= 2)) {
      throw new LearningError(
        'LEARNING_BAD_INPUT',
        `batches of ${batchSize} from ${minimumTransitions} transitions on: 1 and 2 are the least`,
      );
    }
    this.adapters = new DuAdapters(context, settings.adaptation);
  }

  /** Learns on this model, theta_M, from now on; copies it. @throws {LearningError} and keeps the one before */
  adopt(version: number, parameters: Float32Array): void {
    assertVector(parameters, parameterCount(this.context.agent.layout), `model ${version}`);
    const inArena = this.model?.parameters ?? this.vector();
    inArena.set(parameters);
    this.model = { version, parameters: inArena };
  }

  /**
   * Takes transitions of a DU in; the arrays belong to the learner from now on.
   * @returns whether the DU has enough of them to contribute
   * @throws {LearningError} transitions that do not fit the agent
   */
  record(nodeId: string, batch: B): boolean {
    this.context.agent.assertTransitions(batch);
    this.taskOf(nodeId).replay.add(batch);
    return this.isAble(nodeId);
  }

  /** Whether the DU has enough transitions to contribute. */
  isAble(nodeId: string): boolean {
    return (this.tasks.get(nodeId)?.replay.size ?? 0) >= this.settings.minimumTransitions;
  }

  /**
   * The DU's part of a round: draws a support and a query batch that have no transition in common, lets the target
   * networks follow the model once a round, takes the inner step and the query gradient.
   * @throws {LearningError} before a model was adopted, and while the DU has too few transitions
   */
  contribute(nodeId: string, round: number): Contribution {
    const { agent } = this.context;
    const { seed, batchSize, inner } = this.settings;
    const { version, parameters } = this.modelFor(nodeId);
    const task = this.ableTask(nodeId);
    const { size } = task.replay;
    const targets = this.targetsOf(task, { round, parameters });
    const samples = Math.min(batchSize, Math.floor(size / 2));
    const random = new SeededRandom(seed, agent.architecture, nodeId, round);
    const drawn = task.replay.sample(2 * samples, random);
    const { gradient, tdVariance } = taskContribution(
      this.context,
      {
        parameters,
        targets,
        support: agent.minibatch(drawn.slice(0, samples), random),
        query: agent.minibatch(drawn.slice(samples), random),
      },
      inner,
    );
    return {
      nodeId,
      round,
      modelVersion: version,
      gradient,
      tdVariance,
      supportSamples: samples,
      querySamples: samples,
    };
  }

  /**
   * Fits the model adopted last to the DU by what the DU has seen, and says what to act by from now on: by parameters
   * of the DU's own where transitions that were held back say that these are better.
   * @throws {LearningError} as {@link contribute}, and where adaptation comes to nothing: the DU acts by the model then
   */
  adapt(nodeId: string, round: number): Adaptation {
    const { seed, adaptationUpdates: updates } = this.settings;
    const model = this.modelFor(nodeId);
    const { replay } = this.ableTask(nodeId);
    const random = new SeededRandom(seed, this.context.agent.architecture, nodeId, round, 'adaptation');
    return this.adapters.adapt(nodeId, { model, replay, updates, random });
  }

  /** What the tasks hold, to go on from later; the model and how they adapted to it are not in it. */
  snapshot(): LearnerSnapshot<B> {
    return [...this.tasks].map(([nodeId, { replay, targets, round }]) => ({
      ...{ nodeId, round, replay: replay.snapshot() },
      ...(targets !== undefined && { targets: targets.slice() }),
    }));
  }

  /** Goes on from a snapshot. */
  restore(snapshot: LearnerSnapshot<B>): void {
    for (const nodeId of this.tasks.keys()) this.drop(nodeId);
    for (const { nodeId, round, targets, replay } of snapshot) {
      const task = this.taskOf(nodeId);
      task.replay.restore(replay);
      task.round = round;
      if (targets !== undefined) task.targets = this.copied(targets);
    }
  }

  /** The DU is gone, and its transitions with it. */
  forget(nodeId: string): void {
    this.drop(nodeId);
    this.adapters.forget(nodeId);
  }

  private drop(nodeId: string): void {
    const targets = this.tasks.get(nodeId)?.targets;
    if (targets !== undefined) this.spare.push(targets);
    this.tasks.delete(nodeId);
  }

  private modelFor(nodeId: string): AdoptedModel {
    if (this.model === undefined) {
      throw new LearningError('LEARNING_NO_MODEL', `${nodeId} has no model to learn on`);
    }
    return this.model;
  }

  private ableTask(nodeId: string): Task<B> {
    const task = this.tasks.get(nodeId);
    const size = task?.replay.size ?? 0;
    const { minimumTransitions } = this.settings;
    if (task === undefined || size < minimumTransitions) {
      const message = `${nodeId} has ${size} transitions, it contributes from ${minimumTransitions} on`;
      throw new LearningError('LEARNING_TOO_FEW', message);
    }
    return task;
  }

  /** The task's target networks: the model at first, then following it, once a round. */
  private targetsOf(
    task: Task<B>,
    { round, parameters }: { readonly round: number; readonly parameters: Float32Array },
  ): Float32Array {
    const { targets } = task;
    if (targets === undefined) task.targets = this.copied(parameters);
    else if (round !== task.round) {
      softUpdate(this.context.tape.engine, { target: targets, source: parameters }, this.settings.tau);
    }
    task.round = round;
    return task.targets!;
  }

  /** A copy in the arena, as target networks are kept. */
  private copied(parameters: Float32Array): Float32Array {
    const vector = this.spare.pop() ?? this.vector();
    vector.set(parameters);
    return vector;
  }

  private vector(): Float32Array {
    const { agent, tape } = this.context;
    return tape.engine.allocate(parameterCount(agent.layout));
  }

  private taskOf(nodeId: string): Task<B> {
    let task = this.tasks.get(nodeId);
    if (task === undefined) {
      this.tasks.set(nodeId, (task = { replay: new ReplayBuffer(this.settings.replay), round: -Infinity }));
    }
    return task;
  }
}
