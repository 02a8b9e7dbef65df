import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { ConfigError } from './errors.js';
import { serveHealth, type HealthCheck, type HealthServer } from './health-server.js';
import { addReadMetrics, createMetrics } from './metrics.js';

const ANY_PORT = { host: '127.0.0.1', port: 0 };

describe('serveHealth', () => {
  let server: HealthServer;
  let checks: Record<string, HealthCheck>;
  const metrics = createMetrics();
  let nodes = 2;
  addReadMetrics(metrics, {
    ricochet_e2_nodes: {
      help: 'E2 nodes by state.',
      by: 'state',
      read: () => {
        if (nodes < 0) throw new Error('no count');
        return { connected: nodes };
      },
    },
  });

  const port = (): number => server.address?.port ?? 0;
  const ask = (path: string, init?: RequestInit): Promise<Response> =>
    fetch(`http://127.0.0.1:${port()}${path}`, init);
  /** What comes back for bytes of any kind, until the connection ends. */
  const raw = async (bytes: string | Uint8Array): Promise<string> => {
    const socket = connect(port(), '127.0.0.1');
    let reply = '';
    socket.on('data', (chunk: Buffer) => (reply += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.end(bytes);
    await once(socket, 'close');
    return reply;
  };

  beforeEach(async () => {
    checks = { nats: () => undefined };
    nodes = 2;
    server = await serveHealth({ address: ANY_PORT, checks, metrics });
  });
  afterEach(() => server.close());

  it('lives, whatever its checks say', async () => {
    checks['nats'] = () => 'not connected';
    const response = await ask('/health/live');
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  });

  it('is ready while every check is content, also one that came later', async () => {
    checks['store'] = () => Promise.resolve(undefined);
    const response = await ask('/health/ready?verbose');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch('application/json');
    expect(await response.json()).toEqual({ status: 'ready', checks: { nats: 'ok', store: 'ok' } });
  });

  it('is not ready when one is not, and names each with its fault', async () => {
    checks['nats'] = () => 'not connected';
    checks['store'] = () => Promise.reject(new Error('disk full'));
    checks['models'] = () => {
      throw new Error('no models');
    };
    checks['clock'] = () => undefined;
    const response = await ask('/health/ready');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      status: 'not ready',
      checks: { nats: 'not connected', store: 'disk full', models: 'no models', clock: 'ok' },
    });
  });

  it('does not wait for a check that never ends', async () => {
    checks['store'] = () => new Promise(() => undefined);
    const response = await ask('/health/ready');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ checks: { store: 'no answer within 2000 ms' } });
  });

  it('gives the metrics as they are now, and says so when they can not be read', async () => {
    nodes = 3;
    const response = await ask('/metrics');
    expect(response.headers.get('content-type')).toMatch('text/plain; version=0.0.4');
    expect(await response.text()).toContain('ricochet_e2_nodes{state="connected"} 3\n');
    nodes = -1;
    const failed = await ask('/metrics');
    expect([failed.status, await failed.text()]).toEqual([500, 'no count\n']);
  });

  it('answers HEAD without a body', async () => {
    const response = await ask('/health/ready', { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(0);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('allows no %s', async (method) => {
    const response = await ask('/health/live', { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('knows no other path', async () => {
    await fc.assert(
      fc.asyncProperty(fc.webPath({ size: 'medium' }), async (path) => {
        const { status } = await ask(`/x${path}`);
        expect(status).toBe(404);
      }),
      { numRuns: 50 },
    );
    for (const path of [
      '/',
      '/health',
      '/health/',
      '/health/live/',
      '/metrics/..%2f',
      '/constructor',
      '//',
    ]) {
      expect([path, (await ask(path)).status]).toEqual([path, 404]);
    }
  });

  it.each([
    ['not HTTP', 'hello\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['no path', 'GET\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['an empty path', 'GET  HTTP/1.1\r\nHost: a\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['a foreign host', 'GET http://elsewhere/health/live HTTP/1.1\r\nHost: a\r\n\r\n', /^HTTP\/1\.1 404 /],
    ['a tunnel', 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n', /^$/],
    ['no header', 'GET /health/live HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['a header too big', `GET / HTTP/1.1\r\nHost: ${'a'.repeat(20_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
    ['two lengths', 'GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', /^HTTP\/1\.1 400 /],
    [
      'a body that never comes',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n',
      /^HTTP\/1\.1 404 /,
    ],
    ['bytes', new Uint8Array(1_000).map((_, i) => (i * 151) % 256), /^HTTP\/1\.1 400 /],
  ])('goes on after %s', async (_, bytes, expected) => {
    expect(await raw(bytes)).toMatch(expected);
    expect((await ask('/health/live')).status).toBe(200);
  });

  it('says in words that its port is in use', async () => {
    const again = serveHealth({ address: { host: '127.0.0.1', port: port() }, checks, metrics });
    await expect(again).rejects.toThrow(new ConfigError(`HTTP on 127.0.0.1:${port()}: the port is in use`));
    await expect(again).rejects.toBeInstanceOf(ConfigError);
  });

  it('says in words that an address is not its own', async () => {
    const elsewhere = serveHealth({ address: { host: '192.0.2.1', port: 0 }, checks, metrics });
    await expect(elsewhere).rejects.toThrow(/^HTTP on 192\.0\.2\.1:0: /);
  });

  it('serves nothing without an address', async () => {
    const silent = await serveHealth({ address: undefined, checks, metrics });
    expect(silent.address).toBeUndefined();
    await silent.close();
  });

  it('closes at once, with a client still connected', async () => {
    const closed = once(connect(port(), '127.0.0.1'), 'close');
    await ask('/health/live');
    await server.close();
    await closed;
    await expect(ask('/health/live')).rejects.toThrow();
  });
});
