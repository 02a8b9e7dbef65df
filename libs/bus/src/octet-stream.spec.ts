import { Bus } from './bus.js';
import { EmbeddedNats } from './embedded-nats.js';
import { OctetStream } from './octet-stream.js';

describe('OctetStream', () => {
  let nats: EmbeddedNats;
  let bus: Bus;
  beforeAll(async () => {
    nats = await EmbeddedNats.start();
    bus = await Bus.connect({ url: nats.url, name: 'test', onTrouble: () => undefined });
  });
  afterAll(async () => {
    await bus.close();
    await nats.stop();
  });

  const all = async (name: string): Promise<Buffer> => {
    const parts: Uint8Array[] = [];
    for await (const part of OctetStream.read(bus, name)) parts.push(part);
    return Buffer.concat(parts);
  };

  it('gives back what was appended, however much at a time, and begins anew when it is made again', async () => {
    const stream = await OctetStream.create(bus, 'run', 10_000_000);
    const large = Buffer.alloc(1_200_000, 'large ');
    for (const part of [Buffer.from('first'), large, Buffer.from('last')]) await stream.append(part);
    expect((await all('run')).equals(Buffer.concat([Buffer.from('first'), large, Buffer.from('last')]))).toBe(
      true,
    );
    await OctetStream.create(bus, 'run', 10_000_000);
    expect(await all('run')).toHaveLength(0);
  });

  it('refuses what goes beyond its size, and keeps what there is', async () => {
    const stream = await OctetStream.create(bus, 'small', 1_000);
    await stream.append(Buffer.alloc(500));
    await expect(stream.append(Buffer.alloc(600))).rejects.toMatchObject({
      code: 'BUS_STREAM',
      message: expect.stringMatching(/^stream small: .*maximum bytes/),
    });
    expect(await all('small')).toHaveLength(500);
  });

  it('says that there is none', async () => {
    await expect(all('none')).rejects.toThrow('stream none: there is none of that name');
  });
});
