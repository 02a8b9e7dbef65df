import { SingleBar } from 'cli-progress';
import { LEVELS, type RoundReport } from '@ricochet/training';
import { decisionsPerSecond, timesOf, weightRange } from './round-figures.js';

/** Rounds that rates are taken over. */
const RATE_ROUNDS = 10;
const LINE_PERIOD_MS = 3_000;

export interface ProgressOptions {
  /** Of the whole training. */
  readonly rounds: number;
  /** Done before. */
  readonly from: number;
  /** Lines now and then instead of a bar. */
  readonly plain: boolean;
}

/** How a training goes, on standard error. */
export class TrainingProgress {
  private readonly bar: SingleBar | undefined;
  private readonly recent: RoundReport[] = [];
  private lastLineMs = -Infinity;

  constructor(private readonly options: ProgressOptions) {
    if (options.plain) return;
    this.bar = new SingleBar({
      format: '{bar} {percentage} %  {figures}',
      barsize: 20,
      clearOnComplete: true,
      hideCursor: true,
      noTTYOutput: false,
    });
    this.bar.start(options.rounds, options.from, { figures: '' });
  }

  /** @param nowMs by a clock */
  add(report: RoundReport, nowMs: number): void {
    this.recent.push(report);
    if (this.recent.length > RATE_ROUNDS) this.recent.shift();
    const figures = this.figures(report);
    this.bar?.update(report.round, { figures });
    if (this.bar !== undefined || (nowMs - this.lastLineMs < LINE_PERIOD_MS && !this.isLast(report))) return;
    this.lastLineMs = nowMs;
    process.stderr.write(`${figures}\n`);
  }

  stop(): void {
    this.bar?.stop();
  }

  private figures(report: RoundReport): string {
    const { rounds } = this.options;
    const levels = LEVELS.flatMap((level) => {
      const range = weightRange(report, level);
      if (range === undefined) return [];
      const variance = report.levels[level].tdVariance.toPrecision(2);
      return [`${level} TD var ${variance}, weights ${range.min.toFixed(3)}..${range.max.toFixed(3)}`];
    });
    const roundMs = timesOf(this.recent).total / this.recent.length;
    return [
      `round ${report.round}/${rounds}`,
      `reward ${report.reward.toFixed(3)}`,
      ...levels,
      `${decisionsPerSecond(this.recent).toFixed(0)} decisions/s`,
      `ETA ${duration((rounds - report.round) * roundMs)}`,
    ].join('; ');
  }

  private isLast({ round }: RoundReport): boolean {
    return round === this.options.rounds;
  }
}

/** `1 h 02 min`, `3 min 20 s` or `5 s`. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} min`;
  return seconds >= 60 ? `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s` : `${seconds} s`;
}
