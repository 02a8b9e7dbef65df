/** A model version as it comes from the registry. */
export interface OfferedModel {
  readonly version: number;
  readonly architecture: string;
  readonly parameters: Float32Array;
}

/** One DU's part of a round, as its learner makes it. */
export interface LearnerContribution {
  readonly gradient: Float32Array;
  readonly tdVariance: number;
  readonly supportSamples: number;
  readonly querySamples: number;
}

/** The worker thread that holds the replay buffers and target networks of all DUs of one level. */
export interface Learner<Batch> {
  adopt(modelVersion: number, parameters: Float32Array): Promise<void>;
  /** Whether the DU has enough of them by now to contribute. */
  record(nodeId: string, transitions: Batch): Promise<boolean>;
  /** The part of a round, made with the parameters adopted last. */
  contribute(nodeId: string, round: number): Promise<LearnerContribution>;
}

/** Where the transitions of the control thread wait for the next round. */
export interface TransitionSource<Batch> {
  /** DUs that have transitions to hand over. */
  nodes(): readonly string[];
  /** Those of one DU, once. */
  take(nodeId: string): Batch;
}

export interface ClosedRound {
  readonly level: string;
  readonly round: number;
  /** In force from now on. */
  readonly modelVersion: number;
  /** Whether that is sure: a save that failed may come true later. */
  readonly settled: boolean;
}

export interface Opening<Level extends string> {
  readonly level: Level;
  readonly modelVersion: number;
  readonly participants: string[];
  /** Name of what computes for the agents. */
  readonly engine: string;
  /** Simulation time, ms. */
  readonly timeMs: number;
}

/** The aggregator and the model registry. */
export interface LearningDoor<Level extends string> {
  model(level: Level, version?: number): Promise<OfferedModel | undefined>;
  openRound(opening: Opening<Level>): Promise<number>;
  contribute(
    part: LearnerContribution & {
      level: Level;
      round: number;
      nodeId: string;
      modelVersion: number;
      meanReward?: number;
      decisions: number;
    },
  ): Promise<void>;
  onRoundClosed(listener: (closed: ClosedRound) => void): unknown;
}

export interface LearningRoundsOptions<Level extends string, Batch> {
  readonly level: Level;
  /** What a model must say of itself to be adopted. */
  readonly architecture: string;
  readonly parameterCount: number;
  /** Name of what computes for the agents. */
  readonly engine: string;
  /** Simulation time from one round to the next, ms. */
  readonly roundPeriodMs: number;
  readonly learner: Learner<Batch>;
  /** Acts on the control thread. */
  readonly agent: { adopt(parameters: Float32Array): void };
  readonly transitions: TransitionSource<Batch>;
  readonly door: LearningDoor<Level>;
  readonly warn: (line: string) => void;
}

/** A model that must not be adopted; the message says why. */
export class ModelRefusedError extends Error {
  override readonly name = 'ModelRefusedError';
}

/** The failure in a row that is told. */
const TOLD_FAILURE = 2;

/** What a DU earned since the last round. */
interface Tally {
  sum: number;
  count: number;
}

/**
 * The learning of one level as its host sees it: which model its agents act with, and when a round is due. A round
 * covers the transitions up to an instant of simulation time and begins with the first report of the next instant; in
 * lockstep decisions wait until its model has been adopted, so that a run repeats to the bit.
 */
export class LearningRounds<Level extends string, Batch> {
  private adopted: OfferedModel | undefined;
  private instantMs = -Infinity;
  private lastRoundMs = 0;
  private underWay: Promise<void> | undefined;
  private readonly tallies = new Map<string, Tally>();
  private readonly adoptionListeners = new Set<() => void>();
  private readonly closedRounds = new Map<number, (closed: ClosedRound) => void>();
  private failures = 0;
  private release: () => void = () => undefined;

  constructor(private readonly options: LearningRoundsOptions<Level, Batch>) {
    options.door.onRoundClosed((closed) => {
      if (closed.level !== options.level) return;
      this.closedRounds.get(closed.round)?.(closed);
      this.closedRounds.delete(closed.round);
    });
  }

  /** The model that agents act with; `undefined` until the first is adopted. */
  get model(): OfferedModel | undefined {
    return this.adopted;
  }

  /**
   * Adopts a stored version, between two decisions; one that is in force already is no news.
   * @throws ModelRefusedError when there is no such version, or it fills other networks, or is not finite
   */
  async adopt(version: number): Promise<void> {
    if (this.adopted?.version === version) return;
    const { level, door, learner, agent } = this.options;
    const model = await door.model(level, version);
    if (model === undefined) throw new ModelRefusedError(`there is no ${level} level model v${version}`);
    this.check(model);
    await learner.adopt(model.version, model.parameters);
    agent.adopt(model.parameters);
    this.adopted = model;
    for (const listener of [...this.adoptionListeners]) listener();
  }

  /**
   * What a decision brought, 0..1. It counts for the next round, of whatever version the decision was: one round
   * before at the most, as the reward comes with the report after the decision.
   */
  earned(nodeId: string, reward: number): void {
    const tally = this.tallies.get(nodeId) ?? { sum: 0, count: 0 };
    this.tallies.set(nodeId, { sum: tally.sum + reward, count: tally.count + 1 });
  }

