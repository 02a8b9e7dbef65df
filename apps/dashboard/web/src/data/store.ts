import {
  type NonRtStatus,
  type RicStatus,
  type RoundClosed,
  type SimulationPositions,
} from '@ricochet/contracts';
import { type Frame, type LogEntry, type RunInfo } from '../../../src/feed/frame.js';
import { Frames } from './frames.js';

/** What the RICs tell, but for their logs. */
export type Ric = Omit<RicStatus, 'log'>;
export type NonRt = Omit<NonRtStatus, 'log'>;

/** What the gateway gives a page that has just opened. */
export interface History {
  readonly run: RunInfo | null;
  readonly frames: readonly Frame[];
  readonly positions: SimulationPositions | null;
  readonly ric: Ric | null;
  readonly nonrt: NonRt | null;
  readonly rounds: readonly RoundClosed[];
  readonly log: readonly LogEntry[];
}

/** What of a moment the frames do not have. */
export type Moment = Pick<History, 'positions' | 'ric' | 'nonrt'>;

export type Connection = 'connecting' | 'open' | 'lost';

const KEPT_ROUNDS = 240;
const KEPT_LOG = 400;

/** All that the page knows. */
export class Store {
  run: RunInfo | undefined;
  readonly frames = new Frames();
  positions: SimulationPositions | undefined;
  ric: Ric | undefined;
  nonrt: NonRt | undefined;
  rounds: RoundClosed[] = [];
  log: LogEntry[] = [];
  connection: Connection = 'connecting';
  /** What the stream has told since the history was asked for, and knows better. */
  private readonly told = new Set<string>();
  /** Counts changes. */
  version = 0;

  begin(run: RunInfo): void {
    if (run.runId !== this.run?.runId) {
      this.frames.clear();
      this.rounds = [];
      this.positions = undefined;
    }
    this.run = run;
    this.version += 1;
  }

  /** A history is asked for now. */
  asksForHistory(): void {
    this.told.clear();
  }

  load({ run, frames, positions, ric, nonrt, rounds, log }: History): void {
    if (run !== null) this.begin(run);
    this.frames.merge(frames);
    // What the stream has told meanwhile stays.
    if (!this.told.has('positions')) this.positions = positions ?? this.positions;
    if (!this.told.has('ric')) this.ric = ric ?? this.ric;
    if (!this.told.has('nonrt')) this.nonrt = nonrt ?? this.nonrt;
    this.rounds = joined(rounds, this.rounds, ({ level, round }) => `${level} ${round}`).slice(-KEPT_ROUNDS);
    this.log = joined(log, this.log, ({ id }) => id)
      .sort((a, b) => a.id - b.id)
      .slice(-KEPT_LOG);
    this.version += 1;
  }

  frame(frame: Frame): void {
    this.frames.add(frame);
    this.version += 1;
  }

  /** Something else that came, by the stream's name for it. */
  change(values: Partial<Pick<Store, 'positions' | 'ric' | 'nonrt' | 'connection'>>): void {
    Object.assign(this, values);
    for (const name of Object.keys(values)) this.told.add(name);
    this.version += 1;
  }

  round(round: RoundClosed): void {
    this.rounds = [...this.rounds, round].slice(-KEPT_ROUNDS);
    this.version += 1;
  }

  note(entry: LogEntry): void {
    if (this.log.some(({ id }) => id === entry.id)) return;
    this.log = [...this.log, entry].slice(-KEPT_LOG);
    this.version += 1;
  }
}

/** The first list, and of the other what it has not. */
function joined<T>(list: readonly T[], others: readonly T[], keyOf: (entry: T) => unknown): T[] {
  const known = new Set(list.map(keyOf));
  return [...list, ...others.filter((entry) => !known.has(keyOf(entry)))];
}
