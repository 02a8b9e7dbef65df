import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { XAppError } from '../xapps/xapp.error.js';
import { PACKAGE, problem, ServedApi, STATUS, SUBSCRIPTION } from './api.fixture.js';
import { API_ROOT, doorsOf } from './door.js';
import { API_CONTROLLERS } from './openapi.controller.js';
import { MAX_UPLOAD_BYTES } from './package-upload.js';

const dataWith = (more: object) => ({ data: { ...SUBSCRIPTION.data, ...more } });

describe('the API', () => {
  let api: ServedApi;
  beforeEach(async () => {
    api = new ServedApi();
    await api.start();
  });
  afterEach(() => api.stop());
  const at = (path: string): string => `${API_ROOT}${path}`;

  it.each([
    ['GET', '/xapps', undefined, 200, [STATUS], ['status']],
    ['GET', '/xapps/monitor', undefined, 200, STATUS, ['status', 'monitor']],
    ['GET', '/xapps/list', undefined, 200, ['monitor'], ['packages']],
    ['GET', '/xapps/monitor/instances/i-1', undefined, 200, STATUS.instances[0], ['status', 'monitor']],
    [
      'GET',
      '/config',
      undefined,
      200,
      [{ metadata: { xappName: 'monitor', namespace: 'ricxapp' }, config: { word: 'one' } }],
      ['status'],
    ],
    [
      'PUT',
      '/config',
      { metadata: { xappName: 'monitor', namespace: 'ricxapp' }, config: { word: 'two' } },
      200,
      [],
      ['configure', 'monitor', { config: { word: 'two' } }],
    ],
    ['POST', '/xapps', { name: 'monitor' }, 201, STATUS, ['deploy', 'monitor', {}]],
    [
      'POST',
      '/xapps',
      { name: 'monitor', version: '1.0.0', config: { a: [1] }, priority: 3 },
      201,
      STATUS,
      ['deploy', 'monitor', { version: '1.0.0', config: { a: [1] }, priority: 3 }],
    ],
    ['DELETE', '/xapps/monitor', undefined, 204, undefined, ['undeploy', 'monitor']],
    [
      'GET',
      '/xapps/monitor/config',
      undefined,
      200,
      { config: { word: 'one' }, priority: 60 },
      ['status', 'monitor'],
    ],
    [
      'PUT',
      '/xapps/monitor/config',
      { config: { word: 'two' } },
      200,
      STATUS,
      ['configure', 'monitor', { config: { word: 'two' } }],
    ],
    [
      'POST',
      '/xapps/monitor/upgrade',
      { version: '1.1.0' },
      200,
      STATUS,
      ['upgrade', 'monitor', { version: '1.1.0' }],
    ],
    ['POST', '/xapps/monitor/upgrade', undefined, 200, STATUS, ['upgrade', 'monitor', {}]],
    ['POST', '/xapps/monitor/rollback', undefined, 200, STATUS, ['rollback', 'monitor']],
    [
      'GET',
      '/xapps/monitor/logs?version=1.0.0&lines=5',
      undefined,
      200,
      { lines: ['a line'] },
      ['logs', 'monitor', { version: '1.0.0', lines: 5 }],
    ],
    [
      'GET',
      '/packages',
      undefined,
      200,
      [{ name: 'monitor', version: '1.0.0', digest: 'ab12', builtin: false, onboardedAtMs: 1 }],
      ['packages'],
    ],
    ['POST', '/packages', { path: '/a/folder' }, 201, { name: 'monitor' }, ['onboard', '/a/folder']],
    ['DELETE', '/packages/monitor/1.0.0', undefined, 204, undefined, ['remove', 'monitor', '1.0.0']],
    ['GET', '/subscriptions', undefined, 200, [SUBSCRIPTION], ['subscriptions']],
    ['GET', '/subscriptions/ab-12', undefined, 200, SUBSCRIPTION, ['subscription', 'ab-12']],
    [
      'POST',
      '/subscriptions',
      { data: SUBSCRIPTION.data },
      201,
      { id: 'ab-12', version: 7, eventType: 'deployed' },
      ['subscribe', SUBSCRIPTION.data],
    ],
    [
      'PUT',
      '/subscriptions/ab-12',
      { data: SUBSCRIPTION.data },
      200,
      { id: 'ab-12', version: 7, eventType: 'deployed' },
      ['resubscribe', 'ab-12', SUBSCRIPTION.data],
    ],
    ['DELETE', '/subscriptions/ab-12', undefined, 204, undefined, ['unsubscribe', 'ab-12']],
    ['GET', '/nodes', undefined, 200, [], ['nodes']],
    [
      'GET',
      '/controls?xapp=monitor',
      undefined,
      200,
      { controls: [], conflicts: [] },
      ['controls', { xapp: 'monitor', nodeId: undefined, last: 20 }],
    ],
  ])('answers %s %s', async (method, path, body, status, answer, asked) => {
    const reply = await (body === undefined ? api.ask(method, at(path)) : api.json(method, at(path), body));
    expect(reply.status).toBe(status);
    if (answer === undefined) expect(reply.body).toBeUndefined();
    else expect(reply.body).toMatchObject(answer);
    expect(api.asked).toEqual([asked]);
  });

  it('shows the subscriptions at E2 nodes as submgr does, and changes none', async () => {
    const path = `/submgr${at('/subscriptions')}`;
    expect(await api.ask('GET', path, { key: 'watcher' })).toMatchObject({
      status: 200,
      body: [
        {
          SubscriptionId: 7,
          Meid: 'gnb-1',
          ClientEndpoint: ['monitor', 'ric'],
          SubscriptionInstances: [
            { XappEventInstanceId: 7, E2EventInstanceId: 7, ErrorCause: 'gnb-1 offers no ORAN-E2SM-KPM' },
          ],
          State: 'failed',
          Report: { level: 'cell', periodMs: 100, measurements: ['RRU.PrbTotDl'] },
        },
      ],
    });
    expect(await api.json('POST', path, {})).toMatchObject({ status: 405 });
    expect(await api.ask('GET', path, { key: '' })).toMatchObject({ status: 401 });
  });

  it.each([
    ['/register', /^xApp "hello" is not taken in: .*POST \/ric\/v1\/packages/],
    ['/deregister', /^xApp "hello" has not registered here.*DELETE \/ric\/v1\/xapps/],
  ])('says why xApps that others have started are not served: %s', async (path, detail) => {
    const body = {
      appName: 'hello',
      appInstanceName: 'hello-1',
      httpEndpoint: ':8080',
      rmrEndpoint: ':4560',
    };
    expect(await api.json('POST', at(path), body)).toMatchObject(problem(501, detail));
    expect([api.asked, api.faults]).toEqual([[], []]);
  });

  it('has only instances that there are', async () => {
    expect(await api.ask('GET', at('/xapps/monitor/instances/i-2'))).toMatchObject(
      problem(404, 'xApp monitor has no instance i-2'),
    );
  });

  it('takes a tarball in by its body, and keeps it no longer than that', async () => {
    let kept = Buffer.alloc(0);
    const body = Buffer.alloc(200_000, 7);
    const onboard = api.asked.push.bind(api.asked);
    api.asked.push = (...items) => {
      kept = readFileSync(items[0]?.[1] as string);
      return onboard(...items);
    };
    const reply = await api.ask('POST', at('/packages'), {
      headers: { 'Content-Type': 'application/gzip' },
      body,
    });
    expect(reply).toMatchObject({ status: 201, body: { name: PACKAGE.name } });
    expect(kept.equals(body)).toBe(true);
    expect(existsSync(api.asked[0]?.[1] as string)).toBe(false);
  });

  it('does not tell where it kept a tarball', async () => {
    api.failure = new XAppError('XAPP_PACKAGE_INVALID', 'package upload.tgz: it has no config-file.json');
    const init = { headers: { 'Content-Type': 'application/gzip' }, body: 'x' };
    expect(await api.ask('POST', at('/packages'), init)).toMatchObject(
      problem(400, 'package upload.tgz: it has no config-file.json'),
    );
  });

  it.each([
    ['POST', '/xapps', { name: 'a', extra: 1 }, /^body: .*"extra"/],
    ['POST', '/xapps', {}, /^body\.name: /],
    ['POST', '/xapps', [], /^body: /],
    ['POST', '/xapps', '"text"', /JSON/],
    ['POST', '/xapps', '{', /JSON/],
    ['POST', '/xapps', { name: '../../etc' }, /^body\.name: expected lower-case/],
    ['POST', '/xapps', { name: 'a', version: '../x', priority: 101 }, /^body\.version: .*; body\.priority: /],
    ['PUT', '/xapps/monitor/config', {}, /^body: expected config or priority/],
    ['POST', '/xapps/monitor/rollback', {}, /^body: expected none/],
    [
      'PUT',
      '/config',
      { metadata: { xappName: 'monitor', namespace: 'other' }, config: {} },
      /^body\.metadata\.namespace: expected ricxapp/,
    ],
    ['POST', '/register', {}, /^body\.appName: .*body\.appInstanceName: /],
    ['POST', '/packages', { path: 'relative' }, /^body\.path: expected an absolute path/],
    ['POST', '/subscriptions', SUBSCRIPTION.data, /^body\.data: .*body: .*"eventType"/],
    ['POST', '/subscriptions', { data: {} }, /eventType: .*maxRetries: .*retryTimer: .*targetUrl: /],
    ['POST', '/subscriptions', dataWith({ eventType: 'exploded' }), /^body\.data\.eventType: /],
    ['POST', '/subscriptions', dataWith({ maxRetries: -1 }), /^body\.data\.maxRetries: /],
    ['POST', '/subscriptions', dataWith({ retryTimer: '5' }), /^body\.data\.retryTimer: /],
    [
      'PUT',
      '/subscriptions/a',
      dataWith({ targetUrl: 'file:///etc/passwd' }),
      /^body\.data\.targetUrl: .*http/,
    ],
    ['PUT', '/subscriptions/..%2f', dataWith({}), /^id: expected letters/],
    ['DELETE', '/packages/monitor/..%2f..%2fx', undefined, /^version: expected a semantic version/],
    ['GET', '/xapps/..%2f..%2fpackages', undefined, /^name: expected lower-case/],
    ['GET', '/xapps/%00', undefined, /^name: /],
    ['GET', '/xapps/%E0%A4%A', undefined, /decode/],
    ['GET', '/xapps?verbose=1', undefined, /^query: "verbose" is not known/],
    ['GET', '/xapps/monitor/logs?lines=1e9', undefined, /^query\.lines: expected a whole number/],
    ['GET', '/xapps/monitor/logs?lines=1&lines=2', undefined, /^query\.lines: /],
    ['GET', '/controls?last=501', undefined, /^query\.last: /],
  ])('refuses %s %s with %j', async (method, path, body, detail) => {
    const reply = await (body === undefined ? api.ask(method, at(path)) : api.json(method, at(path), body));
    expect(reply).toMatchObject(problem(400, detail));
    expect(reply.headers.get('content-type')).toBe('application/problem+json');
    expect(api.asked).toEqual([]);
  });

  it('refuses configurations that are nested to overflow the stack', async () => {
    const text = `{"name":"a","config":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`;
    expect(await api.json('POST', at('/xapps'), text)).toMatchObject(
      problem(400, /^body\.config: .*32 levels/),
    );
    expect(api.asked).toEqual([]);
  });

  it('refuses subscriptions that are nested to overflow the stack, too long, or sent as something else', async () => {
    const deep = `{"data":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    expect(await api.json('POST', at('/subscriptions'), deep)).toMatchObject(problem(400, /^body\.data: /));
    const targetUrl = `http://a/${'x'.repeat(3_000)}`;
    expect(await api.json('POST', at('/subscriptions'), dataWith({ targetUrl }))).toMatchObject(
      problem(400, /^body\.data\.targetUrl: /),
    );
    const long = dataWith({ targetUrl: `http://a/${'x'.repeat(300_000)}` });
    expect(await api.json('PUT', at('/subscriptions/a'), long)).toMatchObject(problem(413, /too large/));
    const init = { headers: { 'Content-Type': 'text/xml' }, body: '<a/>' };
    expect(await api.ask('POST', at('/subscriptions'), init)).toMatchObject(
      problem(415, /application\/json/),
    );
    expect(api.asked).toEqual([]);
  });

  it.each([
    ['XAPP_UNKNOWN', 404],
    ['XAPP_PACKAGE_INVALID', 400],
    ['XAPP_CONFIG_INVALID', 400],
    ['XAPP_CONFLICT', 409],
    ['XAPP_NOT_ALLOWED', 403],
    ['XAPP_NO_ROOM', 507],
  ] as const)('answers %s by %i', async (code, status) => {
    api.failure = new XAppError(code, 'xApp monitor: no');
    expect(await api.ask('GET', at('/xapps/monitor'))).toMatchObject(problem(status, 'xApp monitor: no'));
    expect(api.faults).toEqual([]);
  });

  it('keeps its own faults to itself', async () => {
    api.failure = new Error('SELECT secret FROM table');
    const reply = await api.ask('GET', at('/xapps'));
    expect(reply).toMatchObject(problem(500, 'the RIC failed to answer; its log says why'));
    expect(api.faults).toEqual([api.failure]);
  });

  it('has nothing elsewhere', async () => {
    for (const path of ['/', at('/nowhere'), at('/xapps/monitor/logs/2')]) {
      expect(await api.ask('GET', path)).toMatchObject(problem(404, /nothing/));
    }
  });

  it.each([
    ['PATCH', '/xapps', 'GET, HEAD, OPTIONS, POST'],
    ['POST', '/XApps/monitor/', 'DELETE, GET, HEAD, OPTIONS'],
    ['DELETE', '/health/ready', 'GET, HEAD, OPTIONS'],
    ['GET', '/packages/monitor/1.0.0', 'DELETE, OPTIONS'],
    ['HEAD', '/xapps/monitor/rollback', 'OPTIONS, POST'],
    ['PUT', '/openapi.json', 'GET, HEAD, OPTIONS'],
  ])('says which methods there are instead of %s %s', async (method, path, allow) => {
    const { status, headers, body } = await api.ask(method, at(path));
    expect([status, headers.get('allow')]).toEqual([405, allow]);
    if (method !== 'HEAD') expect(body).toMatchObject({ title: 'Method Not Allowed', status });
    expect(api.asked).toEqual([]);
  });

  it('answers OPTIONS by the methods of a path, and HEAD like GET without the body', async () => {
    const options = await api.ask('OPTIONS', at('/xapps/monitor/config'));
    expect(options).toMatchObject({ status: 204, body: undefined });
    expect(options.headers.get('allow')).toBe('GET, HEAD, OPTIONS, PUT');
    expect(await api.ask('OPTIONS', at('/nowhere'))).toMatchObject(problem(404, /nothing/));
    expect(await api.ask('HEAD', at('/xapps'))).toMatchObject({ status: 200, body: undefined });
  });

  it('reads no bodies of other types, and none that are too long', async () => {
    const send = (path: string, type: string, body: string) =>
      api.ask('POST', at(path), { headers: { 'Content-Type': type }, body });
    expect(await send('/xapps', 'text/plain', 'name=a')).toMatchObject(problem(415, /application\/json/));
    expect(await send('/packages', 'text/plain', 'a')).toMatchObject(problem(415, /application\/gzip/));
    const long = JSON.stringify({ name: 'a', config: { text: 'x'.repeat(300_000) } });
    expect(await send('/xapps', 'application/json', long)).toMatchObject(problem(413, /too large/));
    expect(api.asked).toEqual([]);
  });

  it('takes no package that says it is too long', async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = {
        Authorization: 'Bearer chief',
        'Content-Type': 'application/gzip',
        'Content-Length': 70_000_000,
      };
      request({ port: api.port, method: 'POST', path: at('/packages'), headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .flushHeaders();
    });
    expect(status).toBe(413);
  });

  it('takes no package that comes to be too long', async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = { Authorization: 'Bearer chief', 'Content-Type': 'application/gzip' };
      const upload = request(
        { port: api.port, method: 'POST', path: at('/packages'), headers },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      ).on('error', reject);
      upload.write(Buffer.alloc(MAX_UPLOAD_BYTES + 1));
    });
    expect(status).toBe(413);
    expect(api.asked).toEqual([]);
  });

  it('describes all of its doors', async () => {
    const { body } = await api.ask('GET', at('/openapi.json'), { key: 'watcher' });
    const { paths } = body as { paths: Record<string, Record<string, { summary: string }>> };
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(operations.length).toBe(doorsOf(API_CONTROLLERS).length);
    expect(operations).toEqual(
      expect.arrayContaining([
        'GET /ric/v1/health/alive',
        'POST /ric/v1/xapps',
        'POST /ric/v1/xapps/{name}/upgrade',
        'DELETE /ric/v1/packages/{name}/{version}',
      ]),
    );
    expect(paths['/ric/v1/register']?.['post']).toMatchObject({
      responses: { 501: { $ref: '#/components/responses/problem' } },
    });
    expect(paths['/ric/v1/xapps']?.['post']).toMatchObject({
      'x-role': 'operator',
      requestBody: {
        content: { 'application/json': { schema: { required: ['name'], additionalProperties: false } } },
      },
    });
  });
});
