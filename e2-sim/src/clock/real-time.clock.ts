import { setImmediate as yields, setTimeout as sleep } from 'node:timers/promises';
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
 * What goes out in one tick wakes each process on its way once: shorter ticks cost a fifth more of a machine, and on a
 * busy one that is what controls wait for.
 */
const TICK_MS = 2;

/**
 * Steps the simulation along the wall clock, some slots a tick. Time goes on whether anybody answers or not.
 *
 * The reports of a period go out over the ticks of the next one, but for its last: DUs are not in step with each other,
 * and no two of them report in the same instant. So no control has to wait for the slots of a whole period.
 */
export async function runInRealTime(simulation: Simulation, options: RealTimeClockOptions): Promise<void> {
  const { speed, untilMs, nowMs, signal, onLate } = options;
  const periodMs = BASE_PERIOD_MS / speed;
  const ticks = Math.min(BASE_PERIOD_MS, Math.max(1, Math.floor(periodMs / TICK_MS)));
  let outgoing: (() => void)[] = [];
  let fromMs = nowMs();
  while (!signal.aborted && (untilMs === 0 || simulation.timeMs < untilMs)) {
    simulation.events.playDue();
    const sendingTicks = Math.max(1, ticks - 1);
    let sent = 0;
    for (let tick = 1; tick <= ticks && !signal.aborted; tick++) {
      const slots =
        Math.round((BASE_PERIOD_MS * tick) / ticks) - Math.round((BASE_PERIOD_MS * (tick - 1)) / ticks);
      simulation.advance(slots);
      const upTo = Math.ceil((outgoing.length * tick) / sendingTicks);
      for (const send of outgoing.slice(sent, upTo)) send();
      sent = upTo;
      await until(fromMs + (periodMs * tick) / ticks, options);
    }
    if (signal.aborted) return;
    simulation.endPeriod();
    outgoing = [...simulation.dueReports(), () => simulation.sample()];
    fromMs += periodMs;
    const lateMs = nowMs() - fromMs;
    if (lateMs > GIVE_UP_CATCHING_UP_MS) {
      onLate(lateMs);
      fromMs = nowMs();
    }
  }
  for (const send of outgoing) send();
}

/** Waits until then. Even when that has passed it yields: controls must get in. */
async function until(dueMs: number, { nowMs, signal }: RealTimeClockOptions): Promise<void> {
  const restMs = dueMs - nowMs();
  if (restMs < TICK_MS / 2) await yields();
  else await sleep(restMs, undefined, { signal }).catch(() => undefined);
}
