import { onBothDatabases } from './databases.fixture.js';
import type { StoreDatabase } from './store-database.js';
import { modelOf } from './store.fixture.js';

const model = { newest: 5, every: 25, generations: 24, ancestorEvery: 4, activations: 3 };

async function save(database: StoreDatabase, n: number, parent: number | null): Promise<void> {
  expect(await database.call('saveModel', modelOf(n, { parent }))).toBe(n);
}

function activate(database: StoreDatabase, version: number): Promise<void> {
  return database.call('activateModel', { level: 'high', version, reason: 'better', activatedAtMs: version });
}

async function thin(database: StoreDatabase): Promise<number> {
  let steps = 0;
  while (await database.prune(0)) steps += 1;
  return steps;
}

async function keptVersions(database: StoreDatabase): Promise<number[]> {
  const models = await database.call('models', { level: 'high', limit: 1000 });
  return models
    .filter(({ kept }) => kept)
    .map(({ version }) => version)
    .reverse();
}

describe('model retention', () =>
  onBothDatabases(({ open }) => {
    it('thins the parameters of a line as it grows, and keeps all else', async () => {
      const database = await open(undefined, { model });
      for (let n = 1; n <= 60; n += 1) {
        await save(database, n, n === 1 ? null : n - 1);
        await activate(database, n);
        if (n % 4 === 0) await thin(database);
      }
      const initial = [1];
      const everyTwentyFifth = [25, 50];
      const ancestors = [36, 40, 44, 48, 52];
      const newest = [56, 57, 58, 59, 60];
      expect(await keptVersions(database)).toEqual(
        [...initial, ...everyTwentyFifth, ...ancestors, ...newest].sort((a, b) => a - b),
      );
      expect(await database.call('models', { level: 'high', limit: 1000 })).toHaveLength(60);
      const thinned = await database.call('model', { level: 'high', version: 30 });
      expect(thinned).toMatchObject({ version: 30, parent: 29, kept: false, origin: modelOf(30).origin });
      expect(thinned).not.toHaveProperty('parameters');
      await expect(activate(database, 30)).rejects.toMatchObject({ code: 'STORE_BAD_RECORD' });
      expect(await database.call('model', { level: 'high', version: 36 })).toMatchObject({
        parameters: modelOf(36).parameters,
      });
      expect(await database.call('activations', { level: 'high', limit: 9 })).toMatchObject([
        { version: 60 },
        { version: 59 },
        { version: 58 },
      ]);
    });

    it('keeps the version in force with its line, however old, and not what came to nothing', async () => {
      const database = await open(undefined, { model });
      await save(database, 1, null);
      for (let n = 2; n <= 10; n += 1) await save(database, n, n - 1);
      await activate(database, 10);
      for (let n = 11; n <= 21; n += 1) await save(database, n, 10);
      await thin(database);
      expect(await keptVersions(database)).toEqual([1, 4, 8, 10, 17, 18, 19, 20, 21]);
      await activate(database, 8);
      await thin(database);
      expect(await keptVersions(database)).toEqual([1, 4, 8, 17, 18, 19, 20, 21]);
    });

    it('leaves the levels alone that have little, and goes in steps', async () => {
      const database = await open(undefined, { model: { ...model, newest: 1 } });
      for (let n = 1; n <= 90; n += 1) await save(database, n, n === 1 ? null : 1);
      await database.call('saveModel', modelOf(1, { level: 'low' }));
      await database.call('saveModel', modelOf(2, { level: 'low' }));
      expect(await thin(database)).toBe(Math.ceil((90 - 1 - 3 - 1) / 20));
      expect(await keptVersions(database)).toEqual([1, 25, 50, 75, 90]);
      expect(await database.call('models', { level: 'low', limit: 9 })).toMatchObject([
        { kept: true },
        { kept: true },
      ]);
      expect(await thin(database)).toBe(0);
    });
  }));
