import { setTimeout as sleep } from 'node:timers/promises';
import { type ActingDus, Adaptations } from './adaptations.js';
import {
  type ClosedRound,
  type Learner,
  type LearningDoor,
  type OfferedModel,
  type Opening,
  type TransitionSource,
} from './learning-door.js';
import { Presence } from './presence.js';

export interface LearningRoundsOptions<Level extends string, Batch> {
  readonly level: Level;
  /** What a model must say of itself to be adopted. */
  readonly architecture: string;
  readonly parameterCount: number;
  /** Simulation time from one round to the next, ms. */
  readonly roundPeriodMs: number;
  readonly learner: Learner<Batch>;
  /** Act on the control thread. */
  readonly actors: ActingDus;
  readonly transitions: TransitionSource<Batch>;
  /** Whether DUs fit the model to themselves. */
  readonly adaptation: boolean;
  /** A DU is gone: it has not reported for a long time. */
  readonly onGone: (nodeId: string) => void;
  readonly door: LearningDoor<Level>;
  readonly info: (line: string) => void;
  readonly warn: (line: string) => void;
}

/** The report that a decision is about. */
export interface DueReport {
  readonly nodeId: string;
  /** Simulation time, ms. */
  readonly timeMs: number;
  readonly lockstep: boolean;
  /** No model can be adopted: in lockstep, which would wait for it, no round begins. */
  readonly a1Out?: boolean;
}

/** A model that must not be adopted; the message says why. */
export class ModelRefusedError extends Error {
  override readonly name = 'ModelRefusedError';
}

/** The failure in a row that is told. */
const TOLD_FAILURE = 2;
/** Simulation time without a report after which a DU is forgotten. */
const GONE_AFTER_MS = 120_000;
/** In real time adaptation waits no longer than that for the round's model: twice the deadline of a round. */
const ADOPTION_PATIENCE_MS = 4_000;

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
  private readonly presence = new Presence(GONE_AFTER_MS);
  private readonly adaptations: Adaptations | undefined;
  /** The version that the round under way waits for. */
  private awaited: { readonly version: number; readonly adopted: () => void } | undefined;
  private readonly closedRounds = new Map<number, (closed: ClosedRound) => void>();
  private failures = 0;
  private release: () => void = () => undefined;

  constructor(private readonly options: LearningRoundsOptions<Level, Batch>) {
    if (options.adaptation) this.adaptations = new Adaptations(options);
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
    const { level, door, learner, actors } = this.options;
    const model = await door.model(level, version);
    if (model === undefined) throw new ModelRefusedError(`there is no ${level} level model v${version}`);
    this.check(model);
    await learner.adopt(model.version, model.parameters);
    actors.adopt(model.parameters);
    this.adopted = model;
    if (this.awaited?.version === version) this.awaited.adopted();
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
   * To be called for every report before it is looked at. Gives the round that is under way: in lockstep it is to be
   * awaited before the decision.
   */
  beforeDecision({ nodeId, timeMs, lockstep, a1Out = false }: DueReport): Promise<void> | undefined {
    // A simulator that began anew counts from 0 again.
    const anew = this.instantMs - timeMs > this.options.roundPeriodMs;
    if (anew) {
      this.lastRoundMs = 0;
      this.presence.beginAnew();
    }
    if (anew || !lockstep) this.release();
    if (timeMs !== this.instantMs) {
      const endedMs = Math.min(this.instantMs, timeMs);
      this.instantMs = timeMs;
      const mayBegin = this.underWay === undefined && !(lockstep && a1Out);
      if (mayBegin && endedMs - this.lastRoundMs >= this.options.roundPeriodMs) {
        this.lastRoundMs = endedMs;
        for (const gone of this.presence.takeGone(endedMs)) this.forget(gone);
        this.underWay = this.round(endedMs, lockstep)
          .catch((error: unknown) =>
            this.warnOnce(`no ${this.options.level} level learning: ${String(error)}`),
          )
          .finally(() => (this.underWay = undefined));
      }
    }
    // After the round began: who is gone by then depends on no order within an instant.
    this.presence.seen(nodeId, timeMs);
    return this.underWay;
  }

  private forget(nodeId: string): void {
    const { level, learner, onGone, info } = this.options;
    this.tallies.delete(nodeId);
    this.adaptations?.forget(nodeId);
    onGone(nodeId);
    learner.forget(nodeId).catch(() => undefined);
    info(`${nodeId} is forgotten on the ${level} level: no report for ${GONE_AFTER_MS / 1_000} s`);
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

  /** One round. In real time it ends with the last contribution sent, in lockstep with the adoption; then DUs adapt. */
  private async round(timeMs: number, lockstep: boolean): Promise<void> {
    const { level, learner } = this.options;
    const participants = await this.handOver();
    const modelVersion = this.adopted?.version;
    if (modelVersion === undefined || participants.length === 0) return;
    const round = await this.open({ level, modelVersion, participants, engine: learner.engine, timeMs });
    // Without the round, or its model, a lockstep run would not repeat: the barrier runs out of patience and ends it.
    const held = lockstep ? this.hold() : undefined;
    if (round === undefined) return held;
    const tallies = new Map(this.tallies);
    this.tallies.clear();
    const closed = new Promise<ClosedRound>((resolve) => this.closedRounds.set(round, resolve));
    await Promise.all(
      participants.map((nodeId) => this.contribute({ nodeId, round, modelVersion }, tallies.get(nodeId))),
    );
    if (held !== undefined) {
      const outcome = await Promise.race([closed, held]);
      await (outcome.settled ? Promise.race([this.adoption(outcome.modelVersion), held]) : held);
    } else if (this.adaptations !== undefined) {
      // By what is in force then, whatever came of the round.
      const adopted = closed.then(({ modelVersion: next }) => this.adoption(next));
      await Promise.race([adopted, sleep(ADOPTION_PATIENCE_MS, undefined, { ref: false })]);
    }
    this.closedRounds.delete(round);
    await this.adaptations?.run(participants, round, () => this.adopted?.version);
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
      const adaptation = this.adaptations?.take(nodeId);
      await door.contribute({
        ...{ level, ...part, ...reward, ...(adaptation !== undefined && { adaptation }) },
        ...{ gradient, tdVariance, supportSamples, querySamples },
      });
    } catch (error) {
      this.warnOnce(`${level} level round ${round}, contribution of ${nodeId}: ${(error as Error).message}`);
    }
  }

  private adoption(version: number): Promise<void> {
    if (this.adopted?.version === version) return Promise.resolve();
    return new Promise((adopted) => (this.awaited = { version, adopted }));
  }

  /** Trouble that lasts is told once; what is over by the next round is not worth a line. */
  private warnOnce(line: string): void {
    this.failures += 1;
    if (this.failures === TOLD_FAILURE) this.options.warn(line);
  }
}
