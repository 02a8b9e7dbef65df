import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiKeys, readApiKeys } from '@ricochet/platform';
import { keyNamed, problem, ServedApi } from './api.fixture.js';
import { API_ROOT } from './door.js';

describe('the keys of the API', () => {
  let api: ServedApi;
  beforeEach(async () => {
    api = new ServedApi();
    await api.start();
  });
  afterEach(() => api.stop());

  it('open it, in either header', async () => {
    const path = `${API_ROOT}/xapps`;
    expect(await api.ask('GET', path, { key: 'watcher' })).toMatchObject({ status: 200 });
    expect(await api.ask('GET', path, { key: '', headers: { 'X-API-Key': 'chief' } })).toMatchObject({
      status: 200,
    });
  });

  it.each([
    ['none', {}],
    ['an unknown one', { Authorization: 'Bearer nobody' }],
    ['its hash', { 'X-API-Key': keyNamed('chief', 'operator').sha256 }],
    ['another scheme', { Authorization: 'Basic chief' }],
    ['an unknown one before a known one', { Authorization: 'Bearer nobody', 'X-API-Key': 'chief' }],
  ])('are needed: %s is refused, whatever is asked, before it is read', async (_, headers) => {
    for (const path of ['/xapps', '/openapi.json', '/nowhere', '/xapps/%E0%A4%A', '/health/ready/x']) {
      const reply = await api.ask('POST', `${API_ROOT}${path}`, { key: '', headers, body: '{' });
      expect(reply).toMatchObject(problem(401, /API key/));
      expect(reply.headers.get('www-authenticate')).toBe('Bearer');
    }
    expect(api.asked).toEqual([]);
  });

  it('of viewers change nothing', async () => {
    for (const [method, path] of [
      ['POST', '/xapps'],
      ['DELETE', '/xapps/monitor'],
      ['PUT', '/xapps/monitor/config'],
      ['POST', '/xapps/monitor/upgrade'],
      ['POST', '/xapps/monitor/rollback'],
      ['PUT', '/config'],
      ['POST', '/register'],
      ['POST', '/deregister'],
      ['GET', '/subscriptions'],
      ['POST', '/subscriptions'],
      ['PUT', '/subscriptions/a'],
      ['DELETE', '/subscriptions/a'],
      ['POST', '/packages'],
      ['DELETE', '/packages/monitor/1.0.0'],
    ] as const) {
      expect(await api.ask(method, `${API_ROOT}${path}`, { key: 'watcher' })).toMatchObject(
        problem(403, 'this needs the key of an operator, not of a viewer'),
      );
    }
    expect(api.asked).toEqual([]);
  });

  it('are not needed for health', async () => {
    const ask = (name: string) => api.ask('GET', `${API_ROOT}/health/${name}`, { key: '' });
    expect(await ask('alive')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await ask('ready')).toMatchObject({ status: 200, body: { status: 'ready' } });
    api.fault = 'NATS is not connected';
    expect(await ask('ready')).toMatchObject(problem(503, 'NATS is not connected'));
  });
});

describe('a file of API keys', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ricochet-keys-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is read, and need not be there', async () => {
    const path = join(folder, 'api-keys.json');
    expect(await readApiKeys(path)).toEqual([]);
    writeFileSync(path, JSON.stringify([keyNamed('watcher', 'viewer')]));
    const keys = new ApiKeys(await readApiKeys(path));
    expect([keys.roleOf('watcher'), keys.roleOf('chief'), keys.roleOf('')]).toEqual([
      'viewer',
      undefined,
      undefined,
    ]);
  });

  it.each([
    ['[{"name":"a","role":"root","sha256":"b"}]', /0\.role: .*0\.sha256: expected 64 lower-case hex/],
    ['{', /JSON/],
  ])('that is broken is refused, with the path: %s', async (text, message) => {
    const path = join(folder, 'api-keys.json');
    writeFileSync(path, text);
    await expect(readApiKeys(path)).rejects.toThrow(message);
    await expect(readApiKeys(path)).rejects.toThrow(`API keys ${path}: `);
  });
});
