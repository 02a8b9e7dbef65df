import { setTimeout as sleep } from 'node:timers/promises';
import { ricStatus, simulationFinished, type SimulationFinished } from '@ricochet/contracts';
import { CliError } from '../cli.error.js';
import { describeEnd } from './service-process.js';
import { type Stack } from './stack.js';

const DELIVERY_TIMEOUT_MS = 2_000;

/**
 * The end of the simulation, by its own word. To be asked for before the stack begins.
 * @throws {CliError} when it can not come: an xApp is parked, or a service ended before
 */
export async function endOfRun(stack: Stack): Promise<SimulationFinished> {
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
  return Promise.race([finished, crashed, parkedXApp(stack), stack.failed]);
}

/** Rejects when the RIC gives an xApp up: the run would not be what was asked for. */
function parkedXApp(stack: Stack): Promise<never> {
  return new Promise((_, reject) => {
    stack.bus.subscribe(ricStatus, ({ xapps }) => {
      const parked = xapps.find(({ state }) => state === 'parked');
      if (parked !== undefined) {
        reject(
          new CliError(`xApp ${parked.name} is parked: ${parked.cause ?? 'the RIC gives no reason'}`, 1),
        );
      }
    });
  });
}
