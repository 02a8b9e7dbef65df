import type { MeasurementReport } from '@ricochet/ran-types';
import type { SeededRandom } from '../seeded-random.js';

/** The way of one DU's reports of one level to its controllers: late, and not always. */
export class ReportChannel {
  private waiting: MeasurementReport[] = [];

  constructor(
    private readonly way: { readonly delayMs: number; readonly loss: number },
    private readonly random: SeededRandom,
  ) {}

  /** Sends the newest report off, and gives the one that arrives now, if any does. */
  pass(report: MeasurementReport): MeasurementReport | undefined {
    const { delayMs, loss } = this.way;
    this.waiting.push(report);
    // Drawn whether or not it can be lost, so that a run with losses differs by them alone.
    const lost = this.random.uniform() < loss;
    const [oldest] = this.waiting;
    if (oldest === undefined || oldest.timeMs > report.timeMs - delayMs) return undefined;
    this.waiting.shift();
    return lost ? undefined : oldest;
  }

  save(): ChannelState {
    return { waiting: [...this.waiting], random: this.random.state };
  }

  restore({ waiting, random }: ChannelState): void {
    this.waiting = [...waiting];
    this.random.state = random;
  }
}

export interface ChannelState {
  readonly waiting: readonly MeasurementReport[];
  readonly random: number;
}
