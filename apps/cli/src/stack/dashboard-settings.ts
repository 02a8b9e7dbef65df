import { once } from 'node:events';
import { createServer } from 'node:net';
import { httpAddressSchema } from '@ricochet/platform';
import { CliError } from '../cli.error.js';
import { type ApiSettings } from './api-settings.js';

const HOST = '127.0.0.1';
const FIRST_PORT = 8_080;
const LAST_PORT = 8_179;

/** The page of a stack. */
export interface DashboardSettings {
  /** `host:port`. */
  readonly address: string;
  /** Who may steer, as the gateway knows them: who may change xApps. */
  readonly keys: ApiSettings['keys'];
  /** For people. */
  readonly url: string;
  /** Why it is not where it is looked for. */
  readonly note?: string;
  /** Looks again, when another has taken its port before it was served; absent where its place was asked for. */
  readonly elsewhere?: () => Promise<DashboardSettings>;
}

/**
 * Where the page is served, to those who have the API's keys.
 * @param address `host:port`; absent: 8080 of this machine alone, or the next port that is free
 * @throws CliError none is
 */
export async function dashboardSettings(api: ApiSettings, address?: string): Promise<DashboardSettings> {
  const { keys } = api;
  if (address !== undefined) {
    const { host, port } = httpAddressSchema.parse(address);
    const bracketed = host.includes(':') ? `[${host}]` : host;
    return { address: `${bracketed}:${port}`, keys, url: `http://${reachable(bracketed)}:${port}` };
  }
  for (let port = FIRST_PORT; port <= LAST_PORT; port++) {
    if (!(await isFree(port))) continue;
    const note = port === FIRST_PORT ? {} : { note: `port ${FIRST_PORT} is taken` };
    const elsewhere = (): Promise<DashboardSettings> => dashboardSettings(api);
    return { address: `${HOST}:${port}`, keys, url: `http://localhost:${port}`, ...note, elsewhere };
  }
  throw new CliError(
    `no port from ${FIRST_PORT} to ${LAST_PORT} is free for the page: give one with --dashboard, or --no-dashboard`,
  );
}

/** What a person is told of it. */
export function dashboardNotice({ url, note }: DashboardSettings, key: string): string[] {
  return [`Page: ${url}${note === undefined ? '' : ` (${note})`}`, `Operator key, to steer from it: ${key}`];
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ host: HOST, port });
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return true;
  } catch {
    return false;
  }
}

/** Of who listens on this machine or on all addresses, the name that a browser takes. */
function reachable(host: string): string {
  return ['127.0.0.1', '[::1]', '0.0.0.0', '[::]'].includes(host) ? 'localhost' : host;
}
