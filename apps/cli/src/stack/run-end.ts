import { setTimeout as sleep } from 'node:timers/promises';
import { ricStatus, simulationFinished, type SimulationFinished } from '@ricochet/contracts';
import { CliError } from '../cli.error.js';
import { describeEnd } from './service-process.js';
import { type Stack } from './stack.js';

const DELIVERY_TIMEOUT_MS = 2_000;

export interface EndOfRunOptions {
  /** The end of an xApp's process ends the run; otherwise xApps are started again. */
  readonly endsWithXApps?: boolean | undefined;
}

/**
 * The end of the simulation, by its own word. To be asked for before the stack begins.
 * @throws {CliError} when it can not come: an xApp is parked, or a service ended before
 */
export async function endOfRun(
  stack: Stack,
  { endsWithXApps = false }: EndOfRunOptions = {},
): Promise<SimulationFinished> {
  const finished = new Promise<SimulationFinished>((resolve) => {
    stack.bus.subscribe(simulationFinished, resolve);
  });
  const crashed = stack.simulated.then(async (end) => {
    if (end.code === 0 || end.code === 1) {
      // What it said last may still be on its way.
      await sleep(DELIVERY_TIMEOUT_MS, undefined, { ref: false });
    }
    throw new CliError(describeEnd('e2-sim', end), 1);
  });
  return Promise.race([finished, crashed, failedXApp(stack, endsWithXApps), stack.failed]);
}

/** Rejects when the RIC gives an xApp up, or one ends: the run would not be what was asked for. */
function failedXApp(stack: Stack, endsWithXApps: boolean): Promise<never> {
  return new Promise((_, reject) => {
    stack.bus.subscribe(ricStatus, ({ xapps, log }) => {
      for (const { name, state, cause, restarts } of xapps) {
        if (state === 'parked') {
          reject(new CliError(`xApp ${name} is parked: ${cause ?? 'the RIC gives no reason'}`, 1));
        } else if (endsWithXApps && restarts > 0) {
          const line = log.findLast((each) => each.startsWith(`xApp ${name} ended`));
          reject(new CliError(line?.replace(/; starting it again.*$/, '') ?? `xApp ${name} ended`, 1));
        }
      }
    });
  });
}
