import { type SubscriptionSpec } from '@ricochet/contracts';
import { kpm } from '@ricochet/e2sm';
import { FakeNode } from '../fake-node.fixture.js';
import { FakeRic, temporaryStore } from '../fake-ric.fixture.js';
import { delivered } from '../manual-timers.fixture.js';
import { report } from './report.fixture.js';

const SLICES: SubscriptionSpec = { name: 'slices', level: 'slice', periodMs: 100, measurements: ['A'] };
const CELL: SubscriptionSpec = { name: 'cell', level: 'cell', periodMs: 100, measurements: ['A'] };

describe('subscriptions', () => {
  const kept = temporaryStore();
  let ric: FakeRic;

  beforeEach(async () => {
    ric = await FakeRic.start(kept.store);
  });

  it.each(['the node comes first', 'the xApp comes first'])('are set up when %s', async (order) => {
    const du = new FakeNode(1);
    if (order.startsWith('the node')) await du.connect(ric);
    ric.manager.want('a', [SLICES]);
    if (order.startsWith('the xApp')) await du.connect(ric);
    await delivered();
    expect(ric.states()).toEqual(['du-1 active']);
    expect(ric.notices).toEqual(['a slices du-1 active']);
    const [request] = du.requests;
    expect(kpm.eventTrigger.decode(request?.ricEventTriggerDefinition ?? new Uint8Array())).toEqual({
      reportingPeriodMs: 100,
    });
    const definition = request?.ricActionsToBeSetup[0]?.ricActionDefinition ?? new Uint8Array();
    expect(kpm.actionDefinition.decode(definition)).toMatchObject({ reportStyle: 1 });
    expect(await ric.kept()).toEqual([{ id: 1, subscribers: ['a/slices'], state: 'active' }]);
  });

  it('of two xApps that are identical are merged into one', async () => {
    const du = new FakeNode(1);
    await du.connect(ric);
    ric.manager.want('a', [SLICES]);
    await delivered();
    ric.manager.want('b', [{ ...SLICES, name: 'mine' }]);
    await delivered();
    expect(du.log).toEqual(['subscribe 1']);
    expect(ric.notices).toEqual(['a slices du-1 active', 'a slices du-1 active', 'b mine du-1 active']);
    expect(await ric.kept()).toEqual([{ id: 1, subscribers: ['a/slices', 'b/mine'], state: 'active' }]);
  });

  it('that differ are not merged', async () => {
    const du = new FakeNode(1);
    await du.connect(ric);
    ric.manager.want('a', [SLICES, CELL, { ...CELL, name: 'slow', periodMs: 200 }]);
    ric.manager.want('b', [{ ...SLICES, measurements: ['B'] }]);
    await delivered();
    expect(du.log).toEqual(['subscribe 1', 'subscribe 2', 'subscribe 3', 'subscribe 4']);
  });

  it('are asked of every node', async () => {
    const nodes = [new FakeNode(1), new FakeNode(2)];
    for (const du of nodes) await du.connect(ric);
    ric.manager.want('a', [SLICES]);
    await delivered();
    expect(nodes.map(({ log }) => log)).toEqual([['subscribe 1'], ['subscribe 2']]);
  });

  it('are asked of the nodes that are named alone, and merged with those of others', async () => {
    const [one, two] = [new FakeNode(1), new FakeNode(2)];
    for (const du of [one, two]) await du.connect(ric);
    ric.manager.want('a', [{ ...SLICES, nodes: [two.nodeId] }]);
    ric.manager.want('b', [SLICES]);
    await delivered();
    expect([one.log, two.log]).toEqual([['subscribe 2'], ['subscribe 1']]);
    ric.manager.want('a', [{ ...SLICES, nodes: [one.nodeId] }]);
    ric.manager.release('b');
    await delivered();
    expect(ric.states()).toEqual(['du-1 active']);
    expect(two.log).toEqual(['subscribe 1', 'delete 1']);
    ric.manager.want('a', [SLICES]);
    await delivered();
    expect(ric.states()).toEqual(['du-1 active', 'du-2 active']);
  });

  it('are not asked for again when an xApp says the same again', async () => {
    const du = new FakeNode(1);
    await du.connect(ric);
    for (let i = 0; i < 3; i++) ric.manager.want('a', [{ ...SLICES }]);
    await delivered();
    expect(du.log).toEqual(['subscribe 1']);
    expect(ric.notices).toHaveLength(1);
  });

  it('are deleted when the last subscriber leaves, and not before', async () => {
    const du = new FakeNode(1);
    await du.connect(ric);
    ric.manager.want('a', [SLICES]);
    ric.manager.want('b', [SLICES]);
    await delivered();
    ric.manager.release('a');
    await delivered();
    expect(du.log).toEqual(['subscribe 1']);
    expect(await ric.kept()).toMatchObject([{ subscribers: ['b/slices'] }]);
    ric.manager.release('b');
    await delivered();
    expect(du.log).toEqual(['subscribe 1', 'delete 1']);
    expect(await ric.kept()).toEqual([]);
  });

  it('are counted by xApp and state, as they come and go', async () => {
    const du = new FakeNode(1);
    const counted = () => ['a', 'b'].map((xapp) => ric.manager.tallyOf(xapp));
    const tally = (pending: number, active: number) => ({ pending, active, failed: 0 });
    await du.connect(ric);
    expect(counted()).toEqual([tally(0, 0), tally(0, 0)]);
    ric.manager.want('a', [SLICES, CELL]);
    ric.manager.want('b', [SLICES, { ...SLICES, name: 'again' }]);
    expect(counted()).toEqual([tally(2, 0), tally(2, 0)]);
    await delivered();
    expect(counted()).toEqual([tally(0, 2), tally(0, 2)]);
    expect(ric.manager.countOf('a')).toBe(2);
    ric.manager.want('a', [CELL]);
    expect(counted()).toEqual([tally(0, 1), tally(0, 2)]);
    du.disconnect();
    await delivered();
    expect(counted()).toEqual([tally(1, 0), tally(2, 0)]);
    ric.manager.release('b');
    ric.manager.want('a', [{ ...CELL, measurements: ['no such'] }]);
    await du.connect(ric);
    await delivered();
    expect(counted()).toEqual([{ pending: 0, active: 0, failed: 1 }, tally(0, 0)]);
  });

  it('change with what the xApp wants', async () => {
    const du = new FakeNode(1);
    await du.connect(ric);
    ric.manager.want('a', [SLICES, CELL]);
    await delivered();
    ric.manager.want('a', [CELL, { ...SLICES, periodMs: 200 }]);
    await delivered();
    expect(du.log).toEqual(['subscribe 1', 'subscribe 2', 'delete 1', 'subscribe 3']);
  });

  it('are set up again when their node connects anew', async () => {
    const du = new FakeNode(1);
    await du.connect(ric);
    ric.manager.want('a', [SLICES]);
    await delivered();
    du.disconnect();
    await delivered();
    expect(ric.states()).toEqual(['du-1 pending']);
    await du.connect(ric);
    await delivered();
    expect(du.log).toEqual(['subscribe 1', 'subscribe 1']);
    expect(ric.notices).toEqual(['a slices du-1 active', 'a slices du-1 lost', 'a slices du-1 active']);
  });

  it('are set up again when their node resets', async () => {
    const [du, other] = [new FakeNode(1), new FakeNode(2)];
    const node = await du.connect(ric);
    await other.connect(ric);
    ric.manager.want('a', [SLICES]);
    await delivered();
    ric.registry.events.emit('reset', node);
    await delivered();
    expect(du.log).toEqual(['subscribe 1', 'subscribe 1']);
    expect(other.log).toEqual(['subscribe 2']);
    expect(ric.states()).toEqual(['du-1 active', 'du-2 active']);
  });

  it('do not fail when the node resets while they are set up', async () => {
    const du = new FakeNode(1);
    du.answers = 'nothing';
    const node = await du.connect(ric);
    ric.manager.want('a', [SLICES]);
    await delivered();
    ric.registry.events.emit('reset', node);
    for (const request of du.requests) du.admit(request);
    await delivered();
    expect(ric.states()).toEqual(['du-1 active']);
    expect(ric.notices).toEqual(['a slices du-1 active']);
  });

  it('survive a restart of the RIC, before their xApps have come again', async () => {
    await new FakeNode(1).connect(ric);
    await new FakeNode(2).connect(ric);
    ric.manager.want('a', [SLICES]);
    ric.manager.want('b', [SLICES, CELL]);
    await delivered();
    const before = await ric.kept();
    expect(before).toHaveLength(4);

    await kept.reopen();
    ric = await FakeRic.start(kept.store);
    expect(ric.states()).toEqual(['du-1 pending', 'du-2 pending', 'du-1 pending', 'du-2 pending']);
    const du = new FakeNode(1);
    const node = await du.connect(ric);
    await delivered();
    const [slices, cell] = before.filter((_, i) => ric.manager.all()[i]?.nodeId.endsWith('du-1'));
    expect(du.log).toEqual([`subscribe ${slices?.id}`, `subscribe ${cell?.id}`]);
    ric.indications.handle(node, report(slices?.id ?? 0, 5));
    expect(ric.deliveries.map(({ subscriber }) => subscriber)).toEqual([
      { xapp: 'a', name: 'slices' },
      { xapp: 'b', name: 'slices' },
    ]);
    ric.manager.want('b', [SLICES, CELL]);
    ric.manager.want('a', [SLICES]);
    await delivered();
    expect(du.log).toHaveLength(2);
    ric.manager.want('c', [{ ...CELL, periodMs: 50 }]);
    await delivered();
    expect(du.log.at(-1)).toBe('subscribe 5');
  });

  it('drop what an xApp does not want any more after a restart', async () => {
    await new FakeNode(1).connect(ric);
    ric.manager.want('a', [SLICES, CELL]);
    await delivered();
    await kept.reopen();
    ric = await FakeRic.start(kept.store);
    const du = new FakeNode(1);
    await du.connect(ric);
    ric.manager.want('a', [CELL]);
    await delivered();
    expect(du.log).toEqual(['subscribe 1', 'subscribe 2', 'delete 1']);
    expect(await ric.kept()).toMatchObject([{ id: 2, subscribers: ['a/cell'] }]);
  });

  it('that were given up while they were set up stay away, from the store too', async () => {
    const du = new FakeNode(1);
    du.answers = 'nothing';
    await du.connect(ric);
    ric.manager.want('a', [SLICES]);
    await delivered();
    ric.manager.release('a');
    for (const request of du.requests) du.admit(request);
    await delivered();
    expect(du.log).toEqual(['subscribe 1', 'delete 1']);
    expect(ric.notices).toEqual([]);
    expect(await ric.kept()).toEqual([]);
  });

  it('that follow one that was given up while it was set up have an id of their own', async () => {
    const du = new FakeNode(1);
    du.answers = 'nothing';
    await du.connect(ric);
    ric.manager.want('a', [SLICES]);
    await delivered();
    ric.manager.want('a', [CELL]);
    await delivered();
    for (const request of du.requests) du.admit(request);
    await delivered();
    expect(du.log).toEqual(['subscribe 1', 'delete 1', 'subscribe 2']);
    expect(ric.notices).toEqual(['a cell du-1 active']);
  });
});
