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

/**
 * Parts of the base period over which the nodes' reports of one kind are spread, the shortest period first: DUs
 * are not in step with each other, and no two of them report in the same instant.
 */
const SPREADS = [0.4, 0.4] as const;
const LAST_SPREAD = 0.1;

/** Steps the simulation along the wall clock. Time goes on whether anybody answers or not. */
export async function runInRealTime(simulation: Simulation, options: RealTimeClockOptions): Promise<void> {
  const { speed, untilMs, nowMs, signal, onLate } = options;
  const stepMs = BASE_PERIOD_MS / speed;
  const until = async (dueMs: number): Promise<void> => {
    await sleep(Math.max(0, dueMs - nowMs()), undefined, { signal }).catch(() => undefined);
  };
  let dueMs = nowMs();
  while (!signal.aborted && (untilMs === 0 || simulation.timeMs < untilMs)) {
    simulation.playEvents();
    simulation.step();
    let spreadFromMs = dueMs;
    for (const [kind, sends] of simulation.dueReports().entries()) {
      const spreadMs = stepMs * (SPREADS[kind] ?? LAST_SPREAD);
      for (const [i, send] of sends.entries()) {
        const sendAtMs = spreadFromMs + (spreadMs * i) / sends.length;
        if (sendAtMs > nowMs()) await until(sendAtMs);
        send();
      }
      spreadFromMs += spreadMs;
    }
    await until(spreadFromMs);
    simulation.sample();
    dueMs += stepMs;
    const lateMs = nowMs() - dueMs;
    if (lateMs > GIVE_UP_CATCHING_UP_MS) {
      onLate(lateMs);
      dueMs = nowMs();
    }
    // Even when late the loop yields: controls must get in.
    await until(dueMs);
  }
}
