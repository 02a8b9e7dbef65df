import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { z } from 'zod';
import { serveLogIns, type Admission, type LogIn, type Verdict } from './auth-callout.js';
import { Bus } from './bus.js';
import { CalloutIssuer } from './callout-issuer.js';
import { EmbeddedNats } from './embedded-nats.js';
import { ServerConnections } from './server-connections.js';

const PASSWORD = 'of the app';
const HOSTILE = ['*', '>', 'a.b', 'a b', '$SYS', '"}', 'é\u0000', 'A'.repeat(900)];

const admissionOf = (user: string): Admission => ({
  publish: [`app.${user}.>`],
  subscribe: [`app.${user}.>`, `_INBOX.${user}.>`],
});

describe('users that a nats-server asks us about', () => {
  let nats: EmbeddedNats;
  let bus: Bus;
  let heard: string[];
  let open: NatsConnection[];
  const seen: LogIn[] = [];
  const lines: string[] = [];

  const judge = (logIn: LogIn): Verdict => {
    seen.push(logIn);
    if (logIn.user === '_system') return logIn.password === 'of the system' ? 'system' : 'refused';
    return /^[a-z]+$/.test(logIn.user) && logIn.password === PASSWORD ? admissionOf(logIn.user) : 'refused';
  };
  const logIn = async (user?: string, password = PASSWORD): Promise<NatsConnection> => {
    const client = await connect({
      servers: `127.0.0.1:${nats.port}`,
      ...(user !== undefined && { user, pass: password }),
      inboxPrefix: '_INBOX.a',
      reconnect: false,
    });
    open.push(client);
    return client;
  };
  const faultsOf = (client: NatsConnection): string[] => {
    const faults: string[] = [];
    void (async () => {
      for await (const status of client.status()) {
        if (status.type === 'error') faults.push(status.error.message);
      }
    })();
    return faults;
  };
  const urlOf = (user: string, password: string): string =>
    `nats://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${nats.port}`;

  beforeAll(async () => {
    nats = await EmbeddedNats.start();
    bus = await Bus.connect({ url: nats.url, name: 'judge', onTrouble: (line) => lines.push(line) });
    serveLogIns(bus, { issuer: CalloutIssuer.fromSeed(nats.issuerSeed), judge, now: () => 0 });
    bus.subscribeBytes('app.>', (payload, subject) =>
      heard.push(`${subject}: ${Buffer.from(payload).toString()}`),
    );
    await bus.flush();
  });
  beforeEach(() => {
    heard = [];
    open = [];
    lines.length = seen.length = 0;
  });
  afterEach(() => Promise.all(open.map((client) => client.close())));
  afterAll(async () => {
    await bus.close();
    await nats.stop();
  });

  it('publish and hear on the subjects that they were given, and on no others', async () => {
    const [a, b] = [await logIn('a'), await logIn('b')];
    const faults = faultsOf(a);
    const got: string[] = [];
    for (const subject of [
      'app.a.>',
      'app.b.>',
      'app.*.x',
      'app.>',
      '>',
      '$SYS.>',
      '_INBOX.>',
      '_INBOX.b.>',
    ]) {
      a.subscribe(subject, {
        callback: (error, message) => {
          if (error === null) got.push(message.subject);
        },
      });
    }
    await a.flush();
    for (const subject of [
      'app.a.x',
      'app.b.x',
      'app.c',
      '_INBOX.b.x',
      '$SYS.REQ.USER.AUTH',
      '$JS.API.INFO',
    ]) {
      a.publish(subject, 'of a');
    }
    b.publish('app.b.x', 'of b');
    await Promise.all([a.flush(), b.flush()]);
    await bus.flush();
    // Two connections have no order between them.
    expect(heard.sort()).toEqual(['app.a.x: of a', 'app.b.x: of b']);
    expect(got).toEqual(['app.a.x']);
    const denied = ['app.b.>', 'app.*.x', 'app.>', '>', '$SYS.>', '_INBOX.>', '_INBOX.b.>'];
    expect(faults.filter((fault) => fault.includes('Subscription'))).toEqual(
      denied.map((subject) => `Permissions Violation for Subscription to "${subject}"`),
    );
    expect(faults.filter((fault) => fault.includes('Publish'))).toHaveLength(5);
  });

  it('ask and are answered, on inboxes alone', async () => {
    const [a] = [await logIn('a')];
    const double = { subject: 'app.*.double', request: z.int(), reply: z.int() };
    bus.serve(double, (n) => 2 * n);
    await bus.flush();
    const answer = await a.request('app.a.double', '21');
    expect(answer.json()).toEqual({ value: 42 });
    a.publish('app.a.double', '21', { reply: 'app.b.control' });
    await a.request('app.a.double', '1');
    expect(heard.filter((line) => line.startsWith('app.b'))).toEqual([]);
    expect(lines).toEqual(['request dropped: app.a.double: wants its answer on app.b.control']);
  });

  it('may speak the protocol by hand, on a plain socket', async () => {
    const socket = connectSocket(nats.port, '127.0.0.1');
    const words = JSON.stringify({ user: 'hello', pass: PASSWORD, verbose: false, pedantic: false });
    socket.write(`CONNECT ${words}\r\nPUB app.hello.x 2\r\nhi\r\nPING\r\n`);
    let said = '';
    while (!said.includes('PONG')) said += String((await once(socket, 'data'))[0]);
    socket.destroy();
    await bus.flush();
    expect(heard).toEqual(['app.hello.x: hi']);
  });

  it('are refused with a wrong password, without one, and by whatever name they choose', async () => {
    await expect(logIn('a', 'guess')).rejects.toThrow('Authorization Violation');
    await expect(logIn('ricochet', 'guess')).rejects.toThrow('Authorization Violation');
    await expect(logIn()).rejects.toThrow('Authorization Violation');
    for (const name of HOSTILE) await expect(logIn(name)).rejects.toThrow('Authorization Violation');
    expect(seen.map(({ user }) => user)).toEqual(['a', '', ...HOSTILE]);
    expect(heard).toEqual([]);
  });

  it('are thrown out by who has the system account', async () => {
    const [a, b] = [await logIn('a'), await logIn('b')];
    await expect(ServerConnections.open(urlOf('_system', 'guess'))).rejects.toThrow('refused');
    const connections = await ServerConnections.open(urlOf('_system', 'of the system'));
    const { connection } = seen.find(({ user }) => user === 'a')!;
    const admitted = await connections.admitted();
    expect(admitted).toHaveLength(2);
    expect(admitted).toContainEqual(connection);
    await connections.close(connection);
    await a.closed();
    expect(await connections.admitted()).toEqual([seen[1]!.connection]);
    expect(b.isClosed()).toBe(false);
    await connections.stop();
  });

  it('come in floods of wrong passwords without keeping others out', async () => {
    const flood = [...Array(300).keys()].map(() => logIn('a', 'guess').catch((error: Error) => error.name));
    const late = await logIn('b');
    expect(late.isClosed()).toBe(false);
    expect(new Set(await Promise.all(flood))).toEqual(new Set(['AuthorizationError']));
  });

  it('are all that does not come in while nobody answers', async () => {
    const other = await EmbeddedNats.start({ issuerSeed: nats.issuerSeed });
    const service = await Bus.connect({ url: other.url, name: 'service', onTrouble: () => undefined });
    const refused = connect({
      servers: `127.0.0.1:${other.port}`,
      user: 'a',
      pass: PASSWORD,
      timeout: 5_000,
    });
    await expect(refused).rejects.toThrow();
    await service.flush();
    await service.close();
    await other.stop();
  });
});

describe('CalloutIssuer', () => {
  it('is the same from its seed, and refuses what is none', () => {
    const { seed, publicKey } = CalloutIssuer.create();
    expect(publicKey).toMatch(/^A[A-Z2-7]{55}$/);
    expect(CalloutIssuer.fromSeed(seed).publicKey).toBe(publicKey);
    for (const wrong of ['', publicKey, `${seed.slice(0, -1)}`, seed.replace('SA', 'SU'), 'é']) {
      expect(() => CalloutIssuer.fromSeed(wrong)).toThrow('expected the nkey seed of a NATS account, SA…');
    }
  });
});
