import { Bus, EmbeddedNats } from '@ricochet/bus';
import {
  xAppDataChange,
  xAppDataGet,
  xAppDataSet,
  xAppDataWatch,
  type DataChange,
} from '@ricochet/contracts';
import { createLogger } from '@ricochet/platform';
import { RicData } from './shared-data.js';

const log = createLogger('test');
log.level = 'silent';

describe('RicData', () => {
  let nats: EmbeddedNats;
  let ric: Bus;
  let bus: Bus;
  let data: RicData;
  const asked: unknown[] = [];

  const tell = (change: Omit<DataChange, 'namespace'>): void =>
    ric.publish(xAppDataChange('me', 'life'), { namespace: 'other', ...change });
  const until = async (condition: () => boolean): Promise<void> => {
    for (let turn = 0; turn < 1_000 && !condition(); turn++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };

  beforeAll(async () => {
    nats = await EmbeddedNats.start();
    const { url } = nats;
    ric = await Bus.connect({ url, name: 'ric', onTrouble: () => undefined });
    bus = await Bus.connect({ url, name: 'me', onTrouble: () => undefined });
    ric.serve(xAppDataGet('me'), ({ key }) => ({
      entry: key === 'there' ? { key, value: { x: 1 }, revision: 1 } : null,
    }));
    ric.serve(xAppDataSet('me'), (message) => {
      asked.push(message);
      return {};
    });
    ric.serve(xAppDataWatch('me'), ({ namespace, instance }) => {
      if (namespace !== 'other') throw new Error(`no permission sdl:${namespace}`);
      asked.push(instance);
      return {};
    });
    await ric.flush();
    data = new RicData({ bus, name: 'me', instance: 'life', log });
  });
  beforeEach(() => asked.splice(0));
  afterAll(async () => {
    await Promise.all([ric.close(), bus.close()]);
    await nats.stop();
  });

  it('asks the RIC, each namespace by its name', async () => {
    expect(await data.namespace('me').get('there')).toEqual({ x: 1 });
    expect(await data.namespace('me').get('not-there')).toBeUndefined();
    await data.namespace('me').namespace('other').set('k', [1]);
    expect(asked).toEqual([{ namespace: 'other', key: 'k', value: [1] }]);
  });

  it('tells each change once, although the RIC begins anew, and a later listener what there is', async () => {
    const first: unknown[] = [];
    const second: unknown[] = [];
    const stop = await data.namespace('other').watch(({ key, value }) => first.push([key, value]));
    await bus.flush();
    tell({ key: 'a', value: 1, revision: 1 });
    tell({ key: 'b', value: 2, revision: 2 });
    tell({ key: 'a', revision: 3 });
    tell({ key: 'b', value: 2, revision: 2 });
    await until(() => first.length === 3);
    const stopSecond = await data.namespace('other').watch(({ key, value }) => second.push([key, value]));
    tell({ key: 'c', value: 3, revision: 4 });
    await until(() => first.length === 4 && second.length === 2);
    expect(first).toEqual([
      ['a', 1],
      ['b', 2],
      ['a', undefined],
      ['c', 3],
    ]);
    expect(second).toEqual([
      ['b', 2],
      ['c', 3],
    ]);
    asked.splice(0);
    data.renew();
    await until(() => asked.length > 0);
    expect(asked).toEqual(['life']);
    stop();
    stopSecond();
    data.renew();
    await bus.flush();
    expect(asked).toEqual(['life']);
  });

  it("hands the RIC's refusal on", async () => {
    await expect(data.namespace('foe').watch(() => undefined)).rejects.toThrow('no permission sdl:foe');
  });
});
