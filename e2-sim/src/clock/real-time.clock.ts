import { setTimeout as sleep } from 'node:timers/promises';
import { BASE_PERIOD_MS } from '../report-windows.js';
import { type Simulation } from '../simulation.js';

export interface RealTimeClockOptions {
  /** Simulated over wall time. */
  readonly speed: number;
  /** Simulation time of the end; 0 for none. */
  readonly untilMs: number;
  readonly nowMs: () => number;
  readonly signal: AbortSignal;
  readonly onLate: (lateMs: number) => void;
}

/** Later than this, the clock stops catching up and goes on from where it is. */
const GIVE_UP_CATCHING_UP_MS = 1_000;

/** Steps the simulation along the wall clock. Time goes on whether anybody answers or not. */
export async function runInRealTime(simulation: Simulation, options: RealTimeClockOptions): Promise<void> {
  const { speed, untilMs, nowMs, signal, onLate } = options;
  const stepMs = BASE_PERIOD_MS / speed;
  let dueMs = nowMs();
  while (!signal.aborted && (untilMs === 0 || simulation.timeMs < untilMs)) {
    simulation.step();
    await simulation.report();
    simulation.sample();
    dueMs += stepMs;
    const lateMs = nowMs() - dueMs;
    if (lateMs > GIVE_UP_CATCHING_UP_MS) {
      onLate(lateMs);
      dueMs = nowMs();
    }
    // Even when late the loop yields: controls must get in.
    await sleep(Math.max(0, -lateMs), undefined, { signal }).catch(() => undefined);
  }
}
