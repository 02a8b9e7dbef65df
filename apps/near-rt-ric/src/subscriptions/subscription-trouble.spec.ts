import { type SubscriptionSpec } from '@ricochet/contracts';
import { requestReset, requestServiceUpdate } from '@ricochet/e2ap';
import { FakeNode } from '../fake-node.fixture.js';
import { FakeRic, temporaryStore } from '../fake-ric.fixture.js';
import { delivered } from '../manual-timers.fixture.js';
import { kpmFunction } from '../ran-functions.fixture.js';

const SLICES: SubscriptionSpec = { name: 'slices', level: 'slice', periodMs: 100, measurements: ['A'] };
const CELL: SubscriptionSpec = { name: 'cell', level: 'cell', periodMs: 100, measurements: ['A'] };

describe('subscriptions in trouble', () => {
  const kept = temporaryStore();
  let ric: FakeRic;

  beforeEach(async () => {
    ric = await FakeRic.start(kept.store);
  });

  it('that the node refuses are noticed to both xApps, with the cause', async () => {
    const du = new FakeNode(1);
    du.answers = 'refuse';
    await du.connect(ric);
    ric.manager.want('a', [SLICES]);
    ric.manager.want('b', [SLICES]);
    await delivered();
    const words = 'RICsubscription: ricRequest/function-resource-limit';
    expect(ric.notices).toEqual([`a slices du-1 failed ${words}`, `b slices du-1 failed ${words}`]);
    expect(await ric.kept()).toMatchObject([{ state: 'failed' }]);
    ric.manager.want('c', [SLICES]);
    expect(ric.notices.at(-1)).toBe(`c slices du-1 failed ${words}`);
  });

  it('that the node can not serve fail in words without a request', async () => {
    const du = new FakeNode(1);
    await du.connect(ric);
    ric.manager.want('a', [{ ...SLICES, measurements: ['A', 'DRB.Nonsense'] }]);
    await delivered();
    expect(du.log).toEqual([]);
    expect(ric.notices).toEqual(['a slices du-1 failed du-1 does not measure "DRB.Nonsense" (KPM style 1)']);
    ric.manager.release('a');
    await delivered();
    expect(du.log).toEqual([]);
    expect(await ric.kept()).toEqual([]);
  });

  it('of nodes that do not come are told of, while they are wanted', async () => {
    const [one, two] = [new FakeNode(1), new FakeNode(2)];
    await one.connect(ric);
    const nodes = [one.nodeId, two.nodeId, 'du-3'];
    ric.manager.want('a', [{ ...SLICES, nodes }]);
    ric.manager.want('b', [{ ...SLICES, nodes }]);
    ric.manager.want('c', [{ ...SLICES, nodes: [one.nodeId, two.nodeId] }]);
    ric.manager.want('d', [SLICES]);
    await ric.after(9_999);
    expect(ric.told(/not here/)).toEqual([]);
    await two.connect(ric);
    ric.manager.release('b');
    await ric.after(1);
    expect(ric.told(/not here/)).toEqual(['xApp a wants reports of nodes that are not here: du-3']);
  });

  it('that failed are tried again when the node connects anew', async () => {
    const du = new FakeNode(1);
    du.answers = 'refuse';
    await du.connect(ric);
    ric.manager.want('a', [SLICES]);
    await delivered();
    du.disconnect();
    await delivered();
    du.answers = 'admit';
    await du.connect(ric);
    await delivered();
    expect(ric.states()).toEqual(['du-1 active']);
  });

  it('are tried again while the node does not answer, ever later and with one line', async () => {
    const du = new FakeNode(1);
    du.answers = 'nothing';
    await du.connect(ric);
    ric.manager.want('a', [SLICES]);
    await delivered();
    await ric.after(2_000);
    expect(du.log).toEqual(['subscribe 1', 'delete 1']);
    expect(ric.states()).toEqual(['du-1 pending']);
    const attempts = (): number => du.log.filter((entry) => entry === 'subscribe 1').length;
    await ric.after(1_000);
    expect(attempts()).toBe(2);
    await ric.after(2_000);
    await ric.after(1_999);
    expect(attempts()).toBe(2);
    await ric.after(1);
    expect(attempts()).toBe(3);
    expect(ric.told(/no answer within 2000 ms/)).toHaveLength(1);
    du.answers = 'admit';
    await ric.after(2_000);
    await ric.after(4_000);
    expect(ric.states()).toEqual(['du-1 active']);
    expect(ric.notices).toEqual(['a slices du-1 active']);
  });

  it('wait for deletions that have to take turns', async () => {
    ric = await FakeRic.start(kept.store, { RICOCHET_E2_PROFILES: '{"*": "srsran"}' });
    const du = new FakeNode(1);
    du.answers = 'nothing';
    await du.connect(ric);
    ric.manager.want('a', [CELL, { ...CELL, periodMs: 200 }]);
    await delivered();
    await ric.after(2_000);
    du.answers = 'admit';
    // The first deletion is never answered, and the second waits for that.
    await ric.after(1_999);
    expect(du.log).toEqual(['subscribe 1', 'subscribe 2', 'delete 1']);
    await ric.after(1);
    expect(du.log.slice(3, 4)).toEqual(['delete 2']);
    expect(du.log.slice(4).toSorted()).toEqual(['subscribe 1', 'subscribe 2']);
    expect(ric.states()).toEqual(['du-1 active', 'du-1 active']);
  });

  it('that are given up between two attempts are not tried again', async () => {
    const du = new FakeNode(1);
    du.answers = 'nothing';
    await du.connect(ric);
    ric.manager.want('a', [SLICES]);
    await delivered();
    await ric.after(2_000);
    ric.manager.release('a');
    await ric.after(60_000);
    expect(du.log.filter((entry) => entry.startsWith('subscribe'))).toEqual(['subscribe 1']);
  });

  it.each([
    ['resets', (du: FakeNode) => requestReset(du.association, { misc: 'om-intervention' })],
    ['sets up anew', (du: FakeNode) => du.setUp()],
  ])('whose node admits them and %s in one breath are set up anew', async (_, forget) => {
    const du = new FakeNode(1);
    du.answers = 'nothing';
    await du.connect(ric);
    ric.manager.want('a', [SLICES]);
    await delivered();
    du.answers = 'admit';
    du.admit(du.requests[0]!);
    await forget(du);
    await delivered();
    expect(du.log).toEqual(['subscribe 1', 'delete 1', 'subscribe 1']);
    expect(ric.states()).toEqual(['du-1 active']);
  });

  it('that the node wants deleted are told lost, deleted, and asked for again later', async () => {
    const du = new FakeNode(1);
    await du.connect(ric);
    ric.manager.want('a', [SLICES, CELL]);
    await delivered();
    const required = (instanceId: number) => ({
      ricRequestId: { requestorId: 1, instanceId },
      ranFunctionId: 22,
      cause: { misc: 'control-processing-overload' } as const,
    });
    du.send('RICsubscriptionDeleteRequired', { ricSubscriptionsToBeRemoved: [required(1), required(77)] });
    await delivered();
    const words = 'the node wants it deleted: misc/control-processing-overload';
    expect(ric.notices.at(-1)).toBe(`a slices du-1 lost ${words}`);
    expect(ric.told(/wants it deleted/)).toHaveLength(1);
    expect(du.log.slice(2)).toEqual(['delete 1']);
    await ric.after(1_000);
    expect(du.log.slice(3)).toEqual(['subscribe 1']);
    expect(ric.states()).toEqual(['du-1 active', 'du-1 active']);
    // The next time it is left alone for longer.
    du.send('RICsubscriptionDeleteRequired', { ricSubscriptionsToBeRemoved: [required(1)] });
    await delivered();
    await ric.after(1_999);
    expect(du.log.slice(4)).toEqual(['delete 1']);
    await ric.after(1);
    expect(du.log.slice(5)).toEqual(['subscribe 1']);
  });

  describe('of RAN functions', () => {
    let du: FakeNode;

    beforeEach(async () => {
      du = new FakeNode(1);
      await du.connect(ric);
      ric.manager.want('a', [SLICES, { ...CELL, measurements: ['C'] }]);
      await delivered();
      expect(ric.states()).toEqual(['du-1 active', 'du-1 failed']);
    });

    it('that were modified are set up anew, and what can be had now, too', async () => {
      await requestServiceUpdate(du.association, { ranFunctionsModified: [kpmFunction(['A', 'C'])] });
      await delivered();
      expect(du.log).toEqual(['subscribe 1', 'delete 1', 'subscribe 2', 'subscribe 1']);
      expect(ric.states()).toEqual(['du-1 active', 'du-1 active']);
    });

    it('that were deleted end, and begin again with another of the kind', async () => {
      const ranFunctionsDeleted = [{ ranFunctionId: 22, ranFunctionRevision: 1 }];
      await requestServiceUpdate(du.association, { ranFunctionsDeleted });
      await delivered();
      expect(ric.states()).toEqual(['du-1 failed', 'du-1 failed']);
      expect(ric.notices).toContain('a slices du-1 failed du-1 offers no ORAN-E2SM-KPM');
      expect(du.log).toEqual(['subscribe 1']);
      await requestServiceUpdate(du.association, {
        ranFunctionsAdded: [kpmFunction(['A'], { ranFunctionId: 5 })],
      });
      await delivered();
      expect(ric.states()).toEqual(['du-1 active', 'du-1 failed']);
      expect(du.requests.at(-1)?.ranFunctionId).toBe(5);
    });
  });
});
