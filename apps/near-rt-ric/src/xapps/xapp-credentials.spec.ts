import { Bus, CalloutIssuer, EmbeddedNats, getVector, putVector } from '@ricochet/bus';
import { busViolation, event, MAX_INLINE_VECTOR_BYTES } from '@ricochet/contracts';
import { readConfig } from '@ricochet/platform';
import { z } from 'zod';
import { ManualTimers } from '../manual-timers.fixture.js';
import { ricConfigSchema } from '../ric.config.js';
import { type OperatorLog } from '../status/operator-log.service.js';
import { RefusedLogIns } from './refused-log-ins.js';
import { XAppCredentials } from './xapp-credentials.service.js';

const word = (subject: string) => event(subject, z.string());
const NO_PERMISSIONS: readonly string[] = [];

describe('credentials of xApps, on a real nats-server', () => {
  let nats: EmbeddedNats;
  let bus: Bus;
  let clients: Bus[];
  let services: XAppCredentials[];
  /** Of the operator's log, and of xApps' own. */
  const [lines, troubles]: [string[], string[]] = [[], []];
  const log = { warn: (line: string) => lines.push(line) } as unknown as OperatorLog;

  const start = (environment: Record<string, string> = {}): XAppCredentials => {
    const config = readConfig(ricConfigSchema, {
      RICOCHET_NATS_URL: nats.url,
      RICOCHET_NATS_ISSUER_SEED: nats.issuerSeed,
      ...environment,
    });
    const credentials = new XAppCredentials(config, bus, log, new ManualTimers());
    credentials.onApplicationBootstrap();
    services.push(credentials);
    return credentials;
  };
  const connect = async (url: string): Promise<Bus> => {
    const client = await Bus.connect({ url, name: 'client', onTrouble: (line) => troubles.push(line) });
    clients.push(client);
    return client;
  };
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  beforeAll(async () => {
    nats = await EmbeddedNats.start({ onViolation: (violation) => bus.publish(busViolation, violation) });
    bus = await Bus.connect({ url: nats.url, name: 'near-rt-ric', onTrouble: () => undefined });
  });
  beforeEach(() => {
    [clients, services] = [[], []];
    lines.length = troubles.length = 0;
  });
  afterEach(async () => {
    await Promise.all(clients.map((client) => client.close()));
    await Promise.all(services.map((service) => service.onApplicationShutdown()));
  });
  afterAll(async () => {
    await bus.close();
    await nats.stop();
  });

  it("let each speak on its own subjects, ask, answer the RIC and hear nobody else's", async () => {
    const credentials = start();
    const [one, other] = await Promise.all(
      ['one', 'other'].map((name) => connect(credentials.issue({ name, permissions: NO_PERMISSIONS }).url)),
    );
    const heard: string[] = [];
    const hears = (by: Bus, subject: string) => by.subscribe(word(subject), (_, at) => heard.push(at));
    hears(bus, 'ric.xapp.>');
    hears(bus, 'e2.>');
    hears(one!, 'ric.xapp.other.>');
    await Promise.all([bus.flush(), one!.flush(), other!.flush()]);
    for (const subject of ['ric.xapp.other.control', 'e2.node', 'ric.xapp.one.control']) {
      one!.publish(word(subject), 'one');
    }
    other!.publish(word('ric.xapp.other.settled'), 'other');
    await Promise.all([one!.flush(), other!.flush()]);
    await bus.flush();
    // Of two connections, either may be heard first.
    expect(heard.toSorted()).toEqual(['ric.xapp.one.control', 'ric.xapp.other.settled']);
    expect(troubles).toEqual([
      'NATS subscription ric.xapp.other.>: Permissions Violation for Subscription to "ric.xapp.other.>"',
      'NATS: Permissions Violation for Subscription to "ric.xapp.other.>"',
      'NATS: Permissions Violation for Publish to "ric.xapp.other.control"',
      'NATS: Permissions Violation for Publish to "e2.node"',
    ]);
    await until(() => lines.length > 0);
    expect(lines).toEqual(['xApp one may not subscribe to ric.xapp.other.>: NATS did not let it']);

    const drain = { subject: 'ric.xapp.one.drain', request: z.string(), reply: z.string() };
    one!.serve(drain, () => 'drained');
    await one!.flush();
    await expect(bus.request(drain, 'please', 2_000)).resolves.toBe('drained');
    const control = { subject: 'ric.xapp.one.control', request: z.string(), reply: z.string() };
    bus.serve(control, () => 'acknowledged');
    await bus.flush();
    await expect(one!.request(control, 'please', 2_000)).resolves.toBe('acknowledged');
  });

  it('keep JetStream from who has no permission to learn', async () => {
    const credentials = start();
    const subjects = ['rapp.meta-hrl.contribution', '$JS.API.STREAM.INFO.OBJ_ricochet-vectors'];
    const heard: string[] = [];
    for (const subject of subjects) bus.subscribeBytes(subject, (_, at) => heard.push(at));
    await bus.flush();
    for (const permissions of [NO_PERMISSIONS, ['sdl:other'], ['learning']]) {
      const client = await connect(credentials.issue({ name: 'app', permissions }).url);
      for (const subject of subjects) client.publish(word(subject), '');
      await client.flush();
      await bus.flush();
      expect(heard).toEqual(permissions.includes('learning') ? subjects : []);
    }
  });

  it('let who may learn exchange large vectors with the Non-RT RIC', async () => {
    const { url } = start().issue({ name: 'learner', permissions: ['learning'] });
    const learner = await connect(url);
    const vector = Float32Array.from({ length: MAX_INLINE_VECTOR_BYTES }, (_, i) => i);
    for (const [from, to] of [
      [learner, bus],
      [bus, learner],
    ] as const) {
      expect(await getVector(to, await putVector(from, vector))).toEqual(vector);
    }
    expect(troubles).toEqual([]);
  });

  it('end with the life that they are of, and its connection with them', async () => {
    const credentials = start();
    const [old, young] = [0, 1].map(() => credentials.issue({ name: 'app', permissions: NO_PERMISSIONS }));
    const [oldClient, youngClient] = [await connect(old!.url), await connect(young!.url)];
    // The way to close connections is there when this is.
    await until(() => 'connections' in credentials && credentials['connections'] !== undefined);
    old!.revoke();
    await until(() => !oldClient.isUp);
    expect(youngClient.isUp).toBe(true);
    await expect(connect(old!.url)).rejects.toMatchObject({ code: 'BUS_AUTHENTICATION' });
    await expect(connect(young!.url)).resolves.toMatchObject({ isUp: true });
    old!.revoke();
  });

  it("close what a former life of the RIC's let in", async () => {
    const former = start();
    const client = await connect(former.issue({ name: 'app', permissions: NO_PERMISSIONS }).url);
    await former.onApplicationShutdown();
    start();
    await until(() => !client.isUp);
  });

  it('refuse whom they do not know, and say so once', async () => {
    const credentials = start();
    const { url } = credentials.issue({ name: 'app', permissions: NO_PERMISSIONS });
    for (const wrong of [url.replace('app:', 'other:'), url.replace(/:[^:@]+@/, ':guess@')]) {
      await expect(connect(wrong)).rejects.toMatchObject({ code: 'BUS_AUTHENTICATION' });
    }
    // A client of the test before may still be knocking, as "app".
    expect(lines).toEqual([
      expect.stringMatching(
        /^NATS log-in refused: user "(other|app)" from 127\.0\.0\.1 is no xApp that runs, or has another password$/,
      ),
    ]);
  });

  it("are not given under the name of the services' user", () => {
    expect(() => start().issue({ name: 'ricochet', permissions: NO_PERMISSIONS })).toThrow(
      "ricochet is the NATS user of the services, no xApp's name",
    );
  });

  it("are the services' own where the RIC has no key to make them, which is told", () => {
    const config = readConfig(ricConfigSchema, { RICOCHET_NATS_URL: nats.url });
    const credentials = new XAppCredentials(config, bus, log, new ManualTimers());
    for (const name of ['a', 'b']) {
      expect(credentials.issue({ name, permissions: NO_PERMISSIONS }).url).toBe(nats.url);
    }
    expect(lines).toEqual([
      expect.stringContaining('not kept apart there: RICOCHET_NATS_ISSUER_SEED is not set'),
    ]);
  });

  it('are of no use at a server that asks somebody else, which is told', async () => {
    const { seed, publicKey } = CalloutIssuer.create();
    start({ RICOCHET_NATS_ISSUER_SEED: seed });
    await until(() => lines.length > 0);
    expect(lines).toEqual([
      `xApps can not log in to NATS: its auth_callout does not have our issuer, ${publicKey}`,
    ]);
  });
});

describe('RefusedLogIns', () => {
  it('tells the first, then how many came in a minute, whatever they are called', () => {
    const timers = new ManualTimers();
    const lines: string[] = [];
    const refused = new RefusedLogIns(timers, (line) => lines.push(line));
    for (let i = 0; i < 1_000; i++) refused.tell({ user: `${i}\n`.repeat(100), host: '10.0.0.1' });
    expect(lines).toEqual([
      expect.stringMatching(/^NATS log-in refused: user "0\\n0\\n[^\n]{0,60}" from 10\.0\.0\.1 /),
    ]);
    timers.advance(60_000);
    expect(lines.slice(1)).toEqual([
      expect.stringMatching(/^NATS log-ins refused in the last minute: 999 more, the last of user "999\\n/),
    ]);
    timers.advance(120_000);
    refused.tell({ user: 'app', host: '10.0.0.1' });
    expect(lines).toHaveLength(3);
  });
});
