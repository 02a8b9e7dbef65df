import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Contribution,
  type LearningLevel,
  type RequestOf,
  type RoundClosed,
  type Vector,
  type WeighedContribution,
  type roundOpen,
} from '@ricochet/contracts';
import { BackOff, messageOf, RicochetError, type Logger } from '@ricochet/platform';
import { SeededRandom } from '@ricochet/rl';
import { unweighed, type Aggregator } from '../aggregator/aggregator.js';
import { type CanaryGuard, type CanaryVerdict } from '../canary/canary-guard.js';
import { type Model, type ModelRegistryClient } from '../registry/model-registry.client.js';
import { ContributionRefused } from '../round/contribution-refused.error.js';
import { type RefusalCounts } from '../round/refusal-counts.js';
import { late, Round, type TakenContribution } from '../round/round.js';

const FIRST_RETRY_MS = 100;
const MAX_RETRY_MS = 2_000;

/** What is known of a level's agents: their networks and how they begin. */
export interface LevelAgent {
  readonly architecture: string;
  initialParameters(random: SeededRandom): Float32Array;
}

/** A model that has learned elsewhere. */
export interface InitialModel {
  /** [actor | critic], those of the level's agents. */
  readonly parameters: Float32Array;
  /** Where it comes from, for the lineage. */
  readonly source: string;
}

export interface LevelSessionOptions {
  readonly level: LearningLevel;
  readonly agent: LevelAgent;
  /** What a lineage begins with; fresh parameters when absent. */
  readonly initial?: InitialModel;
  readonly aggregator: Aggregator;
  readonly guard: CanaryGuard;
  readonly registry: Pick<ModelRegistryClient, 'current' | 'nextRound' | 'save' | 'activate'>;
  readonly readVector: (vector: Vector) => Promise<Float32Array>;
  /** A round is over. */
  readonly tell: (closed: RoundClosed) => void;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** Of the whole aggregator. */
  readonly refused: RefusalCounts;
  readonly weighting: RoundClosed['weighting'];
  readonly seed: number;
  /** Wall clock from the opening of a round to its end at the latest. */
  readonly deadlineMs: number;
  /** Tells one life of the process from the next. */
  readonly instance: string;
}

/** How a round ended. */
interface Outcome {
  readonly contributions: WeighedContribution[];
  readonly rolledBack: boolean;
  readonly note?: string;
  readonly updateMs?: number;
}

/** A round can not be opened. */
class OpeningRefused extends RicochetError {}

/** The rounds of one level: which model they start from, who contributes, and what comes of it. */
export class LevelSession {
  /** In force, as far as we know. */
  private model: Model | undefined;
  /** Whether the registry may know better. */
  private unsure = false;
  /** The number given to a round last; 0: none in this life. */
  private lastRound = 0;
  private round: Round | undefined;
  private engine = '';
  private deadline: NodeJS.Timeout | undefined;
  private lastTakenMs = 0;
  private lastNote: string | undefined;
  /** Opening and closing go one after the other. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: LevelSessionOptions) {}

  /** Finds the model in force, or makes the first one; waits for the registry as long as it takes. */
  async begin(): Promise<void> {
    const { level, log } = this.options;
    const backOff = new BackOff(FIRST_RETRY_MS, MAX_RETRY_MS);
    for (let told = false; ; told = true) {
      try {
        await this.load();
        return;
      } catch (error) {
        if (!told) log.warn(`${level} level waits for its model: ${messageOf(error)}`);
        await sleep(backOff.next());
      }
    }
  }

  /** Opens the next round, closing the one before as it stands, and gives its number. @throws OpeningRefused */
  open({ modelVersion, participants, engine, timeMs }: RequestOf<typeof roundOpen>): Promise<number> {
    return this.inTurn(async () => {
      if (this.round !== undefined) await this.close(this.round, 'next-round');
      const { level, log } = this.options;
      if (this.unsure || this.model?.version !== modelVersion) {
        await this.resync().catch((error: unknown) => log.warn(`${level} level: ${messageOf(error)}`));
      }
      const model = this.model as Model;
      if (model.version !== modelVersion) {
        throw new OpeningRefused(
          'stale',
          `stale: v${model.version} is in force on the ${level} level, not v${modelVersion}`,
        );
      }
      const number = await this.nextRound();
      const { length: parameterCount } = model.parameters;
      const round = new Round({ level, number, modelVersion, parameterCount, participants, timeMs });
      this.round = round;
      this.engine = engine;
      this.deadline = setTimeout(() => this.closeSoon(round, 'deadline'), this.options.deadlineMs);
      return number;
    });
  }

  /** Takes a contribution into the open round. @throws ContributionRefused */
  async contribute(contribution: Contribution): Promise<void> {
    const { level, readVector, refused, log } = this.options;
    try {
      const { round } = this;
      if (round === undefined) throw late(level, contribution.round);
      round.check(contribution);
      const gradient = await readVector(contribution.gradient).catch((error: unknown) => {
        throw new ContributionRefused('shape', `gradient of ${contribution.nodeId}: ${messageOf(error)}`);
      });
      if (this.round !== round) throw late(level, contribution.round);
      round.take(contribution, gradient);
      this.lastTakenMs = performance.now();
      if (round.isComplete) this.closeSoon(round, 'all');
    } catch (error) {
      if (error instanceof ContributionRefused) {
        refused[error.reason] += 1;
        log.warn(`contribution refused: ${error.message}`);
      }
      throw error;
    }
  }

  stop(): void {
    clearTimeout(this.deadline);
    this.round = undefined;
  }

