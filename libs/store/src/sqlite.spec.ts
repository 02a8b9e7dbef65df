import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { batchesOf, controlRow } from './series.js';
import { StoreDatabase } from './store-database.js';
import { StoreError } from './store.error.js';
import { controlOf, node, temporaryFolders } from './store.fixture.js';

const folder = temporaryFolders();
const opened: StoreDatabase[] = [];

async function open(path = join(folder(), 'store.sqlite')): Promise<StoreDatabase> {
  const database = await StoreDatabase.open({ path });
  opened.push(database);
  return database;
}

afterAll(() => Promise.all(opened.map((database) => database.call('close', undefined))));

describe('StoreDatabase on SQLite', () => {
  it('works in WAL mode', async () => {
    const { dataSource } = await open();
    expect(await dataSource.query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
  });

  it('writes nothing of a batch when the disk is full, and all of it when there is room again', async () => {
    const database = await open();
    const { dataSource } = database;
    const rows = Array.from({ length: 500 }, (_, n) => controlRow(controlOf(n), 0));
    const [size] = await dataSource.query<{ page_count: number }[]>('PRAGMA page_count');
    await dataSource.query(`PRAGMA max_page_count = ${(size?.page_count ?? 0) + 2}`);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(database.call('append', batchesOf(rows))).rejects.toMatchObject({ code: 'STORE_FULL' });
    }
    expect(await database.call('controls', { limit: 9 })).toEqual([]);
    await dataSource.query('PRAGMA max_page_count = 100000');
    expect(await database.call('append', batchesOf(rows))).toEqual({ written: 500, rejected: 0 });
    const reader = await open(dataSource.options.database as string);
    expect(await reader.call('controls', { limit: 1000 })).toHaveLength(500);
  });

  it('says what and where when a folder cannot be made or a file not opened', async () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    mkdirSync(`${file}.sqlite`);
    for (const path of [join(file, 'store.sqlite'), `${file}.sqlite`]) {
      const error: unknown = await StoreDatabase.open({ path }).catch((cause: unknown) => cause);
      expect(error).toBeInstanceOf(StoreError);
      expect(error).toMatchObject({ code: 'STORE_NOT_WRITABLE', cause: expect.anything() });
      expect((error as StoreError).message).toMatch(new RegExp(`^store ${path}: .*[^\n]$`));
    }
  });

  it('says so when the file is no database or a damaged one', async () => {
    const path = join(folder(), 'store.sqlite');
    writeFileSync(path, 'not a database, but long enough to look like one'.repeat(100));
    await expect(StoreDatabase.open({ path })).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    const good = join(folder(), 'store.sqlite');
    const database = await StoreDatabase.open({ path: good });
    await database.call('close', undefined);
    const bytes = readFileSync(good);
    bytes.fill(0xff, 100);
    writeFileSync(good, bytes);
    await expect(StoreDatabase.open({ path: good })).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
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
