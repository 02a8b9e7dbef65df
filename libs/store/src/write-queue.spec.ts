import { join } from 'node:path';
import { kpiRow, type SeriesBatch } from './series.js';
import { StoreDatabase } from './store-database.js';
import type { Argument, Operation, Result, StoreBackend } from './store-operations.js';
import { StoreServer } from './store-server.js';
import { StoreError } from './store.error.js';
import { kpiOf, node, run, temporaryFolders, until } from './store.fixture.js';
import { WriteQueue, type WriteQueueOptions } from './write-queue.js';

const folder = temporaryFolders();
const row = (n: number) => kpiRow(kpiOf(n), 0);
const full = () => new StoreError('STORE_FULL', 'store /x: the disk is full');

/** Keeps what it is given in memory; fails as long as `failure` is set, holds answers back while `held`. */
class MemoryBackend implements StoreBackend {
  failure: StoreError | undefined;
  held: Promise<void> = Promise.resolve();
  readonly batches: number[] = [];
  readonly simTimes: number[] = [];
  readonly records: unknown[] = [];
  calls = 0;

  async call<O extends Operation>(operation: O, argument: Argument<O>): Promise<Result<O>> {
    this.calls += 1;
    await this.held;
    if (this.failure !== undefined) throw this.failure;
    if (operation !== 'append') {
      this.records.push(argument);
      return this.records.length;
    }
    const [{ values } = { values: [] }] = argument as readonly SeriesBatch[];
    const width = row(0).values.length;
    for (let at = 0; at < values.length; at += width) this.simTimes.push(Number(values[at + 3]) / 100);
    this.batches.push(values.length / width);
    return { written: values.length / width, rejected: 0 } as Result<O>;
  }
}