  private async load(): Promise<void> {
    const { level, agent, initial, registry, seed, instance, log } = this.options;
    const { architecture } = agent;
    const model = await registry.current();
    if (model?.architecture === architecture) {
      this.model = model;
      return;
    }
    const source = initial?.source ?? 'fresh parameters';
    if (model !== undefined) {
      log.warn(
        `${level} model v${model.version} is of other networks, "${model.architecture}", and is not used; ` +
          `beginning anew with ${source} for "${architecture}"`,
      );
    }
    const parameters = initial?.parameters ?? agent.initialParameters(new SeededRandom(seed, level));
    const version = await registry.save({
      key: `${instance}-initial-${level}`,
      architecture,
      parent: null,
      origin: { kind: 'initial', ...(initial && { source }), contributions: [] },
      parameters,
    });
    log.info(`${level} model v${version}: ${source}`);
    this.model = { version, architecture, parameters };
  }

  /** Takes over what the registry has in force: somebody else may have changed it. */
  private async resync(): Promise<void> {
    const { level, agent, registry, aggregator, guard } = this.options;
    const model = await registry.current();
    this.unsure = false;
    if (model === undefined || model.version === this.model?.version) return;
    if (model.architecture !== agent.architecture) {
      throw new Error(`v${model.version} in force on the ${level} level is of "${model.architecture}"`);
    }
    this.model = model;
    aggregator.forgetMoments();
    guard.forget();
  }

  /** The registry's word; while it has none, as when its disk is full, we count on from what it said last. */
  private async nextRound(): Promise<number> {
    let given = 0;
    try {
      given = await this.options.registry.nextRound();
    } catch (error) {
      if (this.lastRound === 0)
        throw new OpeningRefused('no-number', `the round has no number: ${messageOf(error)}`);
    }
    this.lastRound = Math.max(given, this.lastRound + 1);
    return this.lastRound;
  }

  private closeSoon(round: Round, closedBy: RoundClosed['closedBy']): void {
    void this.inTurn(() => this.close(round, closedBy));
  }

  private async close(round: Round, closedBy: RoundClosed['closedBy']): Promise<void> {
    // It may have been closed while this waited for its turn.
    if (this.round !== round) return;
    this.round = undefined;
    clearTimeout(this.deadline);
    const { level, number, modelVersion: baseVersion, timeMs } = round.options;
    const { contributions, missing } = round;
    const { tell, guard, weighting, refused } = this.options;
    const reward = meanReward(contributions);
    if (reward !== undefined) guard.observe(baseVersion, reward);
    const outcome =
      guard.verdict !== undefined
        ? await this.rollBack(guard.verdict, contributions)
        : await this.update(number, contributions);
    this.logNote(number, outcome.note);
    tell({
      level,
      round: number,
      timeMs,
      closedBy,
      baseVersion,
      modelVersion: (this.model as Model).version,
      settled: !this.unsure,
      weighting,
      engine: this.engine,
      missing,
      refused: { ...refused },
      ...outcome,
    });
  }

  private async update(round: number, contributions: readonly TakenContribution[]): Promise<Outcome> {
    const { level, aggregator, registry, weighting, instance } = this.options;
    const { version: parent, architecture, parameters: base } = this.model as Model;
    if (contributions.length === 0) {
      return { contributions: [], rolledBack: false, note: 'nobody contributed' };
    }
    const weighed = aggregator.weigh(contributions);
    let parameters: Float32Array;
    try {
      parameters = aggregator.update(base, contributions, weighed);
    } catch (error) {
      return { contributions: weighed, rolledBack: false, note: `no update: ${messageOf(error)}` };
    }
    try {
      const origin = { kind: 'meta-update' as const, round, weighting, contributions: weighed };
      const key = `${instance}-${level}-${round}`;
      const version = await registry.save({ key, architecture, parent, origin, parameters });
      this.model = { version, architecture, parameters };
      return { contributions: weighed, rolledBack: false, updateMs: performance.now() - this.lastTakenMs };
    } catch (error) {
      aggregator.undo();
      this.unsure = true;
      return { contributions: weighed, rolledBack: false, note: `model not saved: ${messageOf(error)}` };
    }
  }

  /** The round's gradients belong to the model that is given up: none of them counts. */
  private async rollBack(
    { checkpoint, meanReward: now }: CanaryVerdict,
    taken: readonly TakenContribution[],
  ): Promise<Outcome> {
    const { version, meanReward: then } = checkpoint;
    const contributions = taken.map(unweighed);
    const reason = `mean reward fell to ${now.toFixed(3)}, v${version} had ${then.toFixed(3)}`;
    try {
      await this.options.registry.activate(version, reason);
      await this.resync();
      this.options.guard.forget();
      return { contributions, rolledBack: true, note: `back to v${version}: ${reason}` };
    } catch (error) {
      this.unsure = true;
      return { contributions, rolledBack: false, note: `${reason}; not rolled back: ${messageOf(error)}` };
    }
  }

  /** The same trouble, round after round, is told once. */
  private logNote(round: number, note: string | undefined): void {
    const { level, log } = this.options;
    if (note !== undefined && note !== this.lastNote) log.warn(`${level} level, round ${round}: ${note}`);
    this.lastNote = note;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }
}

/** Over all decisions; `undefined` when none was made. */
function meanReward(contributions: readonly TakenContribution[]): number | undefined {
  let [sum, count] = [0, 0];
  for (const { meanReward: mean, decisions } of contributions) {
    if (mean === undefined) continue;
    sum += mean * decisions;
    count += decisions;
  }
  return count === 0 ? undefined : sum / count;
}
