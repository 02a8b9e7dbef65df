import { type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { ConfigError } from './errors.js';
import { type HttpAddress } from './health.config.js';

const HEADERS_TIMEOUT_MS = 5_000;
/** Readers of events hold theirs. */
const MAX_CONNECTIONS = 256;

/** What of Nest's application is used. */
export interface HttpApplication {
  getHttpServer(): Server;
  listen(port: number, host: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface ListenOptions {
  /** What is served, for errors. */
  readonly name: string;
  readonly address: HttpAddress;
  /** For a whole request, its body too. */
  readonly requestTimeoutMs: number;
}

/**
 * Opens an application within limits that no client can stretch.
 * @throws ConfigError the address can not be listened on; the application is closed then
 */
export async function listenHttp(
  app: HttpApplication,
  { name, address, requestTimeoutMs }: ListenOptions,
): Promise<HttpAddress> {
  const server = app.getHttpServer();
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = requestTimeoutMs;
  server.maxConnections = MAX_CONNECTIONS;
  try {
    await app.listen(address.port, address.host);
  } catch (error) {
    await app.close();
    throw listenFault(name, address, error);
  }
  return boundAddress(server, address);
}

/** Why `listen` failed, in words. */
export function listenFault(name: string, { host, port }: HttpAddress, error: unknown): ConfigError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new ConfigError(
    `${name} on ${host}:${port}: ${code === 'EADDRINUSE' ? 'the port is in use' : message}`,
  );
}

/** With the port that port 0 became. */
export function boundAddress(server: Server, { host }: HttpAddress): HttpAddress {
  return { host, port: (server.address() as AddressInfo).port };
}
