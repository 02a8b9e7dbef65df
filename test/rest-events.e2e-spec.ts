import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { fixture, Ricochet } from './support/ricochet.js';
import { waitFor } from './support/wait-for.js';

const TIMEOUT_MS = 600_000;
const PATIENCE_MS = 120_000;

const MONITOR = `
  import { defineXApp, runXApp } from '@ricochet/xapp-sdk';
  import { z } from 'zod';
  await runXApp(defineXApp({
    name: 'monitor', version: '0.0.0', config: z.strictObject({}),
    subscriptions: () => [{ name: 'cell', level: 'cell', periodMs: 100, measurements: ['RRU.PrbTotDl'] }],
    create: () => ({ onReport: () => undefined }),
  }));`;

interface SentEvent {
  readonly id: string | undefined;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

describe('the API, to who watches', () => {
  const ricochet = new Ricochet();
  const received: Readonly<Record<string, unknown>>[] = [];
  let receiver: Server;
  let api: { readonly url: string; readonly key: string };

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      request.on('data', (chunk: Buffer) => received.push(JSON.parse(chunk.toString()) as never));
      request.on('end', () => response.end());
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    ricochet.start('up', fixture('small.yaml'), '--plain', '--controller', 'urllc-first+pf');
    const isThere = async (): Promise<boolean> => (await ricochet.run('xapp', 'status')).code === 0;
    await waitFor('the API', isThere, PATIENCE_MS);
    api = JSON.parse(readFileSync(ricochet.path('.ricochet', 'api.json'), 'utf8')) as typeof api;
  }, TIMEOUT_MS);
  afterAll(async () => {
    receiver.close();
    await ricochet.dispose();
  }, TIMEOUT_MS);

  const ask = (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = { 'X-API-Key': api.key, 'Content-Type': 'application/json' };
    return fetch(`${api.url}${path}`, { headers, ...init });
  };
  /** Opens a stream, as a browser does; gives the events that come, for as long as it is open. */
  const watch = async (query: string): Promise<{ events: SentEvent[]; close(): void }> => {
    const asked = await ask('/ric/v1/events/tickets', { method: 'POST' });
    const { ticket } = (await asked.json()) as { ticket: string };
    const closing = new AbortController();
    const stream = await fetch(`${api.url}/ric/v1/events?${query}&ticket=${ticket}`, {
      signal: closing.signal,
    });
    const events: SentEvent[] = [];
    void readEvents(stream, events).catch(() => undefined);
    return { events, close: () => closing.abort() };
  };

  it(
    'posts what becomes of xApps to a receiver, and streams it',
    async () => {
      const targetUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
      const data = { eventType: 'deployed', maxRetries: 3, retryTimer: 1, targetUrl };
      const subscribed = await ask('/ric/v1/subscriptions', {
        method: 'POST',
        body: JSON.stringify({ data }),
      });
      expect(subscribed.status).toBe(201);
      const { id } = (await subscribed.json()) as { id: string };
      const stream = await watch('types=xapp&xapp=monitor');

      const folder = ricochet.path('monitor');
      mkdirSync(folder);
      const image = { registry: 'local', name: 'monitor', tag: '1.0.0' };
      const files = {
        'package.json': { name: 'monitor', version: '1.0.0', type: 'module', main: 'main.js' },
        'config-file.json': {
          xapp_name: 'monitor',
          version: '1.0.0',
          containers: [{ name: 'monitor', image }],
        },
      };
      for (const [file, json] of Object.entries(files))
        writeFileSync(`${folder}/${file}`, JSON.stringify(json));
      writeFileSync(`${folder}/main.js`, MONITOR);
      for (const args of [
        ['onboard', folder],
        ['deploy', 'monitor'],
      ]) {
        expect(await ricochet.run('xapp', ...args)).toMatchObject({ code: 0, errors: [] });
      }
      await waitFor('the event', () => received.length > 0);
      expect(received).toMatchObject([
        { id, eventType: 'deployed', version: 2, xApps: [{ name: 'monitor', version: '1.0.0' }] },
      ]);
      await waitFor('both events', () => stream.events.length === 2);
      expect(stream.events.map(({ data: told }) => told)).toEqual(
        ['created', 'deployed'].map((event) => ({ event, xapp: 'monitor', version: '1.0.0' })),
      );
      stream.close();

      expect(await ricochet.run('xapp', 'undeploy', 'monitor')).toMatchObject({ code: 0, errors: [] });
      const back = await watch(`types=xapp&xapp=monitor&lastEventId=${stream.events[0]?.id}`);
      await waitFor('what was missed', () => back.events.length === 2);
      expect(back.events.map(({ type, data: told }) => [type, told['event']])).toEqual([
        ['xapp', 'deployed'],
        ['xapp', 'undeployed'],
      ]);
      back.close();
    },
    TIMEOUT_MS,
  );

  it(
    'streams a control from the request to its effect, KPIs and the status',
    async () => {
      const { events, close } = await watch('types=control,effect,kpi,status&xapp=slice-quota');
      const find = (type: string, passes: (data: SentEvent['data']) => boolean) =>
        events.find((event) => event.type === type && passes(event.data))?.data;
      const effect = await waitFor('an effect of a control that was heard of', () =>
        find('effect', ({ controlId, effective }) => {
          const asked = find(
            'control',
            (data) => data['controlId'] === controlId && data['stage'] === 'asked',
          );
          return effective === true && asked !== undefined;
        }),
      );
      const { controlId } = effect;
      const stages = events.filter(({ type, data }) => type === 'control' && data['controlId'] === controlId);
      expect(stages.map(({ data }) => data['stage'])).toEqual(['asked', 'arbitrated', 'answered']);
      expect(stages[2]?.data).toMatchObject({
        xapp: 'slice-quota',
        kind: 'slice-quota',
        outcome: 'acknowledged',
      });
      expect(effect).toMatchObject({ xapp: 'slice-quota', delayMs: expect.any(Number) as number });
      const kpi = await waitFor('KPIs', () => find('kpi', () => true));
      expect(kpi).toMatchObject({ values: { 'RRU.PrbUsedDl': expect.any(Number) as number } });
      expect(await waitFor('the status', () => find('status', () => true))).toMatchObject({
        nodes: [{ state: 'connected' }, { state: 'connected' }],
      });
      close();
      const e2 = (await (await ask('/submgr/ric/v1/subscriptions')).json()) as { ClientEndpoint: string[] }[];
      expect(e2.some(({ ClientEndpoint }) => ClientEndpoint.includes('slice-quota'))).toBe(true);
    },
    TIMEOUT_MS,
  );
});

async function readEvents({ body }: Response, events: SentEvent[]): Promise<void> {
  if (body === null) return;
  let text = '';
  for await (const part of body.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + part).split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, type] = /^event: (.*)$/m.exec(block) ?? [];
      const [, data] = /^data: (.*)$/m.exec(block) ?? [];
      const [, id] = /^id: (.*)$/m.exec(block) ?? [];
      if (type === undefined || data === undefined) continue;
      events.push({ id, type, data: JSON.parse(data) as SentEvent['data'] });
    }
  }
}
