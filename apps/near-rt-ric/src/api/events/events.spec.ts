import { problem, ServedApi } from '../api.fixture.js';
import { API_ROOT } from '../door.js';
import { EVENT_TYPES } from './event-frame.js';

const EVENTS = `${API_ROOT}/events`;

describe('the stream of events', () => {
  let api: ServedApi;
  beforeEach(async () => {
    api = new ServedApi();
    await api.start();
  });
  afterEach(() => api.stop());

  const open = (query = '', headers: Record<string, string> = { 'X-API-Key': 'watcher' }) =>
    fetch(`http://127.0.0.1:${api.port}${EVENTS}${query}`, { headers });
  const ticket = async (): Promise<string> => {
    const { status, body } = await api.ask('POST', `${EVENTS}/tickets`, { key: 'watcher' });
    expect(status).toBe(201);
    return (body as { ticket: string }).ticket;
  };
  const tell = (): void => {
    api.events.tell('node', { nodeId: 'du-1' }, () => ({ event: 'connected' }));
    api.timers.advance(100);
  };

  it('tells viewers, until they go', async () => {
    const response = await open('?types=node,kpi');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('cache-control')).toBe('no-store');
    tell();
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('connected')) text += (await reader?.read())?.value ?? '';
    expect(text).toMatch(
      /^retry: 2000\n\nid: \w+-1\n\nid: \w+-2\nevent: node\ndata: {"event":"connected"}\n\n$/,
    );
    expect(api.events.readers).toBe(1);
    await reader?.cancel();
    while (api.events.readers > 0) await new Promise((resolve) => setImmediate(resolve));
  });

  it('goes on from the id that a header names, or else the query', async () => {
    const first = await open('?types=node');
    const reader = first.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('id: ')) text += (await reader?.read())?.value ?? '';
    const lastId = /id: (\S+)/.exec(text)?.[1] ?? '';
    tell();
    const back = [
      await open('?types=node', { 'X-API-Key': 'watcher', 'Last-Event-ID': lastId }),
      await open(`?types=node&lastEventId=${lastId}`),
      await open(`?types=node&lastEventId=${lastId}`, { 'X-API-Key': 'watcher', 'Last-Event-ID': 'other' }),
      await open('?types=node'),
    ];
    await api.stop();
    const texts = await Promise.all(back.map((one) => one.text()));
    expect(texts.map((one) => [...one.matchAll(/^event: (.*)$/gm)].map(([, type]) => type))).toEqual([
      ['node'],
      ['node'],
      ['dropped', 'node'],
      [],
    ]);
  });

  it('ends when the API does', async () => {
    const response = await open();
    await api.stop();
    expect(await response.text()).toMatch(/^retry: 2000\n\nid: \w+-1\n\n$/);
  });

  it('opens by a ticket, once', async () => {
    const one = await ticket();
    const stream = await open(`?types=node&ticket=${one}`, {});
    expect(stream.status).toBe(200);
    for (const query of [`?ticket=${one}`, '?ticket=', '?ticket=x']) {
      const response = await open(query, {});
      expect({ status: response.status, body: await response.json() }).toMatchObject(
        problem(401, /^the ticket is not good/),
      );
    }
    await stream.body?.cancel();
  });

  it('is all that a ticket opens', async () => {
    const query = `?ticket=${await ticket()}`;
    for (const [method, path] of [
      ['GET', `${API_ROOT}/xapps`],
      ['POST', `${EVENTS}/tickets`],
      ['DELETE', EVENTS],
    ] as const) {
      expect(await api.ask(method, `${path}${query}`, { key: '' })).toMatchObject(problem(401, /API key/));
    }
  });

  it.each([
    ['?types=node,gossip', `query.types: expected some of ${EVENT_TYPES.join(', ')}, with commas between`],
    ['?types=', /^query\.types: /],
    ['?types=node&types=kpi', /^query\.types: /],
    [`?lastEventId=${'1'.repeat(65)}`, /^query\.lastEventId: /],
    ['?xapp=../x', /^query\.xapp: /],
    [`?node=${'x'.repeat(300)}`, /^query\.node: /],
    ['?key=chief', /"key"/],
  ])('refuses %s', async (query, detail) => {
    expect(await api.ask('GET', `${EVENTS}${query}`)).toMatchObject(problem(400, detail));
    expect(api.events.readers).toBe(0);
  });

  it('needs a key, and answers HEAD without an end to wait for', async () => {
    expect(await api.ask('GET', EVENTS, { key: '' })).toMatchObject(problem(401, /API key/));
    expect(await api.ask('POST', `${EVENTS}/tickets`, { key: '' })).toMatchObject(problem(401, /API key/));
    const head = await api.ask('HEAD', EVENTS);
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    expect(api.events.readers).toBe(0);
  });

  it('has so many readers and no more', async () => {
    const readers = await Promise.all(Array.from({ length: 128 }, () => open()));
    expect(await api.ask('GET', EVENTS)).toMatchObject(problem(503, /128 readers/));
    expect(await api.ask('GET', `${API_ROOT}/xapps`)).toMatchObject({ status: 200 });
    await Promise.all(readers.map(async ({ body }) => body?.cancel()));
  });
});
