import { createServer, connect, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { onPostgres } from './databases.fixture.js';
import { batchesOf, kpiRow } from './series.js';
import { StoreDatabase } from './store-database.js';
import type { PostgresLocation } from './store-location.js';
import { StoreServer } from './store-server.js';
import { StoreError } from './store.error.js';
import { kpiOf, modelOf, node, run, until } from './store.fixture.js';
import { WriteQueue } from './write-queue.js';

const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => kpiRow(kpiOf(from + i), 0));

/** A TCP door to the server's socket, which can lose everything that goes through. */
class LossyDoor {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  silent = false;

  constructor(target: string) {
    this.server = createServer((outside) => {
      const inside = connect(target);
      for (const [from, to] of [
        [outside, inside],
        [inside, outside],
      ] as const) {
        this.sockets.add(from);
        from.on('data', (bytes) => this.silent || to.write(bytes));
        from.on('close', () => to.destroy());
        from.on('error', () => to.destroy());
      }
    });
  }

  /** Gives the URL of the door. */
  async open(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    const { port } = this.server.address() as { port: number };
    return `postgres://postgres:geheim@127.0.0.1:${port}/postgres`;
  }

  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  close(): void {
    this.server.close();
    this.cut();
  }
}

async function refusal(opening: Promise<unknown>): Promise<StoreError> {
  const error: unknown = await opening.catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(StoreError);
  return error as StoreError;
}

describe('StoreDatabase', () =>
  onPostgres((server, { fresh, open }) => {
    const location = () => fresh() as PostgresLocation;

    it('is opened by several at once, in one schema and in others, without a quarrel', async () => {
      const [one, other] = [location(), location()];
      const databases = await Promise.all([one, other, one, other, one].map((where) => open(where)));
      for (const database of databases) {
        expect(await database.call('nodes', undefined)).toEqual([]);
        expect(await database.dataSource.query('SELECT name FROM migrations')).toHaveLength(3);
      }
    });

    it('keeps the services of one database apart', async () => {
      const [one, other] = [await open(), await open()];
      await one.call('saveNode', node);
      const runId = await one.call('startRun', run);
      expect(await other.call('nodes', undefined)).toEqual([]);
      await open(location());
      expect(await one.call('runs', undefined)).toMatchObject([{ runId, state: 'running' }]);
    });

    it('gives each version once although two services save at once', async () => {
      const where = location();
      const [one, other] = [await open(where), await open(where)];
      await one.call('saveModel', modelOf(1));
      const saveAll = async (database: StoreDatabase, from: number) => {
        const versions: number[] = [];
        for (let n = from; n < from + 20; n += 1) {
          versions.push(await database.call('saveModel', modelOf(n, { parent: 1 })));
        }
        return versions;
      };
      const versions = await Promise.all([saveAll(one, 100), saveAll(other, 110)]);
      expect(new Set(versions.flat())).toEqual(new Set(Array.from({ length: 30 }, (_, i) => i + 2)));
      expect(versions[0]?.slice(10)).toEqual(versions[1]?.slice(0, 10));
      const rounds = [one, other].flatMap((database) =>
        Array.from({ length: 10 }, () => new StoreServer(database).call('nextRound', 'low')),
      );
      void rounds;
    });

    it('goes by the whole URL and tells host and database without the password', async () => {
      const door = new LossyDoor(server.socket);
      const url = await door.open();
      const database = await StoreDatabase.open({ url, schema: 'behind_a_door' });
      await database.call('saveNode', node);
      const { port } = new URL(url);
      const nowhere = await refusal(
        StoreDatabase.open({
          url: url.replace('/postgres', '/nowhere').replace('//postgres', '//postgres'),
          schema: 'a',
        }),
      );
      void nowhere;
      door.close();
      const started = performance.now();
      const error = await refusal(StoreDatabase.open({ url, schema: 'behind_a_door' }));
      expect(performance.now() - started).toBeLessThan(1000);
      expect(error.code).toBe('STORE_UNREACHABLE');
      expect(error.message).toBe(
        `store postgres://127.0.0.1:${port}/postgres (schema behind_a_door): the server cannot be reached (connect ECONNREFUSED 127.0.0.1:${port})`,
      );
      await expect(database.call('saveNode', node)).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
      await database.call('close', undefined);
    });
  }));
