import { jetstreamManager } from '@nats-io/jetstream';
import { Bus } from './bus.js';
import { EmbeddedNats } from './embedded-nats.js';
import { OctetStream } from './octet-stream.js';

const MIB = 1024 ** 2;
const GIB = 1024 * MIB;

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
    const stream = await OctetStream.create(bus, 'small', 1.5 * MIB);
    await stream.append(Buffer.alloc(MIB));
    await expect(stream.append(Buffer.alloc(MIB / 2))).rejects.toMatchObject({
      code: 'BUS_STREAM',
      message: 'stream small: it is full: it has room for 1.5 MiB',
    });
    expect(await all('small')).toHaveLength(MIB);
  });

  it("tells in the server's words why else a piece is not kept", async () => {
    const stream = await OctetStream.create(bus, 'few', MIB);
    const manager = await jetstreamManager(bus.connection);
    await manager.streams.update('ricochet-octets-few', { max_msgs: 1 });
    await stream.append(Buffer.from('one'));
    await expect(stream.append(Buffer.from('two'))).rejects.toThrow(
      /^stream few: (?!it is full).*maximum messages exceeded$/,
    );
  });

  it('takes what room the server has, and says so when there is none', async () => {
    // Of 1 GiB, some is set aside for those above.
    const large = await OctetStream.create(bus, 'large', 4 * GIB);
    expect(large.maxOctets).toBe(GIB / 2);
    await large.append(Buffer.alloc(1_000));
    const rest = await OctetStream.create(bus, 'rest', GIB / 2);
    expect(rest.maxOctets).toBeLessThan(GIB / 2);
    await OctetStream.create(bus, 'most', rest.maxOctets);
    const left = async (): Promise<never> => {
      for (let i = 0; ; i++) await OctetStream.create(bus, `left-${i}`, 16 * MIB);
    };
    await expect(left()).rejects.toThrow(
      /^stream left-\d+: this NATS server has no room left for it \(max_file_store of its JetStream\)$/,
    );
  });

  it('says that pieces were taken out', async () => {
    const stream = await OctetStream.create(bus, 'gap', 1_000);
    for (const part of ['one', 'two', 'three']) await stream.append(Buffer.from(part));
    const manager = await jetstreamManager(bus.connection);
    await manager.streams.deleteMessage('ricochet-octets-gap', 2);
    await expect(all('gap')).rejects.toThrow('stream gap: pieces of it are missing');
  });

  it('says that there is none', async () => {
    await expect(all('none')).rejects.toThrow('stream none: there is none of that name');
  });
});
