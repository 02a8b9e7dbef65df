import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Registry } from 'prom-client';
import { messageOf } from './errors.js';
import { type HttpAddress } from './health.config.js';
import { boundAddress, listenFault } from './http-listen.js';

/** Names what is wrong in one line, or nothing when all is well; what it throws is a fault too. */
export type HealthCheck = () => string | undefined | Promise<string | undefined>;

export interface HealthOptions {
  /** Absent: nothing is served. */
  readonly address: HttpAddress | undefined;
  /** By name. Read anew for every request, so a service that is still starting may change them. */
  readonly checks: Readonly<Record<string, HealthCheck>>;
  readonly metrics: Registry;
}

export interface HealthServer {
  /** Where it is served. */
  readonly address: HttpAddress | undefined;
  close(): Promise<void>;
}

const CHECK_TIMEOUT_MS = 2_000;
/** Who asks is a probe or a scraper: small requests, few at a time. */
const REQUEST_TIMEOUT_MS = 5_000;
const MAX_HEADER_BYTES = 8_192;
const MAX_CONNECTIONS = 64;

const JSON_TYPE = 'application/json; charset=utf-8';

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/**
 * Serves, to GET and HEAD alone: `/health/live`, 200 while the event loop turns; `/health/ready`, 200 or 503, with the
 * fault of each check; `/metrics`, in Prometheus' text format.
 * @throws ConfigError the address can not be listened on: it is in use, say.
 */
export async function serveHealth({ address, checks, metrics }: HealthOptions): Promise<HealthServer> {
  if (address === undefined) return { address, close: () => Promise.resolve() };
  const routes: Readonly<Record<string, () => Answer | Promise<Answer>>> = {
    '/health/live': () => ({ status: 200, type: JSON_TYPE, body: '{"status":"ok"}' }),
    '/health/ready': () => readiness(checks),
    '/metrics': async () => ({ status: 200, type: metrics.contentType, body: await metrics.metrics() }),
  };
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: REQUEST_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: REQUEST_TIMEOUT_MS,
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    // Neither may a client that goes away in the middle end the service.
    response.on('error', () => undefined);
    const { method = '', url = '' } = request;
    const path = url.split('?', 1)[0] ?? '';
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (route === undefined) return send(response, text(404, 'not found'));
    if (method !== 'GET' && method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return send(response, text(405, 'GET or HEAD only'));
    }
    Promise.resolve()
      .then(route)
      .catch((error: unknown) => text(500, messageOf(error)))
      .then((answer) => send(response, answer))
      .catch(() => response.destroy());
  });
  return { address: await listen(server, address), close: () => close(server) };
}

async function readiness(checks: HealthOptions['checks']): Promise<Answer> {
  const entries = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, (await faultOf(check)) ?? 'ok'] as const),
  );
  const isReady = entries.every(([, state]) => state === 'ok');
  const body = JSON.stringify({
    status: isReady ? 'ready' : 'not ready',
    checks: Object.fromEntries(entries),
  });
  return { status: isReady ? 200 : 503, type: JSON_TYPE, body };
}

async function faultOf(check: HealthCheck): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${CHECK_TIMEOUT_MS} ms`), CHECK_TIMEOUT_MS);
  });
  try {
    return await Promise.race([check(), tooLate]);
  } catch (error) {
    return messageOf(error);
  } finally {
    clearTimeout(timer);
  }
}

function text(status: number, body: string): Answer {
  return { status, type: 'text/plain; charset=utf-8', body: `${body}\n` };
}

function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
  });
  response.end(body);
}

async function listen(server: Server, address: HttpAddress): Promise<HttpAddress> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenFault('HTTP', address, error)));
    server.listen({ ...address }, resolve);
  });
  // Once it listens, a failing accept costs that connection alone.
  server.on('error', () => undefined);
  return boundAddress(server, address);
}

async function close(server: Server): Promise<void> {
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}
