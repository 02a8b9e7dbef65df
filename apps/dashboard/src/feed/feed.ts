import {
  type Conflict,
  type NonRtStatus,
  type RicStatus,
  type RoundClosed,
  type SimulationFinished,
  type SimulationPositions,
  type SimulationSample,
} from '@ricochet/contracts';
import { EventLog } from './event-log.js';
import { FrameHistory } from './frame-history.js';
import { frameOf, runInfoOf } from './frame-of.js';
import { type RunInfo, type StreamName } from './frame.js';
import { newLines } from './new-lines.js';
import { Ring } from './ring.js';

const MEGA = 1_000_000;
const MINUTES = { entries: 600, length: 16 * MEGA };
const STATE_EVERY_MS = 1_000;
const KEPT_ROUNDS = 240;

/** Takes what is published, keeps the last minutes of it, and tells it on as texts that are made once. */
export class Feed {
  private run: RunInfo | undefined;
  private timeMs: number | null = null;
  private readonly frames = new FrameHistory();
  private readonly positions = new Ring(MINUTES);
  private readonly states = new Ring(MINUTES);
  private readonly log: EventLog;
  private rounds: { readonly level: string; readonly text: string }[] = [];
  private ricText = 'null';
  private nonRtText = 'null';
  private ricLog: readonly string[] = [];
  private nonRtLog: readonly string[] = [];
  private stateAtMs = -Infinity;
  /** Made once for all who ask until something new is told. */
  private historyText: string | undefined;
  private readonly tell: (name: StreamName, text: string) => void;

  /**
   * @param tell hears each message of the stream
   * @param lastLogId what has happened is numbered from the next on
   */
  constructor(tell: (name: StreamName, text: string) => void, lastLogId = 0) {
    this.tell = (name, text) => {
      this.historyText = undefined;
      tell(name, text);
    };
    this.log = new EventLog((entry) => this.tell('log', JSON.stringify(entry)), lastLogId);
  }

  sample(sample: SimulationSample): void {
    const { timeMs, events } = sample;
    if (sample.run.runId !== this.run?.runId) this.begin(runInfoOf(sample));
    this.timeMs = timeMs;
    this.tell('frame', this.frames.add(frameOf(sample)));
    for (const text of events) this.log.add({ timeMs, kind: 'event', serious: false, text });
    if (timeMs - this.stateAtMs < STATE_EVERY_MS) return;
    this.stateAtMs = timeMs;
    this.states.add({ timeMs, text: `"ric":${this.ricText},"nonrt":${this.nonRtText}` });
  }

  finished({ run, timeMs, fault }: SimulationFinished): void {
    const text = fault === undefined ? `${run.scenario} has ended` : `${run.scenario} ended: ${fault}`;
    this.log.add({ timeMs, kind: 'run', serious: fault !== undefined, text });
  }

  where(positions: SimulationPositions): void {
    const text = JSON.stringify(positions);
    this.positions.add({ timeMs: positions.timeMs, text });
    this.tell('positions', text);
  }

  ric({ log, ...status }: RicStatus): void {
    for (const text of newLines(this.ricLog, log)) this.note('ric', text);
    this.ricLog = log;
    this.ricText = this.change('ric', this.ricText, status);
  }

  nonRt({ log, ...status }: NonRtStatus): void {
    for (const text of newLines(this.nonRtLog, log)) this.note('learning', text);
    this.nonRtLog = log;
    this.nonRtText = this.change('nonrt', this.nonRtText, status);
  }

  round(round: RoundClosed): void {
    const text = JSON.stringify(round);
    this.rounds.push({ level: round.level, text });
    if (this.rounds.length > KEPT_ROUNDS) this.rounds.shift();
    this.tell('round', text);
    if (round.rolledBack) {
      this.note('learning', `${round.level} level: ${round.note ?? 'rolled back'}`, true);
    }
  }

  conflict({ text, decision, atMs }: Conflict): void {
    this.log.add({ timeMs: atMs, kind: 'conflict', serious: decision !== 'noted', text });
  }

  /** All that a page needs that has just opened: JSON. */
  history(): string {
    this.historyText ??= this.makeHistory();
    return this.historyText;
  }

  /** What of a moment the frames do not have: JSON. */
  at(timeMs: number): string {
    const state = this.states.at(timeMs) ?? '"ric":null,"nonrt":null';
    return `{"positions":${this.positions.at(timeMs) ?? 'null'},${state}}`;
  }

  private makeHistory(): string {
    const rounds = this.rounds.map(({ text }) => text).join(',');
    return (
      `{"run":${JSON.stringify(this.run ?? null)},"frames":${this.frames.json()},` +
      `"positions":${this.positions.at(Infinity) ?? 'null'},"ric":${this.ricText},"nonrt":${this.nonRtText},` +
      `"rounds":[${rounds}],"log":${JSON.stringify(this.log.latest)}}`
    );
  }

  private begin(run: RunInfo): void {
    this.run = run;
    this.frames.clear();
    this.positions.clear();
    this.states.clear();
    this.rounds = [];
    this.stateAtMs = -Infinity;
    this.tell('run', JSON.stringify(run));
    const text = `${run.scenario}, seed ${run.seed}, controller ${run.controller} begins`;
    this.log.add({ timeMs: 0, kind: 'run', serious: false, text });
  }

  /** Gives the text of what is new, and tells it when it is. */
  private change(name: 'ric' | 'nonrt', before: string, status: object): string {
    const text = JSON.stringify(status);
    if (text !== before) this.tell(name, text);
    return text;
  }

  private note(kind: 'ric' | 'learning', text: string, serious = false): void {
    this.log.add({ timeMs: this.timeMs, kind, serious, text });
  }
}
