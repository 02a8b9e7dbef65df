import { constants, platform, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { StoreDatabase } from './store-database.js';
import { StoreServer } from './store-server.js';
import { storeErrorFrom } from './driver-error.js';
import {
  OPENED,
  carryError,
  type WorkerRequest,
  type WorkerResponse,
  type WorkerStart,
} from './worker-messages.js';

/** The thread that may block: owns the database, answers the requests of one {@link WorkerBackend}. */
async function main(
  port: NonNullable<typeof parentPort>,
  { place, location, retention }: WorkerStart,
): Promise<void> {
  const answer = async (id: number, work: () => Promise<unknown>): Promise<void> => {
    let response: WorkerResponse;
    try {
      response = { id, result: await work() };
    } catch (cause) {
      response = { id, error: carryError(storeErrorFrom(cause, place)) };
    }
    port.postMessage(response);
  };

  await answer(OPENED, async () => {
    const server = new StoreServer(await StoreDatabase.open(location, retention));
    port.on('message', ({ id, operation, argument }: WorkerRequest) => {
      void answer(id, () => server.call(operation, argument as never)).then(() => {
        if (operation === 'close') port.close();
      });
    });
  });
}

// On Linux priority is a thread's own: who controls goes before who writes down. In lockstep nobody has to hurry.
if (platform() === 'linux' && process.env['RICOCHET_MODE'] !== 'lockstep') {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
}
if (parentPort === null) throw new Error('store.worker runs as a worker thread only');
await main(parentPort, workerData as WorkerStart);
