import { event, request } from '@ricochet/contracts';
import { z } from 'zod';
import { Bus } from './bus.js';
import { BusError } from './bus.error.js';
import { EmbeddedNats } from './embedded-nats.js';

const tick = event('test.tick', z.strictObject({ n: z.int() }));
const double = request('test.double', {
  request: z.strictObject({ n: z.int() }),
  reply: z.strictObject({ n: z.int() }),
});

describe('Bus over a real nats-server', () => {
  let nats: EmbeddedNats;
  const open: Bus[] = [];
  const trouble: string[] = [];
  const connect = async (name: string, url = nats.url): Promise<Bus> => {
    const bus = await Bus.connect({ url, name, onTrouble: (line) => trouble.push(line) });
    open.push(bus);
    return bus;
  };
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  beforeAll(async () => {
    nats = await EmbeddedNats.start();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((bus) => bus.close()));
    trouble.length = 0;
  });
  afterAll(() => nats.stop());

  it('carries events in order', async () => {
    const [a, b] = [await connect('a'), await connect('b')];
    const seen: number[] = [];
    b.subscribe(tick, ({ n }) => seen.push(n));
    await b.flush();
    for (let n = 0; n < 100; n++) a.publish(tick, { n });
    await until(() => seen.length === 100);
    expect(seen).toEqual([...Array(100).keys()]);
  });

  describe('what can wait', () => {
    const heard = async (): Promise<number[]> => {
      const seen: number[] = [];
      const b = await connect('b');
      b.subscribe(tick, ({ n }) => seen.push(n));
      await b.flush();
      return seen;
    };
    const wait = (bus: Bus, n: number): void =>
      bus.publishBytes('test.tick', Buffer.from(JSON.stringify({ n })), { canWait: true });

    it('is held back, and sent soon', async () => {
      const [a, seen] = [await connect('a'), await heard()];
      const publish = jest.spyOn(a.connection, 'publish');
      wait(a, 1);
      expect(publish).not.toHaveBeenCalled();
      await until(() => seen.length === 1);
    });

    it('goes before what is sent, asked or flushed after it, in its order', async () => {
      const [a, b, seen] = [await connect('a'), await connect('b'), await heard()];
      b.serve(double, ({ n }) => ({ n: 2 * n }), { canWait: true });
      await b.flush();
      const publish = jest.spyOn(a.connection, 'publish');
      wait(a, 1);
      wait(a, 2);
      a.publish(tick, { n: 3 });
      expect(publish).toHaveBeenCalledTimes(3);
      wait(a, 4);
      const answer = a.request(double, { n: 21 }, 1_000);
      expect(publish).toHaveBeenCalledTimes(5);
      wait(a, 5);
      const flushed = a.flush();
      expect(publish).toHaveBeenCalledTimes(6);
      await expect(answer).resolves.toEqual({ n: 42 });
      await flushed;
      wait(a, 6);
      await a.close();
      await until(() => seen.length === 6);
      expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
    });

    it('goes at once where the bus is hurried', async () => {
      const options = { url: nats.url, name: 'a', onTrouble: () => undefined, isHurried: () => true };
      const a = await Bus.connect(options);
      open.push(a);
      const publish = jest.spyOn(a.connection, 'publish');
      wait(a, 1);
      expect(publish).toHaveBeenCalledTimes(1);
    });

    it('costs nothing else when it can not be sent', async () => {
      const [a, seen] = [await connect('a'), await heard()];
      wait(a, 1);
      a.publishBytes('a subject with spaces', Buffer.from('x'), { canWait: true });
      wait(a, 2);
      await until(() => seen.length === 2);
      expect(trouble).toEqual([expect.stringContaining('message dropped: a subject with spaces: ')]);
    });
  });

  it('answers requests and carries the error of a handler to the asker', async () => {
    const [a, b] = [await connect('a'), await connect('b')];
    b.serve(double, ({ n }) => {
      if (n < 0) throw new Error('n is negative');
      return { n: 2 * n };
    });
    await b.flush();
    await expect(a.request(double, { n: 21 }, 1_000)).resolves.toEqual({ n: 42 });
    await expect(a.request(double, { n: -1 }, 1_000)).rejects.toThrow('n is negative');
  });

  it('says that nobody answers', async () => {
    const a = await connect('a');
    await expect(a.request(double, { n: 1 }, 1_000)).rejects.toMatchObject({ code: 'BUS_NO_RESPONDER' });
  });

  it.each([
    ['not json', 'not JSON'],
    ['{"n":"1"}', 'n:'],
    ['{"n":1,"m":2}', 'm'],
  ])('drops and names the bad message %s', async (payload, expected) => {
    const [a, b] = [await connect('a'), await connect('b')];
    const seen: number[] = [];
    b.subscribe(tick, ({ n }) => seen.push(n));
    await b.flush();
    a.publishBytes('test.tick', Buffer.from(payload));
    a.publish(tick, { n: 7 });
    await until(() => seen.length === 1);
    expect(trouble).toHaveLength(1);
    expect(trouble[0]).toContain('test.tick');
    expect(trouble[0]).toContain(expected);
    expect(b.invalidMessages).toBe(1);
  });

  it('refuses a wrong password in words', async () => {
    const url = nats.url.replace(nats.password, 'guess');
    await expect(connect('intruder', url)).rejects.toMatchObject({ code: 'BUS_AUTHENTICATION' });
    await expect(connect('stranger', `nats://127.0.0.1:${nats.port}`)).rejects.toBeInstanceOf(BusError);
  });

  it('waiting for its server, tells once that it is refused, and connects when it is let in', async () => {
    const first = await EmbeddedNats.start();
    const url = first.url.replace(first.password, 'later');
    const waiting = Bus.connect({
      url,
      name: 'early',
      waitForServer: true,
      onTrouble: (line) => trouble.push(line),
    });
    await until(() => trouble.length > 0);
    // Long enough for more attempts.
    await new Promise((resolve) => setTimeout(resolve, 700));
    await first.stop();
    const second = await EmbeddedNats.start({ port: first.port, password: 'later' });
    const bus = await waiting;
    expect(bus.isUp).toBe(true);
    expect(trouble).toEqual([`NATS at 127.0.0.1:${first.port}: user or password refused; trying again`]);
    await bus.close();
    await second.stop();
  });

  it('says that a port is in use', async () => {
    await expect(EmbeddedNats.start({ port: nats.port })).rejects.toThrow(
      `port ${nats.port} on 127.0.0.1 is in use`,
    );
  });

  it('comes back after the server was away, and drops what was published meanwhile', async () => {
    const first = await EmbeddedNats.start();
    const [a, b] = [await connect('a', first.url), await connect('b', first.url)];
    const seen: number[] = [];
    b.subscribe(tick, ({ n }) => seen.push(n));
    await b.flush();
    await first.stop();
    await until(() => !a.isUp && !b.isUp);
    a.publish(tick, { n: 1 });
    const second = await EmbeddedNats.start({ port: first.port, password: first.password });
    await until(() => a.isUp && b.isUp);
    await b.flush();
    a.publish(tick, { n: 2 });
    await until(() => seen.length > 0);
    expect(seen).toEqual([2]);
    expect(trouble).toContain('NATS is back');
    await Promise.all(open.splice(0).map((bus) => bus.close()));
    await second.stop();
  });
});
