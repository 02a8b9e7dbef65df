import { onBothDatabases } from './databases.fixture.js';
import { conflictOf, controlOf, effectOf } from './store.fixture.js';
import { Store } from './store.js';

describe('conflicts in the store', () => {
  onBothDatabases(({ fresh }) => {
    it('are found by either xApp, node, run and control, newest first', async () => {
      const store = await Store.open({ ...fresh(), onTrouble: () => undefined });
      const drift = {
        kind: 'implicit',
        decision: 'drift',
        other: undefined,
        otherPriority: undefined,
        untilMs: undefined,
        controlId: undefined,
      } as const;
      store.appendConflict(conflictOf(1));
      store.appendConflict(conflictOf(2, { xapp: 'slice-guard', other: 'slice-quota', runId: 7 }));
      store.appendConflict(conflictOf(3, { ...drift, xapp: 'stranger', nodeId: 'gnb-2' }));
      await store.flush();
      const times = async (query: object): Promise<number[]> =>
        (await store.conflicts({ limit: 9, ...query })).map(({ simTimeMs }) => simTimeMs);
      expect(await times({})).toEqual([300, 200, 100]);
      expect(await times({ xapp: 'slice-guard' })).toEqual([200, 100]);
      expect(await times({ xapp: 'stranger' })).toEqual([300]);
      expect(await times({ nodeId: 'gnb-2' })).toEqual([300]);
      expect(await times({ runId: 7 })).toEqual([200]);
      expect(await times({ controlIds: ['slice-quota-2', 'none'] })).toEqual([200]);
      expect(await times({ controlIds: [] })).toEqual([]);
      expect(await times({ limit: 1 })).toEqual([300]);
      const [newest, , oldest] = await store.conflicts({ limit: 9 });
      expect(oldest).toEqual({ id: 1, ...conflictOf(1) });
      expect(newest).not.toHaveProperty('other');
      await store.close();
    });

    it('stand beside effects with their delay and cause', async () => {
      const store = await Store.open({ ...fresh(), onTrouble: () => undefined });
      store.appendControl(controlOf(1));
      store.appendEffect(effectOf(1, { delayMs: 100, cause: 'no-demand' }));
      await store.flush();
      expect(await store.controls({ limit: 1 })).toMatchObject([
        { effect: { delayMs: 100, cause: 'no-demand' } },
      ]);
      await store.close();
    });
  });
});
