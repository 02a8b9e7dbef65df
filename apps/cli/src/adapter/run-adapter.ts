import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readGnbConfig } from '@ricochet/adapter';
import { Bus, BusError } from '@ricochet/bus';
import { type E2CodecName } from '@ricochet/e2ap';
import { CliError } from '../cli.error.js';
import { folderOfRunning, urlOfRunning } from '../stack/data-folder.js';
import { onInterrupt } from '../stack/interrupt.js';
import { describeEnd, type ServiceEnd, ServiceProcess } from '../stack/service-process.js';
import { nextRicUrl } from './next-ric.js';

/** Which RIC, and which gNB: what adapters of all makes take. */
export interface AdapterOptions {
  readonly config?: string;
  readonly e2: string;
  readonly e2Codec: E2CodecName;
  readonly nats?: string;
  readonly data?: string;
  readonly http?: string;
}

/**
 * Runs an adapter until it ends or Ctrl-C; its lines come on stdout. When the RIC was found rather than named and has
 * ended, the adapter begins anew at the one that runs next in the same folder.
 * @throws CliError a description of the gNB that is wrong, a RIC that is not to be found, an adapter that ended
 */
export async function runAdapter(
  make: 'srsran' | 'oai',
  env: Readonly<Record<string, string>>,
  { config, e2, e2Codec, nats, data, http }: AdapterOptions,
): Promise<void> {
  if (e2 !== 'nats' && (nats ?? data) !== undefined) {
    throw new CliError(`--e2 ${e2}: the RIC is there; --nats and --data are for E2 over NATS`);
  }
  // Here already: one line, before anything is started.
  readGnbConfig(config);
  // Who names a server means that one.
  const ricFolder = e2 === 'nats' && nats === undefined ? folderOfRunning(data) : undefined;
  const url = ricFolder === undefined ? nats : urlOfRunning(ricFolder);
  if (url !== undefined) await assertThere(url);
  const interrupted = onInterrupt();
  const folder = mkdtempSync(join(tmpdir(), 'ricochet-adapter-'));
  const start = (natsUrl: string | undefined): ServiceProcess =>
    new ServiceProcess({
      packageName: `@ricochet/${make}`,
      env: {
        ...env,
        RICOCHET_E2: e2,
        RICOCHET_E2_CODEC: e2Codec,
        ...(natsUrl !== undefined && { RICOCHET_NATS_URL: natsUrl }),
        ...(config !== undefined && { RICOCHET_GNB_CONFIG: resolve(config) }),
        ...(http !== undefined && { RICOCHET_HTTP: http }),
      },
      logFile: join(folder, 'adapter.log'),
      onMessage: say,
    });
  const watch = new AbortController();
  let current = url;
  let adapter = start(current);
  try {
    for (;;) {
      const ends: Promise<ServiceEnd | string>[] = [adapter.ended, interrupted];
      if (current !== undefined && ricFolder !== undefined) {
        ends.push(nextRicUrl(current, ricFolder, watch.signal));
      }
      const end = await Promise.race(ends);
      if (end === 'interrupted') return;
      if (typeof end !== 'string') throw new CliError(describeEnd(`the ${make} adapter`, end), 1);
      say('the RIC has ended, and another runs: beginning anew there');
      await adapter.stop();
      current = end;
      adapter = start(current);
    }
  } finally {
    watch.abort();
    await adapter.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** @throws CliError no NATS server is at the URL, or it does not let us in */
async function assertThere(url: string): Promise<void> {
  try {
    const bus = await Bus.connect({ url, name: 'ricochet-cli', onTrouble: () => undefined });
    await bus.close();
  } catch (error) {
    throw error instanceof BusError ? new CliError(error.message, 1) : error;
  }
}
