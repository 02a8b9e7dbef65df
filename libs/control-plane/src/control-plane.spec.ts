import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { Bus, EmbeddedNats } from '@ricochet/bus';
import { request } from '@ricochet/contracts';
import { Controller, type INestMicroservice, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type MicroserviceOptions } from '@nestjs/microservices';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { z } from 'zod';
import { controlPlaneOptions } from './control-plane.options.js';
import { Serves } from './serves.decorator.js';

const lengthSchema = z.strictObject({ n: z.int(), unit: z.enum(['m', 'km']) });
type Length = z.infer<typeof lengthSchema>;
const double = request('test.double', { request: lengthSchema, reply: lengthSchema });
/** The same contract, answered by the bus. */
const doubleByBus = { ...double, subject: 'test.bus-double' };
const wait = request('test.wait', { request: z.strictObject({ ms: z.int() }), reply: z.strictObject({}) });

const PASSWORD = 'p@ss:w/rd';
const TIMEOUT_MS = 1_000;

class TooLong extends Error {
  readonly code = 'TOO_LONG';
}

function doubled({ n, unit }: Length): Length {
  if (n > 1_000) throw new TooLong(`${n} ${unit} is too long`);
  if (n < 0) throw new Error('n is negative');
  return { n: 2 * n, unit };
}

@Controller()
class TestController {
  @Serves(double)
  double(length: Length): Length {
    return doubled(length);
  }

  @Serves(wait)
  async wait({ ms }: { ms: number }): Promise<Record<string, never>> {
    await sleep(ms);
    if (ms === 0) throw new Error('nothing to wait for');
    return {};
  }
}

@Module({ controllers: [TestController] })
class TestModule {}

/** For the compiler alone: methods that do not fit their contract. */
export class WrongController {
  // @ts-expect-error: the request's `n` is a number
  @Serves(double)
  wrongRequest({ n }: { n: string }): Length {
    return { n: Number(n), unit: 'm' };
  }

  // @ts-expect-error: the reply has a unit
  @Serves(double)
  wrongReply({ n }: Length): { n: number } {
    return { n };
  }

  // @ts-expect-error: so has the reply that comes later
  @Serves(double)
  wrongLaterReply({ n }: Length): Promise<{ n: number }> {
    return Promise.resolve({ n });
  }
}

