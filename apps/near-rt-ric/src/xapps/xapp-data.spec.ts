import { Bus, EmbeddedNats } from '@ricochet/bus';
import {
  xAppDataChange,
  xAppDataDelete,
  xAppDataGet,
  xAppDataKeys,
  xAppDataSet,
  xAppDataWatch,
  type DataChange,
} from '@ricochet/contracts';
import { ManualTimers } from '../manual-timers.fixture.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { XAppData } from './xapp-data.service.js';
import { type XAppHost } from './xapp-host.service.js';

process.env['RICOCHET_LOG_LEVEL'] = 'silent';
const TIMEOUT_MS = 5_000;

describe('shared data of xApps', () => {
  const timers = new ManualTimers();
  let nats: EmbeddedNats;
  let ric: Bus;
  let bus: Bus;

  const set = (xapp: string, namespace: string, key: string, value: string) =>
    bus.request(xAppDataSet(xapp), { namespace, key, value }, TIMEOUT_MS);
  const get = async (xapp: string, namespace: string, key: string) =>
    (await bus.request(xAppDataGet(xapp), { namespace, key }, TIMEOUT_MS)).entry?.value;
  const watch = (xapp: string, namespace: string) =>
    bus.request(xAppDataWatch(xapp), { namespace, instance: 'life' }, TIMEOUT_MS);
  const until = async (condition: () => boolean): Promise<void> => {
    for (let turn = 0; turn < 1_000 && !condition(); turn++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };

  beforeAll(async () => {
    nats = await EmbeddedNats.start();
    const { url } = nats;
    ric = await Bus.connect({ url, name: 'ric', onTrouble: () => undefined });
    bus = await Bus.connect({ url, name: 'xapps', onTrouble: () => undefined });
    const permissions = ['learning', 'sdl:keeper'];
    const host = { of: (name: string) => (name === 'friend' ? [{ permissions }] : []) };
    new XAppData(ric, host as unknown as XAppHost, new OperatorLog(), timers).onApplicationBootstrap();
    await ric.flush();
  });
  afterAll(async () => {
    await Promise.all([ric.close(), bus.close()]);
    await nats.stop();
  });

  it('are kept for each xApp apart', async () => {
    await set('keeper', 'keeper', 'a.b', 'mine');
    await set('other', 'other', 'a.b', 'theirs');
    expect(await get('keeper', 'keeper', 'a.b')).toBe('mine');
    expect(await get('keeper', 'keeper', 'c')).toBeUndefined();
    await bus.request(xAppDataDelete('other'), { namespace: 'other', key: 'a.b' }, TIMEOUT_MS);
    expect((await bus.request(xAppDataKeys('other'), { namespace: 'other' }, TIMEOUT_MS)).keys).toEqual([]);
  });

  it('are open to others that have the permission, and to nobody else', async () => {
    await set('friend', 'keeper', 'shared', 'yes');
    expect(await get('keeper', 'keeper', 'shared')).toBe('yes');
    const refusal = 'xApp other may not see data of keeper: it has no permission sdl:keeper';
    await expect(get('other', 'keeper', 'shared')).rejects.toThrow(refusal);
    await expect(set('other', 'keeper', 'shared', 'no')).rejects.toThrow(refusal);
    await expect(watch('other', 'keeper')).rejects.toThrow(refusal);
  });

  it('are bounded', async () => {
    await expect(set('keeper', 'keeper', 'big', 'x'.repeat(70_000))).rejects.toThrow(
      'value of big: 70002 bytes, 65536 at the most',
    );
  });

  it('are told to who watches, as long as it asks', async () => {
    const seen: DataChange[] = [];
    bus.subscribe(xAppDataChange('watched', 'life'), (change) => seen.push(change));
    await set('watched', 'watched', 'a', 'first');
    await watch('watched', 'watched');
    await until(() => seen.length === 1);
    timers.advance(4_000);
    await watch('watched', 'watched');
    timers.advance(4_000);
    await set('watched', 'watched', 'b', 'second');
    await until(() => seen.length === 2);
    await bus.request(xAppDataDelete('watched'), { namespace: 'watched', key: 'a' }, TIMEOUT_MS);
    await until(() => seen.length === 3);
    expect(seen.map(({ key, value }) => [key, value])).toEqual([
      ['a', 'first'],
      ['b', 'second'],
      ['a', undefined],
    ]);
    timers.advance(5_000);
    // Nobody has asked for so long: it is not told of this, but of what there is when it asks again.
    await set('watched', 'watched', 'c', 'third');
    await watch('watched', 'watched');
    await until(() => seen.length >= 6);
    const last = seen.slice(3).map(({ key, revision }) => [key, revision]);
    expect(last).toEqual([
      ['b', 2],
      ['a', 3],
      ['c', 4],
    ]);
  });
});
