import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SubscriptionNotice, type SubscriptionSpec } from '@ricochet/contracts';
import {
  E2apAssociation,
  inMemoryTransports,
  aperCodec,
  type RicIndication,
  type RicSubscriptionRequest,
  type Timers,
} from '@ricochet/e2ap';
import { E2smError, kpm } from '@ricochet/e2sm';
import { type MeasurementReport } from '@ricochet/ran-types';
import { Store } from '@ricochet/store';
import { type E2Node } from '../e2/e2-node.js';
import { NodeRegistry } from '../e2/node-registry.service.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { IndicationService, type Delivery } from './indication.service.js';
import { SubscriptionManager } from './subscription-manager.service.js';

process.env['RICOCHET_LOG_LEVEL'] = 'silent';

const SLICES: SubscriptionSpec = { name: 'slices', level: 'slice', periodMs: 100, measurements: ['A'] };
const CELL: SubscriptionSpec = { name: 'cell', level: 'cell', periodMs: 100, measurements: ['A'] };

const until = async (condition: () => boolean): Promise<void> => {
  const giveUpAt = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > giveUpAt) throw new Error(`in vain: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
};
/** Lets all PDUs that are under way arrive, and their answers. */
const delivered = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};

/** Timers that fire when they are told to. */
class ManualTimers implements Timers {
  private readonly calls = new Set<() => void>();

  after(_delayMs: number, call: () => void): () => void {
    this.calls.add(call);
    return () => this.calls.delete(call);
  }

  fire(): void {
    for (const call of [...this.calls]) {
      this.calls.delete(call);
      call();
    }
  }
}

/** A node, and the RIC's view of it. */
class FakeNode {
  /** RIC request instance ids that were asked for, and given up, in order. */
  readonly log: string[] = [];
  readonly requests: RicSubscriptionRequest[] = [];
  answers: 'admit' | 'refuse' | 'nothing' = 'admit';
  readonly timers = new ManualTimers();
  node: E2Node | undefined;
  private association: E2apAssociation | undefined;

  constructor(
    readonly nodeId: string,
    private readonly measurements: string[] = ['A', 'B'],
  ) {}

  /** Sets up with a RIC. */
  connect(registry: NodeRegistry): E2Node {
    const [ricEnd, nodeEnd] = inMemoryTransports();
    const common = { codec: aperCodec, timers: this.timers, onTrouble: () => undefined };
    const association = new E2apAssociation(nodeEnd, {
      ...common,
      onClosed: () => undefined,
      handlers: {
        RICsubscriptionRequest: (request) => this.subscribe(request),
        RICsubscriptionDeleteRequest: ({ ricRequestId, ranFunctionId }) => {
          this.log.push(`delete ${ricRequestId.instanceId}`);
          association.send('RICsubscriptionDeleteResponse', { ricRequestId, ranFunctionId });
        },
      },
    });
    this.association = association;
    const node: E2Node = {
      nodeId: this.nodeId,
      globalId: { plmn: { mcc: '001', mnc: '01' }, gnbId: 1 },
      functions: [
        {
          ranFunctionId: 22,
          model: kpm,
          kpm: {
            ranFunctionName: { shortName: kpm.shortName, e2smOid: kpm.oid, description: 'test' },
            eventTriggerStyles: [],
            reportStyles: [
              {
                type: 1,
                name: 'node',
                actionFormatType: 1,
                measurements: this.measurements.map((measName) => ({ measName })),
                indicationHeaderFormatType: 1,
                indicationMessageFormatType: 1,
              },
            ],
          },
        },
      ],
      cell: { active: true, prbs: 100, slices: [{ sst: 1 }] },
      association: new E2apAssociation(ricEnd, {
        ...common,
        handlers: {},
        onClosed: (reason) => registry.lost(node, reason),
      }),
      reportedUntilMs: 0,
    };
    this.node = node;
    registry.connected(node);
    return node;
  }

  disconnect(): void {
    this.association?.close('the test says so');
  }

  /** Answers a request that was left unanswered. */
  admit(request: RicSubscriptionRequest): void {
    const { ricRequestId, ranFunctionId } = request;
    this.association?.send('RICsubscriptionResponse', {
      ricRequestId,
      ranFunctionId,
      ricActionsAdmitted: [1],
      ricActionsNotAdmitted: [],
    });
  }

  private subscribe(request: RicSubscriptionRequest): void {
    const { ricRequestId, ranFunctionId } = request;
    this.requests.push(request);
    this.log.push(`subscribe ${ricRequestId.instanceId}`);
    if (this.answers === 'admit') this.admit(request);
    if (this.answers === 'refuse') {
      const cause = { ricRequest: 'function-resource-limit' } as const;
      this.association?.send('RICsubscriptionFailure', { ricRequestId, ranFunctionId, cause });
    }
  }
}

/** One life of the RIC, as far as subscriptions go. */
class FakeRic {
  readonly notices: string[] = [];
  readonly deliveries: Delivery[] = [];
  readonly reports: MeasurementReport[] = [];

  private constructor(
    private readonly store: Store,
    readonly registry: NodeRegistry,
    readonly manager: SubscriptionManager,
    readonly indications: IndicationService,
  ) {}

  static async start(store: Store): Promise<FakeRic> {
    const log = new OperatorLog();
    const registry = new NodeRegistry(store, log);
    const manager = new SubscriptionManager(registry, store, log);
    const ric = new FakeRic(store, registry, manager, new IndicationService(manager, log));
    await manager.onModuleInit();
    manager.onNotice((xapp, notice) => ric.notices.push(textOf(xapp, notice)));
    ric.indications.deliverWith((delivery) => ric.deliveries.push(delivery));
    ric.indications.onReport((report) => ric.reports.push(report));
    return ric;
  }

  states(): string[] {
    return this.manager.all().map(({ nodeId, state }) => `${nodeId} ${state}`);
  }

  /** All that it wants to keep is on disk, as the store has it. */
  async kept(): Promise<{ id: number; subscribers: readonly string[]; state: string }[]> {
    await this.store.flush();
    const records = await this.store.subscriptions();
    return records.map(({ subscriptionId: id, subscribers, state }) => ({ id, subscribers, state }));
  }
}

function textOf(xapp: string, { nodeId, subscription, state, cause }: SubscriptionNotice): string {
  return [xapp, subscription, nodeId, state, ...(cause === undefined ? [] : [cause])].join(' ');
}

function indication(
  instanceId: number,
  sequence: number,
  change: Partial<RicIndication> = {},
): RicIndication {
  return {
    ricRequestId: { requestorId: 1, instanceId },
    ranFunctionId: 22,
    ricActionId: 1,
    ricIndicationSn: sequence % 65_536,
    ricIndicationType: 'report',
    ricIndicationHeader: kpm.indicationHeader.encode({ collectionStartTimeMs: (sequence - 1) * 100 }),
    ricIndicationMessage: kpm.indicationMessage.encode({
      format1: { measData: [{ kinds: 'r', values: [sequence / 2] }] },
    }),
    ...change,
  };
}

describe('subscriptions', () => {
  let folder: string;
  let store: Store;
  let ric: FakeRic;
  const openStore = (): Promise<Store> =>
    Store.open({ path: join(folder, 'ric.sqlite'), onTrouble: () => undefined });
  /** All that is not on disk is gone. */
  const restart = async (): Promise<void> => {
    await store.close();
    store = await openStore();
    ric = await FakeRic.start(store);
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ricochet-subscriptions-'));
    store = await openStore();
  });
  beforeEach(async () => {
    ric = await FakeRic.start(store);
  });
  afterEach(async () => {
    await delivered();
    await store.flush();
    const records = await store.subscriptions();
    await Promise.all(records.map(({ subscriptionId }) => store.deleteSubscription(subscriptionId)));
  });
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(['the node comes first', 'the xApp comes first'])('are set up when %s', async (order) => {
    const du = new FakeNode('du-1');
    if (order.startsWith('the node')) du.connect(ric.registry);
    ric.manager.want('a', [SLICES]);
    if (order.startsWith('the xApp')) du.connect(ric.registry);
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
    const du = new FakeNode('du-1');
    du.connect(ric.registry);
    ric.manager.want('a', [SLICES]);
    await delivered();
    ric.manager.want('b', [{ ...SLICES, name: 'mine' }]);
    await delivered();
    expect(du.log).toEqual(['subscribe 1']);
    expect(ric.notices).toEqual(['a slices du-1 active', 'a slices du-1 active', 'b mine du-1 active']);
    expect(await ric.kept()).toEqual([{ id: 1, subscribers: ['a/slices', 'b/mine'], state: 'active' }]);
  });

  it('that differ are not merged', async () => {
    const du = new FakeNode('du-1');
    du.connect(ric.registry);
    ric.manager.want('a', [SLICES, CELL, { ...CELL, name: 'slow', periodMs: 200 }]);
    ric.manager.want('b', [{ ...SLICES, measurements: ['B'] }]);
    await delivered();
    expect(du.log).toEqual(['subscribe 1', 'subscribe 2', 'subscribe 3', 'subscribe 4']);
  });

  it('are asked of every node', async () => {
    const nodes = [new FakeNode('du-1'), new FakeNode('du-2')];
    for (const du of nodes) du.connect(ric.registry);
    ric.manager.want('a', [SLICES]);
    await delivered();
    expect(nodes.map(({ log }) => log)).toEqual([['subscribe 1'], ['subscribe 2']]);
  });

  it('are not asked for again when an xApp says the same again', async () => {
    const du = new FakeNode('du-1');
    du.connect(ric.registry);
    for (let i = 0; i < 3; i++) ric.manager.want('a', [{ ...SLICES }]);
    await delivered();
    expect(du.log).toEqual(['subscribe 1']);
    expect(ric.notices).toHaveLength(1);
  });

  it('are deleted when the last subscriber leaves, and not before', async () => {
    const du = new FakeNode('du-1');
    du.connect(ric.registry);
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

  it('change with what the xApp wants', async () => {
    const du = new FakeNode('du-1');
    du.connect(ric.registry);
    ric.manager.want('a', [SLICES, CELL]);
    await delivered();
    ric.manager.want('a', [CELL, { ...SLICES, periodMs: 200 }]);
    await delivered();
    expect(du.log).toEqual(['subscribe 1', 'subscribe 2', 'delete 1', 'subscribe 3']);
  });

  it('are set up again when their node connects anew', async () => {
    const du = new FakeNode('du-1');
    du.connect(ric.registry);
    ric.manager.want('a', [SLICES]);
    await delivered();
    du.disconnect();
    await delivered();
    expect(ric.states()).toEqual(['du-1 pending']);
    du.connect(ric.registry);
    await delivered();
    expect(du.log).toEqual(['subscribe 1', 'subscribe 1']);
    expect(ric.notices).toEqual(['a slices du-1 active', 'a slices du-1 lost', 'a slices du-1 active']);
  });

  it('are set up again when their node resets', async () => {
    const [du, other] = [new FakeNode('du-1'), new FakeNode('du-2')];
    const node = du.connect(ric.registry);
    other.connect(ric.registry);
    ric.manager.want('a', [SLICES]);
    await delivered();
    ric.registry.events.emit('reset', node);
    await delivered();
    expect(du.log).toEqual(['subscribe 1', 'subscribe 1']);
    expect(other.log).toEqual(['subscribe 2']);
    expect(ric.states()).toEqual(['du-1 active', 'du-2 active']);
  });

  it('do not fail when the node resets while they are set up', async () => {
    const du = new FakeNode('du-1');
    du.answers = 'nothing';
    const node = du.connect(ric.registry);
    ric.manager.want('a', [SLICES]);
    await delivered();
    ric.registry.events.emit('reset', node);
    for (const request of du.requests) du.admit(request);
    await delivered();
    expect(ric.states()).toEqual(['du-1 active']);
    expect(ric.notices).toEqual(['a slices du-1 active']);
  });

  it('survive a restart of the RIC, before their xApps have come again', async () => {
    new FakeNode('du-1').connect(ric.registry);
    new FakeNode('du-2').connect(ric.registry);
    ric.manager.want('a', [SLICES]);
    ric.manager.want('b', [SLICES, CELL]);
    await delivered();
    const before = await ric.kept();
    expect(before).toHaveLength(4);

    await restart();
    expect(ric.states()).toEqual(['du-1 pending', 'du-2 pending', 'du-1 pending', 'du-2 pending']);
    const du = new FakeNode('du-1');
    const node = du.connect(ric.registry);
    await delivered();
    const [slices, cell] = before.filter((_, i) => ric.manager.all()[i]?.nodeId === 'du-1');
    expect(du.log).toEqual([`subscribe ${slices?.id}`, `subscribe ${cell?.id}`]);
    ric.indications.handle(node, indication(slices?.id ?? 0, 5));
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
    new FakeNode('du-1').connect(ric.registry);
    ric.manager.want('a', [SLICES, CELL]);
    await delivered();
    await restart();
    const du = new FakeNode('du-1');
    du.connect(ric.registry);
    ric.manager.want('a', [CELL]);
    await delivered();
    expect(du.log).toEqual(['subscribe 1', 'subscribe 2', 'delete 1']);
    expect(await ric.kept()).toMatchObject([{ id: 2, subscribers: ['a/cell'] }]);
  });

  it('that the node refuses are noticed to both xApps, with the cause', async () => {
    const du = new FakeNode('du-1');
    du.answers = 'refuse';
    du.connect(ric.registry);
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
    const du = new FakeNode('du-1');
    du.connect(ric.registry);
    ric.manager.want('a', [{ ...SLICES, measurements: ['A', 'DRB.Nonsense'] }]);
    await delivered();
    expect(du.log).toEqual([]);
    expect(ric.notices).toEqual(['a slices du-1 failed du-1 does not measure "DRB.Nonsense" (KPM style 1)']);
    ric.manager.release('a');
    await delivered();
    expect(du.log).toEqual([]);
    expect(await ric.kept()).toEqual([]);
  });

  it('that failed are tried again when the node connects anew', async () => {
    const du = new FakeNode('du-1');
    du.answers = 'refuse';
    du.connect(ric.registry);
    ric.manager.want('a', [SLICES]);
    await delivered();
    du.disconnect();
    await delivered();
    du.answers = 'admit';
    du.connect(ric.registry);
    await delivered();
    expect(ric.states()).toEqual(['du-1 active']);
  });

  it('are tried again while the node does not answer', async () => {
    const du = new FakeNode('du-1');
    du.answers = 'nothing';
    du.connect(ric.registry);
    ric.manager.want('a', [SLICES]);
    await delivered();
    du.timers.fire();
    await delivered();
    expect(ric.states()).toEqual(['du-1 pending']);
    du.answers = 'admit';
    await until(() => ric.states()[0] === 'du-1 active');
    expect(du.log).toEqual(['subscribe 1', 'subscribe 1']);
    expect(ric.notices).toEqual(['a slices du-1 active']);
  });

  it('that were given up while they were set up stay away, from the store too', async () => {
    const du = new FakeNode('du-1');
    du.answers = 'nothing';
    du.connect(ric.registry);
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
    const du = new FakeNode('du-1');
    du.answers = 'nothing';
    du.connect(ric.registry);
    ric.manager.want('a', [SLICES]);
    await delivered();
    ric.manager.want('a', [CELL]);
    await delivered();
    for (const request of du.requests) du.admit(request);
    await delivered();
    expect(du.log).toEqual(['subscribe 1', 'delete 1', 'subscribe 2']);
    expect(ric.notices).toEqual(['a cell du-1 active']);
  });

  describe('and their indications', () => {
    let node: E2Node;

    beforeEach(async () => {
      node = new FakeNode('du-1').connect(ric.registry);
      ric.manager.want('a', [SLICES]);
      ric.manager.want('b', [{ ...SLICES, name: 'mine' }]);
      await delivered();
    });

    it('reach every subscriber under the name that it gave, and listeners once', () => {
      const ricCallProcessId = new Uint8Array([0, 0xff]);
      ric.indications.handle(node, indication(1, 4, { ricCallProcessId }));
      const report = {
        nodeId: 'du-1',
        level: 'slice',
        timeMs: 400,
        periodMs: 100,
        measurements: ['A'],
        rows: [{ snssai: { sst: 1 }, values: [2] }],
      };
      const common = { sequenceNumber: 4, missed: 0, callProcessId: '00ff', report };
      expect(ric.deliveries).toEqual([
        { ...common, subscriber: { xapp: 'a', name: 'slices' } },
        { ...common, subscriber: { xapp: 'b', name: 'mine' } },
      ]);
      expect(ric.reports).toEqual([report]);
      expect(node.reportedUntilMs).toBe(400);
    });

    it('show what is missing as a gap', () => {
      for (const sequence of [3, 4, 7]) ric.indications.handle(node, indication(1, sequence));
      expect(ric.deliveries.filter(({ subscriber }) => subscriber.xapp === 'a').map((d) => d.missed)).toEqual(
        [0, 0, 2],
      );
      expect(ric.indications.counts).toEqual({ indications: 3, missed: 2 });
    });

    it('show what is missing because the node was away', async () => {
      ric.indications.handle(node, indication(1, 3));
      node.association?.close('away');
      await delivered();
      const again = new FakeNode('du-1').connect(ric.registry);
      await delivered();
      ric.indications.handle(again, indication(1, 10));
      expect(ric.indications.counts).toEqual({ indications: 2, missed: 6 });
    });

    it.each([
      ['of nobody', indication(9, 1)],
      ['of another requestor', indication(1, 1, { ricRequestId: { requestorId: 2, instanceId: 1 } })],
    ])('%s go nowhere', (_, lost) => {
      ric.indications.handle(node, lost);
      expect(ric.deliveries).toEqual([]);
      expect(ric.indications.counts.indications).toBe(0);
    });

    it('of another node than the one that was subscribed to go nowhere', async () => {
      const other = new FakeNode('du-2').connect(ric.registry);
      await delivered();
      ric.indications.handle(other, indication(1, 1));
      expect(ric.deliveries).toEqual([]);
    });

    it('that can not be read throw, deliver nothing, and show as missing', () => {
      ric.indications.handle(node, indication(1, 1));
      const garbage = indication(1, 2, { ricIndicationMessage: Uint8Array.of(1, 2, 3) });
      expect(() => ric.indications.handle(node, garbage)).toThrow(E2smError);
      const wide = kpm.indicationMessage.encode({ format1: { measData: [{ kinds: 'rr', values: [1, 2] }] } });
      expect(() => ric.indications.handle(node, indication(1, 3, { ricIndicationMessage: wide }))).toThrow(
        'another shape than asked',
      );
      ric.indications.handle(node, indication(1, 4));
      expect(ric.deliveries).toHaveLength(4);
      expect(ric.indications.counts).toEqual({ indications: 2, missed: 2 });
    });
  });
});
