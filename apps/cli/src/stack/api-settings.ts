import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { httpAddressSchema } from '@ricochet/platform';
import { type ApiAccess } from './data-folder.js';

const KEY_BYTES = 32;

/** The API of a stack's Near-RT RIC. */
export interface ApiSettings {
  /** `host:port`. */
  readonly address: string;
  /** As the RIC knows them. */
  readonly keys: readonly { readonly name: string; readonly role: 'operator'; readonly sha256: string }[];
  /** For the commands of whoever started the stack. */
  readonly access: ApiAccess;
}

/** An API with a new key. @param address `host:port`; absent: any free port of this machine alone */
export async function apiSettings(address?: string): Promise<ApiSettings> {
  const { host, port } = httpAddressSchema.parse(address ?? '127.0.0.1:0');
  const chosen = port === 0 ? await freePort(host) : port;
  const key = randomBytes(KEY_BYTES).toString('base64url');
  const sha256 = createHash('sha256').update(key).digest('hex');
  const bracketed = (name: string): string => (name.includes(':') ? `[${name}]` : name);
  return {
    address: `${bracketed(host)}:${chosen}`,
    keys: [{ name: 'ricochet-up', role: 'operator', sha256 }],
    access: { url: `http://${bracketed(reachable(host))}:${chosen}`, key },
  };
}

/** It stays the RIC's when that starts again, so it is chosen here. */
async function freePort(host: string): Promise<number> {
  const server = createServer().listen({ host, port: 0 });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Of who listens on all addresses, one. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}
