import { onBothDatabases } from './databases.fixture.js';
import { batchesOf, controlRow, effectRow, kpiRow, type SeriesRow } from './series.js';
import type { StoreDatabase } from './store-database.js';
import { controlOf, effectOf, kpiOf, node, run, subscription } from './store.fixture.js';

function append(database: StoreDatabase, ...rows: SeriesRow[]) {
  return database.call('append', batchesOf(rows));
}

describe('StoreDatabase', () =>
  onBothDatabases(({ fresh, open }) => {
    it('has a schema that the migrations make and the entities expect', async () => {
      const { dataSource } = await open();
      const drift = await dataSource.driver.createSchemaBuilder().log();
      expect(drift.upQueries.map(({ query }) => query)).toEqual([]);
      for (const _ of dataSource.migrations) await dataSource.undoLastMigration();
      await expect(dataSource.query('SELECT * FROM run')).rejects.toThrow(/run/);
      expect(await dataSource.runMigrations()).toHaveLength(6);
    });

    it('saves, replaces and gives back nodes', async () => {
      const database = await open();
      await database.call('saveNode', node);
      await database.call('saveNode', { ...node, state: 'disconnected' });
      expect(await database.call('nodes', undefined)).toEqual([{ ...node, state: 'disconnected' }]);
    });

    it('saves, replaces, deletes and gives back subscriptions', async () => {
      const database = await open();
      await database.call('saveSubscription', subscription);
      await database.call('saveSubscription', { ...subscription, subscribers: ['kpi-monitor'] });
      await database.call('saveSubscription', { ...subscription, subscriptionId: 3 });
      expect(await database.call('subscriptions', undefined)).toEqual([
        { ...subscription, subscriptionId: 3 },
        { ...subscription, subscribers: ['kpi-monitor'] },
      ]);
      await database.call('deleteSubscription', 3);
      await database.call('deleteSubscription', 99);
      expect(await database.call('subscriptions', undefined)).toHaveLength(1);
    });

    it('keeps runs from start to end and marks those that a crash left open', async () => {
      const location = fresh();
      const before = await open(location);
      const finished = await before.call('startRun', run);
      const crashed = await before.call('startRun', run);
      const end = { summary: { hash: 'abc' }, endedAtMs: run.startedAtMs + 5, state: 'finished' } as const;
      await before.call('finishRun', { runId: finished, ...end });
      const after = await open(location);
      expect(await after.call('runs', undefined)).toEqual([
        { ...run, runId: crashed, state: 'interrupted' },
        { ...run, runId: finished, ...end },
      ]);
      await expect(after.call('finishRun', { runId: 99, ...end })).rejects.toMatchObject({
        code: 'STORE_BAD_RECORD',
      });
    });

    it('joins controls with their latest effects, newest first, by page and by filter', async () => {
      const database = await open();
      const refused = controlOf(3, { runId: 4, xapp: 'other', outcome: 'refused', cause: 'over 100 %' });
      await append(
        database,
        controlRow(controlOf(1), 0),
        controlRow(controlOf(2), 0),
        controlRow(refused, 0),
      );
      await append(database, effectRow(effectOf(1, { effective: false, reason: 'no data' }), 0));
      await append(database, effectRow(effectOf(2), 0), effectRow(effectOf(1), 0));
      const { controlId: _, ...effect } = effectOf(1);
      const page = await database.call('controls', { limit: 2 });
      expect(page).toMatchObject([refused, controlOf(2)]);
      expect(page[0]).not.toHaveProperty('effect');
      expect(await database.call('controls', { limit: 2, beforeId: page[1]?.id })).toEqual([
        { ...controlOf(1), id: 1, effect },
      ]);
      expect(await database.call('controls', { xapp: 'other', runId: 4, limit: 9 })).toHaveLength(1);
      expect(await database.call('controls', { kind: 'ue-weights', limit: 9 })).toEqual([]);
      expect(await database.call('controls', { limit: -1 })).toEqual([]);
    });

    it('gives the newest KPI samples of a node, a slice, a time, oldest of them first', async () => {
      const database = await open();
      await append(database, ...[1, 2, 3, 4].map((n) => kpiRow(kpiOf(n, { runId: 1 }), 0)));
      await append(database, kpiRow(kpiOf(5, { slice: '2' }), 0));
      const query = { nodeId: node.nodeId, slice: '1', fromMs: 200, toMs: 400 };
      expect(await database.call('kpis', { ...query, limit: 2 })).toEqual([
        kpiOf(3, { runId: 1 }),
        kpiOf(4, { runId: 1 }),
      ]);
      expect(await database.call('kpis', { slice: '2', limit: 5 })).toEqual([kpiOf(5, { slice: '2' })]);
    });

    it('appends batches of any size whole', async () => {
      const database = await open();
      const rows = Array.from({ length: 217 }, (_, n) => kpiRow(kpiOf(n), 0));
      expect(await append(database, ...rows)).toEqual({ written: 217, rejected: 0 });
      const times = (await database.call('kpis', { limit: 500 })).map(({ simTimeMs }) => simTimeMs);
      expect(times).toEqual(rows.map((_, n) => n * 100));
    });

    it('rejects only the rows that break the schema', async () => {
      const database = await open();
      const rows = [
        kpiRow(kpiOf(1), 0),
        kpiRow(kpiOf(2, { simTimeMs: Number.NaN }), 0),
        kpiRow(kpiOf(3, { slice: undefined as unknown as string }), 0),
        kpiRow(kpiOf(4, { qos: Number.NaN }), 0),
      ];
      const result = await append(database, ...rows);
      expect(result).toMatchObject({ written: 2, rejected: 2 });
      expect(result.reason).toMatch(/^store .*: a record breaks the schema .*simTimeMs/);
      expect(await database.call('kpis', { limit: 9 })).toEqual([kpiOf(1), kpiOf(4, { qos: null })]);
    });
  }));
