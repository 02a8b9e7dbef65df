import { setTimeout as sleep } from 'node:timers/promises';
import { type Bus } from '@ricochet/bus';
import { lockstepPeriod, lockstepReady, simulationGate } from '@ricochet/contracts';
import { messageOf, RicochetError } from '@ricochet/platform';
import { BASE_PERIOD_MS } from '../report-windows.js';
import { type Simulation } from '../simulation.js';

export interface LockstepClockOptions {
  readonly bus: Bus;
  readonly untilMs: number;
  readonly signal: AbortSignal;
  /** Simulation time between two questions to who records, ms; 0 or absent: nobody does. */
  readonly gateMs?: number;
  readonly onWaiting: (waitingFor: readonly string[]) => void;
}

const READY_POLL_MS = 20;
const READY_TIMEOUT_MS = 60_000;
const PERIOD_TIMEOUT_MS = 30_000;
const ASK_TIMEOUT_MS = 5_000;
/** An xApp may be replaced meanwhile, which takes its time. */
const GATE_TIMEOUT_MS = 120_000;

/** Somebody did not come, or did not answer; says who and at what simulation time. */
export class LockstepError extends RicochetError {
  constructor(message: string) {
    super('LOCKSTEP_BROKEN', message);
  }
}

/**
 * Steps the simulation as fast as the RIC answers: one barrier holds all nodes, and simulation time goes on
 * when every handler has settled.
 * @throws LockstepError naming who is missing.
 */
export async function runInLockstep(simulation: Simulation, options: LockstepClockOptions): Promise<void> {
  const { bus, untilMs, signal } = options;
  while (!signal.aborted && simulation.timeMs < untilMs) {
    const isOtherwise = await passGate(simulation, options);
    simulation.events.playDue();
    // What a node sends over SCTP and what we ask the RIC over NATS come in any order: nothing may be on its way.
    await endProcedures(simulation, signal);
    if (simulation.events.takeDisturbed() || isOtherwise) await waitUntilReady(simulation, options);
    if (signal.aborted) return;
    simulation.advance(BASE_PERIOD_MS);
    simulation.endPeriod();
    for (const send of simulation.dueReports()) send();
    const { timeMs, indicationsSent: indications } = simulation;
    const period = { timeMs, timeoutMs: PERIOD_TIMEOUT_MS, indications };
    const answer = bus
      .request(lockstepPeriod, period, PERIOD_TIMEOUT_MS + ASK_TIMEOUT_MS)
      .catch((error: unknown) => {
        if (signal.aborted) return { missing: [] };
        throw new LockstepError(`at ${timeMs} ms: the Near-RT RIC does not answer: ${messageOf(error)}`);
      });
    simulation.sample();
    const { missing } = await answer;
    if (missing.length > 0) {
      throw new LockstepError(
        `at ${timeMs} ms: not settled within ${PERIOD_TIMEOUT_MS} ms: ${missing.join(', ')}`,
      );
    }
    simulation.executePending();
  }
}

/** Waits for who records, when it is time to; gives whether others decide from now on. */
async function passGate(
  { timeMs }: Simulation,
  { bus, signal, gateMs = 0 }: LockstepClockOptions,
): Promise<boolean> {
  if (gateMs === 0 || timeMs === 0 || timeMs % gateMs !== 0) return false;
  try {
    return (await bus.request(simulationGate, { timeMs }, GATE_TIMEOUT_MS)).disturbed;
  } catch (error) {
    if (signal.aborted) return false;
    throw new LockstepError(`at ${timeMs} ms: who records does not answer: ${messageOf(error)}`);
  }
}

async function endProcedures(simulation: Simulation, signal: AbortSignal): Promise<void> {
  try {
    await simulation.events.proceduresEnded();
  } catch (error) {
    if (signal.aborted) return;
    throw new LockstepError(`at ${simulation.timeMs} ms: ${messageOf(error)}`);
  }
}

async function waitUntilReady(simulation: Simulation, options: LockstepClockOptions): Promise<void> {
  const { bus, signal, onWaiting } = options;
  let waitingFor: readonly string[] = ['the Near-RT RIC'];
  let told = '';
  for (let waitedMs = 0; waitedMs < READY_TIMEOUT_MS && !signal.aborted; waitedMs += READY_POLL_MS) {
    const { expectedNodes: nodes, goneNodes: gone } = simulation.events;
    const reply = await bus.request(lockstepReady, { nodes, gone }, ASK_TIMEOUT_MS).catch(() => undefined);
    waitingFor = reply?.waitingFor ?? ['the Near-RT RIC'];
    if (waitingFor.length === 0) return;
    if (waitingFor.join() !== told) onWaiting(waitingFor);
    told = waitingFor.join();
    await sleep(READY_POLL_MS, undefined, { signal }).catch(() => undefined);
  }
  if (signal.aborted) return;
  throw new LockstepError(
    `at ${simulation.timeMs} ms: not there within ${READY_TIMEOUT_MS / 1000} s: ${waitingFor.join(', ')}`,
  );
}
