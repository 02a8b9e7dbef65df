import { onBothDatabases } from './databases.fixture.js';
import type { RetentionOptions } from './retention.js';
import { batchesOf, controlRow, effectRow, kpiRow } from './series.js';
import type { StoreDatabase } from './store-database.js';
import { StoreServer } from './store-server.js';
import { controlOf, effectOf, kpiOf } from './store.fixture.js';

async function pruneAll(database: StoreDatabase, nowMs: number): Promise<number> {
  let steps = 0;
  while (await database.prune(nowMs)) steps += 1;
  return steps;
}

describe('retention', () =>
  onBothDatabases(({ open }) => {
    const withDatabase = async (
      retention: RetentionOptions,
      test: (database: StoreDatabase) => Promise<void>,
    ) => test(await open(undefined, retention));

    it('keeps the newest rows of each series, in small steps', () =>
      withDatabase({ control: { maxRows: 100 }, effect: { maxRows: 50 } }, async (database) => {
        const numbers = Array.from({ length: 1200 }, (_, n) => n);
        await database.call('append', batchesOf(numbers.map((n) => controlRow(controlOf(n), n))));
        await database.call('append', batchesOf(numbers.map((n) => effectRow(effectOf(n), n))));
        await database.call('append', batchesOf(numbers.map((n) => kpiRow(kpiOf(n), n))));
        expect(await pruneAll(database, 2000)).toBe(5 + 5);
        const controls = await database.call('controls', { limit: 2000 });
        expect(controls.map(({ controlId }) => controlId)).toEqual(
          numbers
            .slice(-100)
            .reverse()
            .map((n) => `slice-quota-${n}`),
        );
        expect(controls.filter(({ effect }) => effect !== undefined)).toHaveLength(50);
        expect(await database.call('kpis', { limit: 2000 })).toHaveLength(1200);
      }));

    it('deletes what is older than the age', () =>
      withDatabase({ kpi: { maxAgeMs: 1000 } }, async (database) => {
        const rows = Array.from({ length: 600 }, (_, n) => kpiRow(kpiOf(n), 10 * n));
        await database.call('append', batchesOf(rows));
        expect(await pruneAll(database, 1000)).toBe(0);
        await pruneAll(database, 6000);
        const left = await database.call('kpis', { limit: 1000 });
        expect(left.map(({ simTimeMs }) => simTimeMs / 100)).toEqual(
          Array.from({ length: 100 }, (_, n) => 500 + n),
        );
        await pruneAll(database, 10_000);
        expect(await database.call('kpis', { limit: 1000 })).toEqual([]);
        expect(await pruneAll(database, 10_000)).toBe(0);
      }));

    it('runs between the operations of a server, which need not wait for its end', () =>
      withDatabase({ kpi: { maxRows: 1 } }, async (database) => {
        const server = new StoreServer(database);
        const rows = Array.from({ length: 2000 }, (_, n) => kpiRow(kpiOf(n), Date.now()));
        await server.call('append', batchesOf(rows));
        const pruned = server.prune();
        const during = await server.call('kpis', { limit: 5000 });
        expect(during.length).toBeGreaterThan(1);
        await pruned;
        expect(await server.call('kpis', { limit: 5000 })).toEqual([kpiOf(1999)]);
      }));
  }));
