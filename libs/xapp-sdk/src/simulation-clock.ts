import { type Report } from './report.js';

/** Simulation time that is so much earlier than before is that of another simulation. */
const NEW_SIMULATION_MS = 10_000;

/** Told the simulation time, ms; in lockstep that time waits until the promise settles. */
export type TimerHandler = (timeMs: number) => Promise<void> | void;

/** Ends a timer. */
export type Cancel = () => void;

interface Timer {
  readonly afterMs: number;
  readonly repeats: boolean;
  readonly handler: TimerHandler;
  /** Not known before the first report. */
  dueMs: number;
}

/**
 * Timers on simulation time, as reports tell it: one is due before the handler of the first report at or past its time.
 * Reports of one instant come in any order; what has fired by them is the same.
 */
export class SimulationClock {
  private readonly timers = new Set<Timer>();
  private nowMs: number | undefined;
  private nextMs = Infinity;

  constructor(private readonly onFault: (error: unknown) => void) {}

  /** Fires at the multiples of the period, once where reports skip several. @throws RangeError unless positive */
  every(periodMs: number, handler: TimerHandler): Cancel {
    return this.add({ afterMs: periodMs, repeats: true, handler });
  }

  /** Fires once. @throws RangeError unless positive */
  after(delayMs: number, handler: TimerHandler): Cancel {
    return this.add({ afterMs: delayMs, repeats: false, handler });
  }

  /** A report has come: fires what is due, and gives the promise of what that began, if anything was due. */
  advance({ timeMs, periodMs }: Pick<Report, 'timeMs' | 'periodMs'>): Promise<unknown> | undefined {
    if (this.nowMs === undefined || timeMs < this.nowMs - NEW_SIMULATION_MS) this.beginAt(timeMs - periodMs);
    if (this.nowMs !== undefined && timeMs <= this.nowMs) return undefined;
    this.nowMs = timeMs;
    if (timeMs < this.nextMs) return undefined;
    const due = [...this.timers].filter(({ dueMs }) => dueMs <= timeMs).sort((a, b) => a.dueMs - b.dueMs);
    const fired = due.map((timer) => this.fire(timer, timeMs));
    this.nextMs = Math.min(...[...this.timers].map(({ dueMs }) => dueMs));
    return Promise.all(fired);
  }

  private add(wanted: Omit<Timer, 'dueMs'>): Cancel {
    if (!(wanted.afterMs > 0)) throw new RangeError(`a timer of ${wanted.afterMs} ms: expected more than 0`);
    const timer = { ...wanted, dueMs: Infinity };
    this.timers.add(timer);
    if (this.nowMs !== undefined) this.setDue(timer, this.nowMs);
    return () => this.timers.delete(timer);
  }

  private beginAt(timeMs: number): void {
    this.nowMs = timeMs;
    this.nextMs = Infinity;
    for (const timer of this.timers) this.setDue(timer, timeMs);
  }

  private setDue(timer: Timer, fromMs: number): void {
    const { afterMs, repeats } = timer;
    timer.dueMs = repeats ? (Math.floor(fromMs / afterMs) + 1) * afterMs : fromMs + afterMs;
    this.nextMs = Math.min(this.nextMs, timer.dueMs);
  }

  private async fire(timer: Timer, timeMs: number): Promise<void> {
    // One that was fired before it may have ended it.
    if (!this.timers.has(timer)) return;
    if (timer.repeats) this.setDue(timer, timeMs);
    else this.timers.delete(timer);
    try {
      await timer.handler(timeMs);
    } catch (error) {
      this.onFault(error);
    }
  }
}
