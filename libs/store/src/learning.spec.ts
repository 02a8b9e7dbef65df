import { onBothDatabases } from './databases.fixture.js';
import { batchesOf, contributionRow } from './series.js';
import { StoreServer } from './store-server.js';
import { contributionOf, modelOf, policy } from './store.fixture.js';

onBothDatabases(({ fresh, open }) => {
  describe('policies', () => {
    it('are saved, replaced, deleted and given back by type and id', async () => {
      const database = await open();
      const refused = { ...policy, enforceStatus: 'NOT_ENFORCED', enforceReason: 'no such version' } as const;
      await database.call('savePolicy', refused);
      expect(await database.call('policies', undefined)).toEqual([refused]);
      await database.call('savePolicy', policy);
      await database.call('savePolicy', { ...policy, policyTypeId: 7 });
      await database.call('savePolicy', { ...policy, policyId: 'other' });
      expect(await database.call('policies', undefined)).toEqual([
        { ...policy, policyTypeId: 7 },
        { ...policy, policyId: 'other' },
        policy,
      ]);
      await database.call('deletePolicy', { policyTypeId: 7, policyId: policy.policyId });
      await database.call('deletePolicy', { policyTypeId: 8, policyId: policy.policyId });
      expect(await database.call('policies', undefined)).toHaveLength(2);
    });
  });

  describe('models', () => {
    it('get the versions of their level one by one and come back whole', async () => {
      const database = await open();
      expect(await database.call('saveModel', modelOf(1))).toBe(1);
      expect(await database.call('saveModel', modelOf(1, { level: 'low' }))).toBe(1);
      expect(await database.call('saveModel', modelOf(2))).toBe(2);
      const model = await database.call('model', { level: 'high', version: 2 });
      expect(model).toMatchObject({ ...modelOf(2), version: 2, kept: true, parameterBytes: 12 });
      expect(new Float32Array(model?.parameters?.buffer ?? new ArrayBuffer())).toEqual(
        Float32Array.of(2, 0.5, -2),
      );
      expect(await database.call('model', { level: 'low', version: 2 })).toBeUndefined();
      const list = await database.call('models', { level: 'high', limit: 10 });
      expect(list.map(({ version, parent }) => [version, parent])).toEqual([
        [2, 1],
        [1, null],
      ]);
      expect(list[0]).not.toHaveProperty('parameters');
      expect(await database.call('models', { level: 'high', beforeVersion: 2, limit: 10 })).toEqual([
        list[1],
      ]);
    });

    it('are saved once a key, however often and whatever the second time says', async () => {
      const database = await open();
      await database.call('saveModel', modelOf(1));
      const server = new StoreServer(database);
      const versions = await Promise.all(
        [2, 3, 2].map((n) => server.call('saveModel', modelOf(n, { parent: 1 }))),
      );
      expect(versions).toEqual([2, 3, 2]);
      const other = new Uint8Array(Float32Array.of(9).buffer);
      expect(await server.call('saveModel', modelOf(2, { parameters: other }))).toBe(2);
      expect(await server.call('model', { level: 'high', version: 2 })).toMatchObject({
        parameters: modelOf(2).parameters,
      });
      expect(await server.call('saveModel', modelOf(4))).toBe(4);
      await server.call('close', undefined);
    });

    it('are refused without a parent of their level or with parameters that are no float32 values', async () => {
      const database = await open();
      await database.call('saveModel', modelOf(1, { level: 'low' }));
      for (const bad of [
        modelOf(2, { parent: 1 }),
        modelOf(2, { parent: 0, level: 'low' }),
        modelOf(2, { parent: 1.5, level: 'low' }),
        modelOf(1, { parameters: new Uint8Array(7) }),
        modelOf(1, { parameters: new Uint8Array(0) }),
      ]) {
        await expect(database.call('saveModel', bad)).rejects.toMatchObject({ code: 'STORE_BAD_RECORD' });
      }
      expect(await database.call('models', { level: 'high', limit: 9 })).toEqual([]);
      expect(await database.call('saveModel', modelOf(1))).toBe(1);
    });

    it('are written whole or not at all', async () => {
      const database = await open();
      await database.call('saveModel', modelOf(1));
      await database.dataSource.query('ALTER TABLE model_parameters RENAME TO gone');
      await expect(database.call('saveModel', modelOf(2))).rejects.toThrow(/model_parameters/);
      await database.dataSource.query('ALTER TABLE gone RENAME TO model_parameters');
      expect(await database.call('models', { level: 'high', limit: 9 })).toHaveLength(1);
      expect(await database.call('saveModel', modelOf(2))).toBe(2);
    });

    it('are taken from a part of a larger buffer, and only that part', async () => {
      const database = await open();
      const parameters = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer, 4, 8);
      await database.call('saveModel', modelOf(1, { parameters }));
      const model = await database.call('model', { level: 'high', version: 1 });
      expect(new Float32Array(model?.parameters?.buffer ?? new ArrayBuffer())).toEqual(Float32Array.of(2, 3));
    });

    it('are not given out when their parameters have changed since', async () => {
      const database = await open();
      await database.call('saveModel', modelOf(1));
      await database.dataSource.query('UPDATE model_parameters SET parameters = parameters || parameters');
      const read = database.call('model', { level: 'high', version: 1 });
      await expect(read).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
      await expect(read).rejects.toThrow(/high model version 1 do not fit their hash/);
    });

    it('are in force from an activation to the next one, also across a restart', async () => {
      const location = fresh();
      const database = await open(location);
      expect(await database.call('model', { level: 'high' })).toBeUndefined();
      for (const n of [1, 2]) await database.call('saveModel', modelOf(n));
      const activate = (version: number, reason: string) =>
        database.call('activateModel', { level: 'high', version, reason, activatedAtMs: version });
      for (const [version, reason] of [
        [1, 'first'],
        [2, 'better'],
        [2, 'again'],
        [1, 'worse after all'],
      ] as const) {
        await activate(version, reason);
      }
      await expect(activate(3, 'none')).rejects.toMatchObject({ code: 'STORE_BAD_RECORD' });
      const again = await open(location);
      expect(await again.call('model', { level: 'high' })).toMatchObject({ version: 1 });
      expect(await again.call('model', { level: 'low' })).toBeUndefined();
      expect(await again.call('activations', { level: 'high', limit: 9 })).toEqual([
        { level: 'high', version: 1, reason: 'worse after all', activatedAtMs: 1 },
        { level: 'high', version: 2, reason: 'better', activatedAtMs: 2 },
        { level: 'high', version: 1, reason: 'first', activatedAtMs: 1 },
      ]);
    });
  });

  describe('rounds', () => {
    it('grow by level, across restarts, and past those that models and contributions tell of', async () => {
      const location = fresh();
      const before = await open(location);
      expect(await before.call('lastRound', 'high')).toBe(0);
      expect(await before.call('nextRound', 'high')).toBe(1);
      expect(await before.call('nextRound', 'high')).toBe(2);
      const database = await open(location);
      expect(await database.call('nextRound', 'low')).toBe(1);
      expect(await database.call('nextRound', 'high')).toBe(3);
      await database.call(
        'saveModel',
        modelOf(1, { origin: { kind: 'import', round: 9, contributions: [] } }),
      );
      expect(await database.call('nextRound', 'high')).toBe(10);
      await database.call('append', batchesOf([contributionRow(contributionOf(41), 0)]));
      expect(await database.call('lastRound', 'high')).toBe(41);
      expect(await database.call('nextRound', 'high')).toBe(42);
      expect(await database.call('lastRound', 'high')).toBe(42);
      expect(await database.call('lastRound', 'low')).toBe(1);
    });
  });

  describe('contributions', () => {
    it('are appended and given back newest first, by level, round and DU', async () => {
      const database = await open();
      const { meanReward: _, ...bare } = contributionOf(2, {
        outcome: 'late',
        tdVariance: null,
        weight: null,
      });
      const records = [
        contributionOf(1),
        bare,
        contributionOf(2, { nodeId: 'other' }),
        contributionOf(2, { level: 'low' }),
      ];
      await database.call('append', batchesOf(records.map((one) => contributionRow(one, 0))));
      expect(await database.call('contributions', { limit: 9 })).toEqual(records.toReversed());
      expect(await database.call('contributions', { level: 'high', round: 2, limit: 9 })).toEqual([
        records[2],
        bare,
      ]);
      expect(await database.call('contributions', { nodeId: 'other', limit: 9 })).toEqual([records[2]]);
    });
  });
});
