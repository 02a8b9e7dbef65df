import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { batchesOf, controlRow, effectRow, kpiRow, type SeriesRow } from './series.js';
import { StoreDatabase } from './store-database.js';
import { StoreError } from './store.error.js';
import { controlOf, effectOf, kpiOf, node, run, subscription, temporaryFolders } from './store.fixture.js';

const folder = temporaryFolders();
const opened: StoreDatabase[] = [];

async function open(path = join(folder(), 'deep', 'store.sqlite')): Promise<StoreDatabase> {
  const database = await StoreDatabase.open(path);
  opened.push(database);
  return database;
}

function append(database: StoreDatabase, ...rows: SeriesRow[]) {
  return database.call('append', batchesOf(rows));
}

afterAll(() => Promise.all(opened.map((database) => database.call('close', undefined))));

describe('StoreDatabase', () => {
  it('has a schema that the migrations make and the entities expect, in WAL mode', async () => {
    const { dataSource } = await open();
    const drift = await dataSource.driver.createSchemaBuilder().log();
    expect(drift.upQueries.map(({ query }) => query)).toEqual([]);
    expect(await dataSource.query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    for (const _ of dataSource.migrations) await dataSource.undoLastMigration();
    expect(await dataSource.query(`SELECT name FROM sqlite_master WHERE name = 'run'`)).toEqual([]);
    expect(await dataSource.runMigrations()).toHaveLength(3);
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
    const path = join(folder(), 'store.sqlite');
    const before = await open(path);
    const finished = await before.call('startRun', run);
    const crashed = await before.call('startRun', run);
    const end = { summary: { hash: 'abc' }, endedAtMs: run.startedAtMs + 5, state: 'finished' } as const;
    await before.call('finishRun', { runId: finished, ...end });
    const after = await open(path);
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
    await append(database, controlRow(controlOf(1), 0), controlRow(controlOf(2), 0), controlRow(refused, 0));
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
    expect(result.reason).toMatch(/store\.sqlite: a record breaks the schema .*simTimeMs/);
    expect(await database.call('kpis', { limit: 9 })).toEqual([kpiOf(1), kpiOf(4, { qos: null })]);
  });

  it('writes nothing of a batch when the disk is full, and all of it when there is room again', async () => {
    const database = await open();
    const { dataSource } = database;
    const rows = Array.from({ length: 500 }, (_, n) => controlRow(controlOf(n), 0));
    const [size] = await dataSource.query<{ page_count: number }[]>('PRAGMA page_count');
    await dataSource.query(`PRAGMA max_page_count = ${(size?.page_count ?? 0) + 2}`);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(append(database, ...rows)).rejects.toMatchObject({ code: 'STORE_FULL' });
    }
    expect(await database.call('controls', { limit: 9 })).toEqual([]);
    await dataSource.query('PRAGMA max_page_count = 100000');
    expect(await append(database, ...rows)).toEqual({ written: 500, rejected: 0 });
    const reader = await open(dataSource.options.database as string);
    expect(await reader.call('controls', { limit: 1000 })).toHaveLength(500);
  });

  it('says what and where when a folder cannot be made or a file not opened', async () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    mkdirSync(`${file}.sqlite`);
    for (const path of [join(file, 'store.sqlite'), `${file}.sqlite`]) {
      const error: unknown = await StoreDatabase.open(path).catch((cause: unknown) => cause);
      expect(error).toBeInstanceOf(StoreError);
      expect(error).toMatchObject({ code: 'STORE_NOT_WRITABLE', cause: expect.anything() });
      expect((error as StoreError).message).toMatch(new RegExp(`^store ${path}: .*[^\n]$`));
    }
  });

  it('says so when the file is no database or a damaged one', async () => {
    const path = join(folder(), 'store.sqlite');
    writeFileSync(path, 'not a database, but long enough to look like one'.repeat(100));
    await expect(StoreDatabase.open(path)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    const good = join(folder(), 'store.sqlite');
    const database = await StoreDatabase.open(good);
    await database.call('close', undefined);
    const bytes = readFileSync(good);
    bytes.fill(0xff, 100);
    writeFileSync(good, bytes);
    await expect(StoreDatabase.open(good)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  });

  it('says so when another process holds the lock', async () => {
    const path = join(folder(), 'store.sqlite');
    const holder = await open(path);
    const other = await open(path);
    await holder.dataSource.query('BEGIN IMMEDIATE');
    await expect(other.call('saveNode', node)).rejects.toMatchObject({ code: 'STORE_BUSY', passing: true });
    await holder.dataSource.query('ROLLBACK');
    await other.call('saveNode', node);
  });
});