describe('a controller over a real nats-server', () => {
  let nats: EmbeddedNats;
  let app: INestMicroservice;
  let bus: Bus;
  let raw: NatsConnection;
  const complaints: string[] = [];
  const urlOf = (port: number): string => `nats://ricochet:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`;

  const start = (url: string): Promise<INestMicroservice> =>
    NestFactory.createMicroservice<MicroserviceOptions>(TestModule, {
      ...controlPlaneOptions({ url, name: 'test', onInvalid: (line) => complaints.push(line) }),
      logger: false,
      abortOnError: false,
    });

  beforeAll(async () => {
    nats = await EmbeddedNats.start({ password: PASSWORD });
    app = await start(urlOf(nats.port));
    await app.listen();
    bus = await Bus.connect({ url: urlOf(nats.port), name: 'asker', onTrouble: () => undefined });
    bus.serve(doubleByBus, doubled);
    raw = await connect({ servers: `127.0.0.1:${nats.port}`, user: 'ricochet', pass: PASSWORD });
    await bus.flush();
  });
  afterEach(() => (complaints.length = 0));
  afterAll(async () => {
    await Promise.all([raw.close(), bus.close(), app.close()]);
    await nats.stop();
  });

  it('answers what the bus asks, at once or later', async () => {
    await expect(bus.request(double, { n: 21, unit: 'km' }, TIMEOUT_MS)).resolves.toEqual({
      n: 42,
      unit: 'km',
    });
    await expect(bus.request(wait, { ms: 5 }, TIMEOUT_MS)).resolves.toEqual({});
  });

  it('answers many at once, each its own', async () => {
    const asked = [...Array(200).keys()];
    const replies = await Promise.all(asked.map((n) => bus.request(double, { n, unit: 'm' }, TIMEOUT_MS)));
    expect(replies.map(({ n }) => n)).toEqual(asked.map((n) => 2 * n));
  });

  it('lets what the method throws, at once or later, become the word of the refusal', async () => {
    await expect(bus.request(double, { n: -1, unit: 'm' }, TIMEOUT_MS)).rejects.toMatchObject({
      code: 'BUS_REFUSED',
      message: 'n is negative',
    });
    await expect(bus.request(wait, { ms: 0 }, TIMEOUT_MS)).rejects.toThrow('nothing to wait for');
    expect(complaints).toEqual([]);
  });

  it.each([
    ['{"n":3,"unit":"m"}', '{"value":{"n":6,"unit":"m"}}'],
    ['{"n":-3,"unit":"m"}', '{"error":{"code":"INTERNAL","message":"n is negative"}}'],
    ['{"n":3000,"unit":"m"}', '{"error":{"code":"TOO_LONG","message":"3000 m is too long"}}'],
    ['{"n":"3","unit":"m"}', /"BUS_INVALID_MESSAGE","message":"test\.double: n: .*number/],
    ['{"n":3,"unit":"mile"}', /"BUS_INVALID_MESSAGE","message":"test\.double: unit: /],
    ['{"n":3,"unit":"m","m":1}', /"BUS_INVALID_MESSAGE","message":"test\.double: message: .*m/],
    ['[]', /"BUS_INVALID_MESSAGE","message":"test\.double: message: /],
    ['{"n":', /"BUS_INVALID_MESSAGE","message":"test\.double: not JSON: /],
    ['', /"BUS_INVALID_MESSAGE","message":"test\.double: not JSON: /],
  ])('replies to %s byte for byte as the bus does', async (payload, expected) => {
    const [mine, theirs] = await Promise.all(
      [double, doubleByBus].map(({ subject }) => raw.request(subject, payload, { timeout: TIMEOUT_MS })),
    );
    expect(mine?.string()).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
    expect(mine?.string()).toBe(theirs?.string().replaceAll(doubleByBus.subject, double.subject));
    expect(complaints).toHaveLength(typeof expected === 'string' ? 0 : 1);
  });

  it('says which request was bad', async () => {
    await raw.request(double.subject, '{"n":null,"unit":"m"}', { timeout: TIMEOUT_MS });
    expect(complaints).toEqual([expect.stringMatching(/^message dropped: test\.double: n: /)]);
  });

  it('goes on after requests that want no reply, good and bad', async () => {
    for (const payload of ['{"n":null}', '{', '{"n":-1,"unit":"m"}', '{"n":1,"unit":"m"}']) {
      raw.publish(double.subject, payload);
    }
    await raw.flush();
    await expect(bus.request(double, { n: 1, unit: 'm' }, TIMEOUT_MS)).resolves.toEqual({ n: 2, unit: 'm' });
  });

  it('waits for the first server, and answers again after that was away', async () => {
    const asked = { n: 1, unit: 'm' } as const;
    const first = await EmbeddedNats.start({ password: PASSWORD });
    const { port } = first;
    await first.stop();
    const late = await start(urlOf(port));
    const listening = late.listen();
    const second = await EmbeddedNats.start({ port, password: PASSWORD });
    await listening;
    const asker = await Bus.connect({ url: urlOf(port), name: 'asker', onTrouble: () => undefined });
    await expect(asker.request(double, asked, TIMEOUT_MS)).resolves.toEqual({ n: 2, unit: 'm' });

    await second.stop();
    await expect(asker.request(double, asked, 100)).rejects.toThrow();
    const third = await EmbeddedNats.start({ port, password: PASSWORD });
    let answer: Length | undefined;
    while (answer === undefined) {
      await sleep(5);
      answer = await asker.request(double, asked, 100).catch(() => undefined);
    }
    expect(answer).toEqual({ n: 2, unit: 'm' });

    await Promise.all([asker.close(), late.close()]);
    await third.stop();
  });
});
