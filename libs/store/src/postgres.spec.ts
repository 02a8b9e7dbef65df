import { onPostgres } from './databases.fixture.js';
import { LossyDoor } from './lossy-door.fixture.js';
import { batchesOf, kpiRow } from './series.js';
import { StoreDatabase } from './store-database.js';
import type { PostgresLocation } from './store-location.js';
import { StoreError } from './store.error.js';
import { kpiOf, modelOf, node, run, until } from './store.fixture.js';
import { WriteQueue } from './write-queue.js';

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

async function refusal(location: PostgresLocation): Promise<StoreError> {
  const error: unknown = await StoreDatabase.open(location).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(StoreError);
  return error as StoreError;
}

describe('StoreDatabase', () =>
  onPostgres((server, { fresh, open }) => {
    const doors: LossyDoor[] = [];
    afterEach(() => doors.splice(0).forEach((door) => door.close()));

    /** A fresh schema behind a door of its own. */
    async function behindDoor(): Promise<{ door: LossyDoor; location: PostgresLocation }> {
      const door = await LossyDoor.open(server.socket);
      doors.push(door);
      const url = `postgres://postgres:geheim@127.0.0.1:${door.port}/postgres`;
      return { door, location: { ...(fresh() as PostgresLocation), url, answerTimeoutMs: 1000 } };
    }

    it('is opened by several at once, in one schema and in others, without a quarrel', async () => {
      const [one, other] = [fresh(), fresh()];
      const databases = await Promise.all([one, other, one, other, one].map((where) => open(where)));
      for (const database of databases) {
        expect(await database.call('nodes', undefined)).toEqual([]);
        expect(await database.dataSource.query('SELECT name FROM migrations')).toHaveLength(6);
      }
    });

    it('keeps the services of one database apart', async () => {
      const [one, other] = [await open(), await open()];
      await one.call('saveNode', node);
      const runId = await one.call('startRun', run);
      expect(await other.call('nodes', undefined)).toEqual([]);
      await open(fresh());
      expect(await one.call('runs', undefined)).toMatchObject([{ runId, state: 'running' }]);
    });

    it('gives every version and every round once, also to services that ask at once', async () => {
      const location = fresh();
      const [one, other] = [await open(location), await open(location)];
      const askFor = async (database: StoreDatabase, keys: number[]) => {
        const got: { versions: number[]; rounds: number[] } = { versions: [], rounds: [] };
        for (const n of keys) {
          got.versions.push(await database.call('saveModel', modelOf(n, { parent: null })));
          got.rounds.push(await database.call('nextRound', 'low'));
        }
        return got;
      };
      const [a, b] = await Promise.all([askFor(one, range(0, 20)), askFor(other, range(10, 30))]);
      expect(a.versions.slice(10)).toEqual(b.versions.slice(0, 10));
      expect(new Set([...a.versions, ...b.versions])).toEqual(new Set(range(1, 31)));
      expect(new Set([...a.rounds, ...b.rounds])).toEqual(new Set(range(1, 41)));
    });

    it('says at once that nobody is there, naming host and database without the password', async () => {
      const { door, location } = await behindDoor();
      const { port } = door;
      door.close();
      const started = performance.now();
      const error = await refusal(location);
      expect(performance.now() - started).toBeLessThan(3000);
      expect(error.code).toBe('STORE_UNREACHABLE');
      expect(error.message).toBe(
        `store postgres://127.0.0.1:${port}/postgres (schema ${location.schema}): ` +
          `the server cannot be reached (connect ECONNREFUSED 127.0.0.1:${port})`,
      );
      expect((error.cause as Error).stack).not.toContain('geheim');
    });

    it('says so when the server does not answer, lets nobody in, or has no such database', async () => {
      const { door, location } = await behindDoor();
      expect(await refusal({ ...location, url: location.url.replace(/postgres$/, 'nowhere') })).toMatchObject(
        {
          code: 'STORE_UNREACHABLE',
          message: expect.stringMatching(/\/nowhere .*: there is no such database \(/),
        },
      );
      expect(
        await refusal({ ...location, url: location.url.replace('//postgres:', '//nobody:') }),
      ).toMatchObject({
        code: 'STORE_UNREACHABLE',
        message: expect.stringMatching(/: the server denies access \(role "nobody" does not exist\)/),
      });
      door.silent = true;
      expect(await refusal(location)).toMatchObject({ code: 'STORE_UNREACHABLE' });
    });

    it('needs no right to make schemas where its schema is there', async () => {
      await server.query('CREATE ROLE guest LOGIN');
      const location = fresh() as PostgresLocation;
      const url = location.url.replace('postgres@', 'guest@');
      expect(await refusal({ ...location, url })).toMatchObject({ code: 'STORE_NOT_WRITABLE' });
      await server.query(`CREATE SCHEMA ${location.schema} AUTHORIZATION guest`);
      const database = await open({ ...location, url });
      await database.call('saveNode', node);
      expect(await database.call('nodes', undefined)).toEqual([node]);
    });

    it('makes its connection anew after it was cut', async () => {
      const { door, location } = await behindDoor();
      const database = await open(location);
      await database.call('saveNode', node);
      door.cut();
      await until(() =>
        database.call('nodes', undefined).then(
          ({ length }) => length === 1,
          () => false,
        ),
      );
      door.cut();
      await until(() =>
        database.call('append', batchesOf([kpiRow(kpiOf(1), 0)])).then(
          () => true,
          () => false,
        ),
      );
      expect(await database.call('kpis', { limit: 9 })).toEqual([kpiOf(1)]);
    });

    it('gives up a connection that has gone silent, and makes another', async () => {
      const { door, location } = await behindDoor();
      const database = await open(location);
      for (const call of [
        () => database.call('saveNode', node),
        () => database.call('append', batchesOf([kpiRow(kpiOf(1), 0)])),
      ]) {
        door.silent = true;
        await expect(call()).rejects.toMatchObject({ code: 'STORE_UNREACHABLE', passing: true });
        door.silent = false;
        await call();
      }
      expect(await database.call('nodes', undefined)).toEqual([node]);
      expect(await database.call('kpis', { limit: 9 })).toEqual([kpiOf(1)]);
    });

    it('leaves nothing of a model whose connection is cut before its end, and saves it the next time', async () => {
      const location = fresh() as PostgresLocation;
      const database = await open(location);
      const holder = await open(location);
      await holder.dataSource.query('BEGIN');
      await holder.dataSource.query('LOCK TABLE model_parameters');
      const cut = database.call('saveModel', modelOf(1));
      const waiting = `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'`;
      await until(async () => (await server.query(waiting)).length === 1);
      await server.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'`,
      );
      await expect(cut).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
      await holder.dataSource.query('ROLLBACK');
      expect(await database.call('models', { level: 'high', limit: 9 })).toEqual([]);
      expect(await database.call('saveModel', modelOf(1))).toBe(1);
    });

    it('says so when another service holds a lock for too long', async () => {
      const { location } = await behindDoor();
      const database = await open(location);
      const holder = await open(location);
      await holder.dataSource.query('BEGIN');
      await holder.dataSource.query('LOCK TABLE e2_node');
      await expect(database.call('saveNode', node)).rejects.toMatchObject({
        code: 'STORE_BUSY',
        passing: true,
      });
      await holder.dataSource.query('ROLLBACK');
      await database.call('saveNode', node);
    });

    it('keeps as many rows as retention says, however many ids were used up by failures', async () => {
      const database = await open(undefined, { kpi: { maxRows: 100 } });
      const rows = range(0, 40).map((n) => kpiRow(kpiOf(n), 0));
      const bad = kpiRow(kpiOf(0, { nodeId: undefined as unknown as string }), 0);
      await database.call('append', batchesOf(rows));
      for (let n = 0; n < 5; n += 1) await database.call('append', batchesOf([...rows, bad]));
      for (let n = 0; n < 3; n += 1) await database.call('append', batchesOf(rows.map(() => bad)));
      while (await database.prune(0));
      const kept = await database.call('kpis', { limit: 1000 });
      expect(kept.map(({ simTimeMs }) => simTimeMs / 100)).toEqual([
        ...range(20, 40),
        ...range(0, 40),
        ...range(0, 40),
      ]);
      for (let n = 0; n < 5; n += 1) await database.call('append', batchesOf(rows));
      while (await database.prune(0));
      expect(await database.call('kpis', { limit: 1000 })).toHaveLength(100);
    });

    it('loses nothing while the server is away, and doubles nothing', async () => {
      const database = await open();
      const troubles: string[] = [];
      const recoveries: string[] = [];
      const queue = new WriteQueue(database, 'pg', {
        onTrouble: (line) => troubles.push(line),
        onRecovery: (line) => recoveries.push(line),
        retryMs: 5,
        batchRows: 100,
      });
      const append = (from: number, to: number) =>
        range(from, to).forEach((n) => queue.append(kpiRow(kpiOf(n), 0)));
      append(0, 300);
      await queue.flush();
      await server.stop();
      append(300, 1000);
      const saved = queue.write('saveModel', modelOf(1));
      await until(() => troubles.length > 0);
      await expect(queue.flush()).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
      expect(queue.stats).toMatchObject({ rowsWritten: 300, rowsDropped: 0, queueDepth: 701 });
      await server.start();
      expect(await saved).toBe(1);
      await until(() => recoveries.length > 0);
      await queue.flush();
      expect(troubles).toHaveLength(1);
      expect(recoveries).toEqual(['store pg: writes again, 0 rows were lost']);
      const times = (await database.call('kpis', { limit: 5000 })).map(({ simTimeMs }) => simTimeMs / 100);
      expect(times).toEqual(range(0, 1000));
    });
  }));
