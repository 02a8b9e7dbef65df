import {
  type LearningLevel,
  type RicStatus,
  type RoundClosed,
  type SimulationSample,
} from '@ricochet/contracts';
import { createLogUpdate } from 'log-update';
import { plainLine } from './plain-line.js';
import { renderScreen } from './screen.js';

const REFRESH_MS = 250;
const PLAIN_EVERY_MS = 1_000;
const KEPT_LINES = 4;

export interface LiveViewOptions {
  /** Lines instead of a screen: for logs and pipes. */
  readonly plain: boolean;
  readonly stream: NodeJS.WriteStream;
  /** Emulated nodes run, and will be heard of. */
  readonly emulatesNodes: boolean;
}

/** Shows the latest that is known, refreshed in place. */
export class LiveView {
  private latestSample: SimulationSample | undefined;
  private latestStatus: RicStatus | undefined;
  private readonly rounds = new Map<LearningLevel, RoundClosed>();
  private readonly lines: string[] = [];
  private lastLine = '';
  private notice: readonly string[] = [];
  private readonly update: ReturnType<typeof createLogUpdate>;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: LiveViewOptions) {
    this.update = createLogUpdate(options.stream);
  }

  start(): void {
    this.timer = setInterval(() => this.refresh(), this.options.plain ? PLAIN_EVERY_MS : REFRESH_MS);
    this.refresh();
  }

  stop(): void {
    if (this.timer === undefined) return;
    clearInterval(this.timer);
    if (!this.options.plain) this.update.done();
  }

  sample(sample: SimulationSample): void {
    this.latestSample = sample;
    for (const event of sample.events) this.line(`${(sample.timeMs / 1000).toFixed(1)} s: ${event}`);
  }

  status(status: RicStatus): void {
    const { sctp } = status;
    if (sctp !== undefined && sctp !== this.latestStatus?.sctp) this.line(`E2 over SCTP: ${sctp}`);
    this.latestStatus = status;
  }

  round(round: RoundClosed): void {
    this.rounds.set(round.level, round);
    if (round.rolledBack) this.line(`${round.level} level: ${round.note ?? 'rolled back'}`);
  }

  /** Lines that stay in sight, instead of those before. */
  notify(notice: readonly string[]): void {
    this.notice = notice;
    if (this.options.plain) for (const line of notice) this.line(line);
  }

  /** Something happened that a person should know. */
  line(line: string): void {
    if (line === this.lastLine) return;
    this.lastLine = line;
    if (this.options.plain) {
      this.options.stream.write(`${line}\n`);
      return;
    }
    this.lines.push(line);
    if (this.lines.length > KEPT_LINES) this.lines.shift();
  }

  private refresh(): void {
    const state = {
      sample: this.latestSample,
      status: this.latestStatus,
      rounds: this.rounds,
      lines: this.lines,
      emulatesNodes: this.options.emulatesNodes,
      notice: this.notice,
    };
    if (this.options.plain) this.options.stream.write(`${plainLine(state)}\n`);
    else this.update(renderScreen(state, this.options.stream.rows ?? 50));
  }
}
