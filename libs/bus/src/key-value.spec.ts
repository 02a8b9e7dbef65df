import { Bus } from './bus.js';
import { EmbeddedNats } from './embedded-nats.js';
import { KeyValue, type KeyValueEntry } from './key-value.js';

const LIMITS = { maxBytes: 4_096, maxValueBytes: 1_024 };

describe('KeyValue', () => {
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

  it('keeps JSON values, and finds them again', async () => {
    const data = await KeyValue.open(bus, 'kept', LIMITS);
    expect(await data.get('a.b')).toBeUndefined();
    await data.set('a.b', { x: [1, null, 'ü'] });
    await data.set('a.b', { x: 2 });
    await data.set('c', null);
    const again = await KeyValue.open(bus, 'kept', LIMITS);
    expect(await again.get('a.b')).toEqual({ key: 'a.b', value: { x: 2 }, revision: 2 });
    expect(await again.keys()).toEqual(['a.b', 'c']);
    await again.delete('a.b');
    expect(await data.get('a.b')).toBeUndefined();
    expect(await data.keys()).toEqual(['c']);
  });

  it('tells what there is, then changes, in order', async () => {
    const data = await KeyValue.open(bus, 'watched', LIMITS);
    await data.set('a', 1);
    await data.set('b', 2);
    const seen: KeyValueEntry[] = [];
    const stop = await data.watch((entry) => seen.push(entry));
    const until = async (count: number): Promise<void> => {
      for (let turn = 0; turn < 1_000 && seen.length < count; turn++) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    await until(2);
    await data.set('a', 3);
    await data.delete('b');
    await until(4);
    stop();
    expect(seen).toEqual([
      { key: 'a', value: 1, revision: 1 },
      { key: 'b', value: 2, revision: 2 },
      { key: 'a', value: 3, revision: 3 },
      { key: 'b', revision: 4 },
    ]);
  });

  it('says so when it is full', async () => {
    const data = await KeyValue.open(bus, 'small', LIMITS);
    await expect(data.set('big', 'x'.repeat(2_000))).rejects.toMatchObject({
      code: 'BUS_KEY_VALUE',
      message: expect.stringMatching(/^small: big: .*max/),
    });
    const fill = async (): Promise<void> => {
      for (let n = 0; n < 10; n++) await data.set(`k${n}`, 'x'.repeat(900));
    };
    await expect(fill()).rejects.toThrow(/^small: k\d: maximum bytes exceeded/);
  });
});
