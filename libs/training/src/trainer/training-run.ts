import { setImmediate as turn } from 'node:timers/promises';
import { resolveRadioConfig } from '@ricochet/radio';
import { createEngine, type EngineKind, type EngineName } from '@ricochet/rl';
import { type TaskFamily } from '@ricochet/scenario';
import { startTaskGroup, type TaskGroupStart } from './start-task-group.js';
import { type LevelModels } from './task-group.js';
import { TaskGroupThread } from './task-group-thread.js';
import { type RoundReport, type TaskDoor, Trainer, type TrainerState } from './trainer.js';
import { type TrainingConfig } from './training-config.js';
import { Turns } from './turns.js';

/** Memory of the meta update, MiB; pages cost nothing until they are used. */
const ARENA_MEBIBYTES = 128;

export interface TrainingRunOptions {
  readonly family: TaskFamily;
  readonly config: TrainingConfig;
  readonly seed: number;
  /** What is not `simd128` needs `prepareEngines` before. */
  readonly engine: EngineKind;
  /** Networks that are computed at the same time, each in a thread of its own; 0: one after the other, in this thread. */
  readonly threads: number;
  /** A clock, ms. */
  readonly now: () => number;
  /** Networks to begin with; fresh ones when absent. */
  readonly models?: LevelModels;
}

export interface TrainingCourse {
  /** To go on from, of a run with the same options; `threads` apart. */
  readonly from?: TrainerState;
  /** Rounds end early after the one in which it aborts. */
  readonly signal?: AbortSignal;
  /** After each round. */
  readonly onRound?: (report: RoundReport) => void;
  /** Before the first round, where an episode is to begin, and after the last round: all that is needed to go on from there. */
  readonly onState?: (state: TrainerState) => void | Promise<void>;
}

/**
 * One training on a family's training split, as a whole. The same family, configuration, seed and engine give the same
 * bits, in however many threads, and however often it was stopped and gone on with.
 */
export class TrainingRun {
  readonly engine: EngineName;
  private readonly trainer: Trainer;
  private readonly threads: readonly TaskGroupThread[];

  /**
   * @throws RadioConfigError for a network that can not be
   * @throws LearningError an engine that is not there
   */
  constructor(private readonly options: TrainingRunOptions) {
    const { family, config, seed, engine: kind, threads, now, models } = options;
    // Here, where its error keeps its type, and not in the threads.
    resolveRadioConfig(family.splits.training);
    const engine = createEngine({ engine: kind, mebibytes: ARENA_MEBIBYTES });
    this.engine = engine.name;
    const starts = Array.from({ length: config.networks }, (_, network) => startOf(options, network));
    this.threads = threads > 0 ? starts.map((start) => new TaskGroupThread(start)) : [];
    const groups =
      threads > 0 ? inTurns(this.threads, new Turns(threads)) : starts.map((start) => startTaskGroup(start));
    this.trainer = new Trainer({ engine, config, seed, groups, now, ...(models && { models }) });
  }

  get models(): LevelModels {
    return this.trainer.models;
  }

  /**
   * Goes through the rounds to the last one, or until it is aborted.
   * @returns whether all rounds are done
   * @throws LearningError what can not be learned from; a state of other networks
   */
  async run({ from, signal, onRound, onState }: TrainingCourse = {}): Promise<boolean> {
    const { trainer } = this;
    const { rounds } = this.options.config;
    if (from !== undefined) await trainer.restore(from);
    while (trainer.round < rounds && signal?.aborted !== true) {
      if (trainer.atEpisode) await onState?.(await trainer.state());
      const report = await trainer.next();
      onRound?.(report);
      // Without threads nothing else lets signals and timers in.
      await turn();
    }
    const done = trainer.round >= rounds;
    if (done) await onState?.(await trainer.state());
    return done;
  }

  /** Ends the threads. */
  async stop(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.stop()));
  }
}

function startOf({ family, config, seed, engine }: TrainingRunOptions, network: number): TaskGroupStart {
  const { preset, method, batch, innerRate, innerClip, tau, learningDus } = config;
  return {
    engine,
    options: {
      ...{ family, split: 'training', network, seed, preset, batch },
      learner: { tau, inner: { method, rate: innerRate, clipNorm: innerClip } },
      ...(learningDus !== undefined && { learningDus: network === 0 ? learningDus : 0 }),
    },
  };
}

/** The networks, not all of them at once. */
function inTurns(doors: readonly TaskDoor[], turns: Turns): TaskDoor[] {
  return doors.map((door) => ({
    begin: (...args) => turns.take(() => door.begin(...args)),
    collect: (...args) => turns.take(() => door.collect(...args)),
    contribute: (...args) => turns.take(() => door.contribute(...args)),
    snapshot: () => door.snapshot(),
    restore: (snapshot) => door.restore(snapshot),
  }));
}