  /**
   * To be called with the time of every report before it is looked at. Gives the round that is under way: in lockstep
   * it is to be awaited before the decision.
   */
  beforeDecision(timeMs: number, lockstep: boolean): Promise<void> | undefined {
    // A simulator that began anew counts from 0 again.
    const anew = this.instantMs - timeMs > this.options.roundPeriodMs;
    if (anew) this.lastRoundMs = 0;
    if (anew || !lockstep) this.release();
    if (timeMs !== this.instantMs) {
      const endedMs = Math.min(this.instantMs, timeMs);
      this.instantMs = timeMs;
      if (this.underWay === undefined && endedMs - this.lastRoundMs >= this.options.roundPeriodMs) {
        this.lastRoundMs = endedMs;
        this.underWay = this.round(endedMs, lockstep)
          .catch((error: unknown) =>
            this.warnOnce(`no ${this.options.level} level learning: ${String(error)}`),
          )
          .finally(() => (this.underWay = undefined));
      }
    }
    return this.underWay;
  }

  private check({ version, architecture, parameters }: OfferedModel): void {
    const { level, architecture: ours, parameterCount } = this.options;
    const what = `${level} level model v${version}`;
    if (architecture !== ours) {
      throw new ModelRefusedError(`${what} is of networks "${architecture}", ours are "${ours}"`);
    }
    if (parameters.length !== parameterCount) {
      throw new ModelRefusedError(`${what} has ${parameters.length} parameters instead of ${parameterCount}`);
    }
    const bad = parameters.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw new ModelRefusedError(`${what}: parameter ${bad} is ${parameters[bad]}`);
  }

  /** One round. In real time it ends with the last contribution sent, in lockstep with the adoption. */
  private async round(timeMs: number, lockstep: boolean): Promise<void> {
    const { level, engine } = this.options;
    const participants = await this.handOver();
    const modelVersion = this.adopted?.version;
    if (modelVersion === undefined || participants.length === 0) return;
    const round = await this.open({ level, modelVersion, participants, engine, timeMs });
    // Without the round, or its model, a lockstep run would not repeat: the barrier runs out of patience and ends it.
    const held = lockstep ? this.hold() : undefined;
    if (round === undefined) return held;
    const tallies = new Map(this.tallies);
    this.tallies.clear();
    const closed = new Promise<ClosedRound>((resolve) => this.closedRounds.set(round, resolve));
    await Promise.all(
      participants.map((nodeId) => this.contribute({ nodeId, round, modelVersion }, tallies.get(nodeId))),
    );
    if (held === undefined) {
      this.closedRounds.delete(round);
      return;
    }
    const outcome = await Promise.race([closed, held]);
    await (outcome.settled ? Promise.race([this.adoption(outcome.modelVersion), held]) : held);
  }

  /** Never goes on, but for {@link release}. */
  private hold(): Promise<never> {
    const held = new Promise<never>((_, reject) => {
      this.release = () => reject(new Error('the simulation went on without the round'));
    });
    held.catch(() => undefined);
    return held;
  }

  /** Gives what was seen since the last round to the learner, and names the DUs that can contribute. */
  private async handOver(): Promise<string[]> {
    const { transitions, learner } = this.options;
    const nodeIds = [...transitions.nodes()].sort();
    const able: string[] = [];
    // One after the other, so that decisions come in between: to pack what many UEs did takes its time.
    for (const nodeId of nodeIds) {
      if (await learner.record(nodeId, transitions.take(nodeId))) able.push(nodeId);
    }
    return able;
  }

  private async open(opening: Opening<Level>): Promise<number | undefined> {
    try {
      const round = await this.options.door.openRound(opening);
      this.failures = 0;
      return round;
    } catch (error) {
      this.warnOnce(`no ${opening.level} level round at ${opening.timeMs} ms: ${(error as Error).message}`);
      return undefined;
    }
  }

  private async contribute(
    part: { readonly nodeId: string; readonly round: number; readonly modelVersion: number },
    tally: Tally | undefined,
  ): Promise<void> {
    const { level, learner, door } = this.options;
    const { nodeId, round } = part;
    try {
      const { gradient, tdVariance, supportSamples, querySamples } = await learner.contribute(nodeId, round);
      const reward =
        tally === undefined
          ? { decisions: 0 }
          : { meanReward: tally.sum / tally.count, decisions: tally.count };
      await door.contribute({
        ...{ level, ...part, ...reward },
        ...{ gradient, tdVariance, supportSamples, querySamples },
      });
    } catch (error) {
      this.warnOnce(`${level} level round ${round}, contribution of ${nodeId}: ${(error as Error).message}`);
    }
  }

  private adoption(version: number): Promise<void> {
    if (this.adopted?.version === version) return Promise.resolve();
    return new Promise((resolve) => {
      const listener = (): void => {
        if (this.adopted?.version !== version) return;
        this.adoptionListeners.delete(listener);
        resolve();
      };
      this.adoptionListeners.add(listener);
    });
  }

  /** Trouble that lasts is told once; what is over by the next round is not worth a line. */
  private warnOnce(line: string): void {
    this.failures += 1;
    if (this.failures === TOLD_FAILURE) this.options.warn(line);
  }
}