function queueOver(backend: StoreBackend, options: Partial<WriteQueueOptions> = {}) {
  const troubles: string[] = [];
  const recoveries: string[] = [];
  const queue = new WriteQueue(backend, '/x', {
    onTrouble: (message) => troubles.push(message),
    onRecovery: (message) => recoveries.push(message),
    retryMs: 5,
    ...options,
  });
  return { queue, troubles, recoveries };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe('WriteQueue', () => {
  it('sends a full batch at once and a small one after its delay', async () => {
    const backend = new MemoryBackend();
    const { queue } = queueOver(backend, { batchRows: 10, batchMs: 20 });
    for (const n of range(0, 25)) queue.append(row(n));
    await until(() => backend.simTimes.length === 25);
    expect(backend.batches).toEqual([10, 10, 5]);
    expect(backend.simTimes).toEqual(range(0, 25));
  });

  it('flushes what came before without waiting for the delay, and nothing when there is nothing', async () => {
    const backend = new MemoryBackend();
    const { queue } = queueOver(backend, { batchMs: 1e6 });
    await queue.flush();
    queue.append(row(1));
    void queue.write('saveNode', node);
    await Promise.all([queue.flush(), queue.flush()]);
    expect(queue.stats).toEqual({ rowsWritten: 1, rowsDropped: 0, queueDepth: 0 });
    expect(backend.records).toEqual([node]);
  });

  it('drops the oldest rows of a full buffer, counts them, and drops no record', async () => {
    const backend = new MemoryBackend();
    let release: () => void = () => undefined;
    backend.held = new Promise((resolve) => (release = resolve));
    const { queue, troubles } = queueOver(backend, { batchRows: 10, bufferRows: 30 });
    for (const n of range(0, 10)) queue.append(row(n));
    for (const n of range(10, 100)) queue.append(row(n));
    const saved = range(0, 50).map((changedAtMs) => queue.write('saveNode', { ...node, changedAtMs }));
    expect(troubles).toEqual(['store /x: the database falls behind, 30 rows wait, the oldest are dropped']);
    expect(queue.stats).toMatchObject({ rowsDropped: 60, queueDepth: 40 + 50 });
    release();
    await Promise.all(saved);
    await queue.flush();
    expect(backend.simTimes).toEqual([...range(0, 10), ...range(70, 100)]);
    expect(backend.records).toHaveLength(50);
    expect(queue.stats).toEqual({ rowsWritten: 40, rowsDropped: 60, queueDepth: 0 });
  });

  it('writes records in their order and as they were when they were handed over', async () => {
    const backend = new MemoryBackend();
    const { queue } = queueOver(backend);
    const changing = { ...node, subscribers: ['a'] };
    const first = queue.write('saveNode', changing);
    const second = queue.write('deleteSubscription', 7);
    changing.subscribers.push('b');
    await Promise.all([first, second]);
    expect(backend.records).toEqual([{ ...node, subscribers: ['a'] }, 7]);
  });

  it('tells of an episode once, tries again, and tells when it is over', async () => {
    const backend = new MemoryBackend();
    const { queue, troubles, recoveries } = queueOver(backend, { batchRows: 10, bufferRows: 20 });
    backend.failure = full();
    const saved = queue.write('saveNode', node);
    await until(() => troubles.length > 0);
    for (const n of range(0, 25)) queue.append(row(n));
    await until(() => backend.calls > 5);
    await expect(queue.flush()).rejects.toMatchObject({ code: 'STORE_FULL' });
    expect(troubles).toEqual([expect.stringMatching(/^store \/x: the disk is full; trying again/)]);
    expect(queue.stats).toMatchObject({ queueDepth: 21, rowsDropped: 5, trouble: backend.failure.message });
    backend.failure = undefined;
    await saved;
    await until(() => recoveries.length > 0);
    await queue.flush();
    expect(backend.simTimes).toEqual(range(5, 25));
    expect(recoveries).toEqual(['store /x: writes again, 5 rows were lost']);
    backend.failure = full();
    void queue.write('saveNode', node);
    await until(() => troubles.length === 2);
  });

  it('rejects a record that can never be written, tells so, and goes on', async () => {
    const backend = new MemoryBackend();
    const { queue, troubles } = queueOver(backend);
    await expect(queue.write('saveNode', { ...node, globalId: () => 0 })).rejects.toMatchObject({
      code: 'STORE_BAD_RECORD',
    });
    backend.failure = new StoreError('STORE_BAD_RECORD', 'store /x: a record breaks the schema');
    await expect(queue.write('saveNode', node)).rejects.toBe(backend.failure);
    expect(troubles).toEqual([expect.stringMatching(/plain data/), 'store /x: a record breaks the schema']);
    backend.failure = undefined;
    expect(await queue.write('startRun', run)).toBe(1);
  });

  it('ends with its backend: told once, later rows counted, later records rejected', async () => {
    const backend = new MemoryBackend();
    const { queue, troubles } = queueOver(backend);
    backend.failure = new StoreError('STORE_WORKER_GONE', 'store /x: its thread has ended');
    queue.append(row(1));
    await expect(queue.flush()).rejects.toBe(backend.failure);
    queue.append(row(2));
    await expect(queue.write('saveNode', node)).rejects.toBe(backend.failure);
    await queue.close();
    expect(troubles).toEqual(['store /x: its thread has ended; nothing is stored any more']);
    expect(queue.stats).toMatchObject({ rowsWritten: 0, rowsDropped: 2, queueDepth: 0 });
  });

  it('closes in bounded time when the disk is full and says what is lost', async () => {
    const backend = new MemoryBackend();
    const { queue, troubles } = queueOver(backend, { retryMs: 1e6 });
    backend.failure = full();
    queue.append(row(1));
    const saved = queue.write('saveNode', node);
    await queue.close();
    await queue.close();
    await expect(saved).rejects.toMatchObject({ code: 'STORE_FULL' });
    expect(troubles).toHaveLength(2);
    expect(troubles[1]).toMatch(/^store \/x: closed with 1 rows and 1 records unwritten: .*disk is full/);
    await expect(queue.write('saveNode', node)).rejects.toMatchObject({ code: 'STORE_CLOSED' });
  });

  it('tells of rejected rows once for as long as they keep coming', async () => {
    const path = join(folder(), 'store.sqlite');
    const database = await StoreDatabase.open({ path });
    const { queue, troubles } = queueOver(database);
    const bad = kpiRow(kpiOf(0, { simTimeMs: Number.NaN }), 0);
    for (const rows of [[bad, row(1)], [bad, row(2)], [row(3)], [bad]]) {
      rows.forEach((one) => queue.append(one));
      await queue.flush();
    }
    expect(troubles).toHaveLength(2);
    expect(queue.stats).toEqual({ rowsWritten: 3, rowsDropped: 3, queueDepth: 0 });
    await database.call('close', undefined);
  });

  it('outlives a database that is full and fills it when there is room again', async () => {
    const database = await StoreDatabase.open({ path: join(folder(), 'store.sqlite') });
    const server = new StoreServer(database);
    const { queue, troubles, recoveries } = queueOver(server, { batchRows: 100 });
    await database.dataSource.query('PRAGMA max_page_count = 30');
    for (const n of range(0, 3000)) queue.append(row(n));
    await until(() => queue.stats.trouble !== undefined);
    const node1 = queue.write('saveNode', { ...node, ranFunctions: ['x'.repeat(200_000)] });
    await expect(queue.flush()).rejects.toMatchObject({ code: 'STORE_FULL' });
    await expect(queue.flush()).rejects.toMatchObject({ code: 'STORE_FULL' });
    await database.dataSource.query('PRAGMA max_page_count = 100000');
    await node1;
    await queue.flush();
    await until(() => recoveries.length > 0);
    expect(troubles).toHaveLength(1);
    expect(queue.stats).toEqual({ rowsWritten: 3000, rowsDropped: 0, queueDepth: 0 });
    const times = (await server.call('kpis', { limit: 5000 })).map(({ simTimeMs }) => simTimeMs / 100);
    expect(times).toEqual(range(0, 3000));
    await server.call('close', undefined);
  });
});
