import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Store } from '@ricochet/store';
import { ManualTimers } from '../../manual-timers.fixture.js';
import { OperatorLog } from '../../status/operator-log.service.js';
import { type XAppEvent } from '../../xapps/xapp-lifecycle.service.js';
import { STATUS } from '../api.fixture.js';
import { EventSubscriptions } from './event-subscriptions.service.js';

process.env['RICOCHET_LOG_LEVEL'] = 'silent';

const DEPLOYED: XAppEvent = { type: 'deployed', name: 'monitor', version: '1.0.0' };
const instances = [{ instance: 'i-1', version: '1.0.0', role: 'serving' as const, restarts: 0 }];

describe('subscriptions to what becomes of xApps', () => {
  let folder: string;
  let store: Store;
  let server: Server;
  let url: string;
  let received: Record<string, unknown>[];
  let isRefusing: boolean;
  let onRequest: () => void;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ricochet-events-'));
    store = await Store.open({ path: join(folder, 'ric.sqlite'), onTrouble: () => undefined });
  });
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    [received, isRefusing, onRequest] = [[], false, () => undefined];
    server = createServer((request, response) => {
      request.on('data', (chunk: Buffer) => received.push(JSON.parse(chunk.toString()) as never));
      request.on('end', () => {
        response.writeHead(isRefusing ? 503 : 200).end();
        onRequest();
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?secret=s`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    for (const { id } of await store.xAppEventSubscriptions()) await store.deleteXAppEventSubscription(id);
  });

  /** One life of the RIC. */
  const start = async () => {
    const timers = new ManualTimers();
    const log = new OperatorLog();
    let tell: (event: XAppEvent) => void = () => undefined;
    const lifecycle = {
      onEvent: (listener: typeof tell) => (tell = listener),
      status: () => [{ ...STATUS, instances }],
    };
    const subscriptions = new EventSubscriptions(store, lifecycle as never, log, timers);
    await subscriptions.onApplicationBootstrap();
    return { subscriptions, log, timers, tell: (event: XAppEvent) => tell(event) };
  };
  const data = (more: object = {}) => ({
    eventType: 'all' as const,
    maxRetries: 0,
    retryTimer: 5,
    targetUrl: url,
    ...more,
  });
  /** The receiver has been asked so often from now on. */
  const requests = (count: number): Promise<void> =>
    new Promise((resolve) => {
      onRequest = () => {
        count -= 1;
        if (count === 0) resolve();
      };
    });

  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
  };

  it('tell a receiver what it wants to hear, in the form of appmgr', async () => {
    const { subscriptions, tell } = await start();
    const { id } = await subscriptions.add(data({ eventType: 'deployed' }));
    const asked = requests(1);
    tell({ ...DEPLOYED, type: 'created' });
    tell(DEPLOYED);
    await asked;
    expect(received).toEqual([
      {
        id,
        version: 2,
        eventType: 'deployed',
        xApps: [
          {
            name: 'monitor',
            version: '1.0.0',
            status: 'deployed',
            instances: [{ name: 'i-1', status: 'running' }],
          },
        ],
      },
    ]);
    expect(subscriptions.version).toBe(2);
  });

  it('outlive the RIC', async () => {
    const first = await start();
    const { id } = await first.subscriptions.add(data({ eventType: 'deployed' }));
    await first.subscriptions.change(id, data());
    first.subscriptions.onApplicationShutdown();
    const second = await start();
    expect(second.subscriptions.all()).toEqual([{ id, data: data() }]);
    const asked = requests(1);
    second.tell({ ...DEPLOYED, type: 'deleted' });
    await asked;
    expect(received).toMatchObject([
      { id, version: 1, eventType: 'deleted', xApps: [{ status: 'deleted' }] },
    ]);
    await second.subscriptions.remove(id);
    expect(await store.xAppEventSubscriptions()).toEqual([]);
  });

  it('end when their receiver does not take what it is told, in one line that tells no secret', async () => {
    const { subscriptions, log, tell } = await start();
    await subscriptions.add(data());
    isRefusing = true;
    const warned = new Promise<string>((resolve) => (log.warn = resolve));
    tell(DEPLOYED);
    expect(await warned).toBe(
      `${url.replace('?secret=s', '')} is told of xApps no more, after 0 retries: it answered with status 503`,
    );
    expect(subscriptions.all()).toEqual([]);
    await store.flush();
    expect(await store.xAppEventSubscriptions()).toEqual([]);
  });

  it('are the same for the same URL and type, and no more than 64', async () => {
    const { subscriptions } = await start();
    const one = await subscriptions.add(data());
    expect(await subscriptions.add(data({ maxRetries: 9 }))).toEqual({
      id: one.id,
      data: data({ maxRetries: 9 }),
    });
    for (let n = 1; n < 64; n++) await subscriptions.add(data({ targetUrl: `${url}&n=${n}` }));
    await expect(subscriptions.add(data({ eventType: 'deployed' }))).rejects.toMatchObject({ status: 409 });
    await subscriptions.add(data());
    expect(subscriptions.all()).toHaveLength(64);
  });

  it('are the same here and in a store that fails', async () => {
    const { subscriptions, tell } = await start();
    const { id } = await subscriptions.add(data({ eventType: 'deployed' }));
    const before = await store.xAppEventSubscriptions();
    const fail = () => Promise.reject(new Error('the disk is full'));
    const failing = [
      jest.spyOn(store, 'saveXAppEventSubscription').mockImplementation(fail),
      jest.spyOn(store, 'deleteXAppEventSubscription').mockImplementation(fail),
    ];
    await expect(subscriptions.add(data({ eventType: 'all' }))).rejects.toThrow('the disk is full');
    await expect(subscriptions.change(id, data())).rejects.toThrow('the disk is full');
    await expect(subscriptions.remove(id)).rejects.toThrow('the disk is full');
    // Its receiver is given up, which can not be noted either.
    isRefusing = true;
    let asked = requests(1);
    tell(DEPLOYED);
    await asked;
    await until(() => failing[1]?.mock.calls.length === 2);
    expect(subscriptions.all()).toEqual([{ id, data: data({ eventType: 'deployed' }) }]);
    expect(await store.xAppEventSubscriptions()).toEqual(before);

    for (const one of failing) one.mockRestore();
    isRefusing = false;
    asked = requests(1);
    tell(DEPLOYED);
    await asked;
    expect(received).toHaveLength(2);
    await subscriptions.remove(id);
    expect([subscriptions.all(), await store.xAppEventSubscriptions()]).toEqual([[], []]);
  });

  it('change one after the other', async () => {
    const { subscriptions } = await start();
    const [one, same] = await Promise.all([subscriptions.add(data()), subscriptions.add(data())]);
    expect(same.id).toBe(one.id);
    const ended = subscriptions.remove(one.id);
    await expect(subscriptions.change(one.id, data())).rejects.toMatchObject({ status: 404 });
    await ended;
    expect(await store.xAppEventSubscriptions()).toEqual([]);
  });

  it('are not there under ids that nobody was given', async () => {
    const { subscriptions } = await start();
    expect(() => subscriptions.get('x')).toThrow('there is no subscription x to events of xApps');
    await expect(subscriptions.change('x', data())).rejects.toMatchObject({ status: 404 });
    await expect(subscriptions.remove('x')).rejects.toMatchObject({ status: 404 });
  });
});
