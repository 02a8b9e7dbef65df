import { onBothDatabases, onPostgres } from './databases.fixture.js';
import type { StoreLocation } from './store-location.js';
import { contributionOf, controlOf, kpiOf, modelOf, node, policy, run, until } from './store.fixture.js';
import { Store } from './store.js';

async function openWatched(location: StoreLocation) {
  const troubles: string[] = [];
  const recoveries: string[] = [];
  const store = await Store.open({
    ...location,
    onTrouble: (line) => troubles.push(line),
    onRecovery: (line) => recoveries.push(line),
    retryMs: 20,
  });
  return { store, troubles, recoveries };
}

describe('Store over its worker thread', () => {
  onBothDatabases(({ fresh }) => {
    it('keeps what was handed over, through close and open', async () => {
      const location = fresh();
      const { store, troubles } = await openWatched(location);
      void store.saveNode(node);
      void store.savePolicy(policy);
      void store.savePolicy({ ...policy, policyId: 'gone' });
      void store.deletePolicy(policy.policyTypeId, 'gone');
      const runId = await store.startRun(run);
      const { parameters } = modelOf(1);
      const versions = [store.saveModel(modelOf(1)), store.saveModel(modelOf(2))];
      parameters.fill(0);
      expect(await Promise.all(versions)).toEqual([1, 2]);
      await store.activateModel({ level: 'high', version: 2, reason: 'new', activatedAtMs: 5 });
      expect(await store.nextRound('high')).toBe(3);
      store.appendControl(controlOf(1, { runId }));
      store.appendContribution(contributionOf(2));
      store.appendKpis([kpiOf(1), kpiOf(2)]);
      await store.close();
      expect(troubles).toEqual([]);

      const { store: again } = await openWatched(location);
      expect(await again.nodes()).toEqual([node]);
      expect(await again.policies()).toEqual([policy]);
      expect(await again.runs()).toMatchObject([{ runId, state: 'interrupted' }]);
      expect(await again.controls({ limit: 9 })).toMatchObject([controlOf(1, { runId })]);
      expect(await again.kpis({ limit: 9 })).toHaveLength(2);
      expect(await again.contributions({ limit: 9 })).toEqual([contributionOf(2)]);
      expect(await again.lastRound('high')).toBe(3);
      expect(await again.models({ level: 'high', limit: 9 })).toHaveLength(2);
      expect(await again.activations({ level: 'high', limit: 9 })).toHaveLength(1);
      const active = await again.model('high');
      expect(active).toMatchObject({ ...modelOf(2), version: 2, kept: true });
      expect([...new Float32Array(active?.parameters?.buffer ?? new ArrayBuffer())]).toEqual([2, 0.5, -2]);
      await again.close();
    });

    it('hands a refusal on to the caller and goes on', async () => {
      const { store, troubles } = await openWatched(fresh());
      await expect(store.saveModel(modelOf(2))).rejects.toMatchObject({ code: 'STORE_BAD_RECORD' });
      expect(troubles).toEqual([
        expect.stringMatching(/^store .*: there is no high model version 1 to be the parent$/),
      ]);
      expect(await store.saveModel(modelOf(1))).toBe(1);
      await store.close();
    });
  });

  onPostgres((server, { fresh }) => {
    it('waits for a database that is away, tells of it once, and loses nothing', async () => {
      const { store, troubles, recoveries } = await openWatched(fresh());
      await server.stop();
      const saved = store.saveModel(modelOf(1));
      for (let n = 0; n < 2000; n += 1) store.appendKpis([kpiOf(n)]);
      await until(() => troubles.length > 0);
      await expect(store.nodes()).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
      await expect(store.flush()).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
      expect(troubles).toEqual([
        expect.stringMatching(/^store postgres:.*cannot be reached .*; trying again every 20 ms/),
      ]);
      await server.start();
      expect(await saved).toBe(1);
      await until(() => recoveries.length > 0);
      await store.flush();
      expect(store.stats()).toEqual({ rowsWritten: 2000, rowsDropped: 0, queueDepth: 0 });
      expect(await store.kpis({ limit: 5000 })).toHaveLength(2000);
      await store.close();
    });

    it('closes while the database is away, and says what is lost', async () => {
      const { store, troubles } = await openWatched(fresh());
      await server.stop();
      store.appendKpis([kpiOf(1)]);
      await store.close();
      expect(troubles.at(-1)).toMatch(/closed with 1 rows and 0 records unwritten: .*cannot be reached/);
      await server.start();
    });
  });
});
