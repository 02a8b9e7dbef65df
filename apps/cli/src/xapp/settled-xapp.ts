import { setTimeout as sleep } from 'node:timers/promises';
import { CliError } from '../cli.error.js';
import { type RicApi } from './ric-api.js';
import { type XAppAnswer } from './xapp-answers.js';

const POLL_MS = 200;
const PATIENCE_MS = 60_000;
const ON_THE_WAY: readonly string[] = ['starting', 'upgrading', 'stopping'];

/**
 * Waits until an xApp has come to where it was asked to go, which `isThere` tells of what is.
 * @throws CliError it came to be elsewhere, or did not settle in time
 */
export async function settledXApp(
  api: RicApi,
  name: string,
  isThere: (xapp: XAppAnswer) => boolean,
): Promise<XAppAnswer> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const xapp = await api.get<XAppAnswer>(`/xapps/${name}`);
    const { version, state, cause, note } = xapp;
    if (isThere(xapp)) return xapp;
    const isOver = Date.now() > giveUpAt;
    if (isOver || state === 'parked' || (note !== undefined && !ON_THE_WAY.includes(state))) {
      const why = note ?? cause;
      throw new CliError(
        `xApp ${name} ${version} is ${state}${isOver ? ` after ${PATIENCE_MS / 1_000} s` : ''}${why === undefined ? '' : `: ${why}`}`,
        1,
      );
    }
    await sleep(POLL_MS);
  }
}
