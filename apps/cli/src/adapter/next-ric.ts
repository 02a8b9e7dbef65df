import { setTimeout as sleep } from 'node:timers/promises';
import { Bus } from '@ricochet/bus';
import { urlOfRunning } from '../stack/data-folder.js';

const LOOK_EVERY_MS = 2_000;

/**
 * Waits for another RIC to run in the place of the one that has ended: a `ricochet up` that is started again listens
 * at another URL. A RIC that is there is not left.
 * @param url of the NATS server of the RIC so far
 * @param folder that the RIC so far worked in: those elsewhere are not for who was at it
 * @throws AbortError when the signal comes first
 */
export async function nextRicUrl(url: string, folder: string, signal: AbortSignal): Promise<string> {
  for (;;) {
    await sleep(LOOK_EVERY_MS, undefined, { signal });
    const found = foundUrl(folder);
    if (found !== undefined && found !== url && !(await isThere(url)) && (await isThere(found))) return found;
  }
}

function foundUrl(folder: string): string | undefined {
  try {
    return urlOfRunning(folder);
  } catch {
    // None runs there yet.
    return undefined;
  }
}

async function isThere(url: string): Promise<boolean> {
  try {
    const bus = await Bus.connect({ url, name: 'ricochet-cli', onTrouble: () => undefined });
    await bus.close();
    return true;
  } catch {
    return false;
  }
}
