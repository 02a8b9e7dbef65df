import { type SubscriptionSpec, type XAppIndication, type XAppRegistration } from '@ricochet/contracts';
import { type E2Node } from '../e2/e2-node.js';
import { PlayedFaults } from '../faults/played-faults.js';
import { FakeNode } from '../fake-node.fixture.js';
import { FakeRic, temporaryStore } from '../fake-ric.fixture.js';
import { LockstepMode } from '../lockstep/lockstep-mode.js';
import { delivered, ManualTimers } from '../manual-timers.fixture.js';
import { report } from '../subscriptions/report.fixture.js';
import { XAppRegistry } from './xapp-registry.service.js';

const CELL: SubscriptionSpec = { name: 'cell', level: 'cell', periodMs: 100, measurements: ['A'] };
const FAST: SubscriptionSpec = { ...CELL, periodMs: 50 };
const SLOW: SubscriptionSpec = { ...CELL, periodMs: 1_000 };

/** The bus, as far as xApps go. */
class StubBus {
  isUp = true;
  readonly out: { subject: string; message: unknown }[] = [];
  private readonly doors = new Map<string, (message: unknown, subject: string) => unknown>();

  publish({ subject }: { subject: string }, message: unknown): void {
    this.out.push({ subject, message });
  }

  serve({ subject }: { subject: string }, door: (message: unknown, subject: string) => unknown): void {
    this.doors.set(subject, door);
  }

  subscribe = this.serve.bind(this);
  onConnection(): void {}

  /** A message from an xApp `m`. */
  in(what: string, message: unknown): unknown {
    return this.doors.get(`ric.xapp.*.${what}`)?.(message, `ric.xapp.m.${what}`);
  }
}

describe('the hand-over between two instances of an xApp', () => {
  const kept = temporaryStore();
  let ric: FakeRic;
  let du: FakeNode;
  let node: E2Node;
  let bus: StubBus;
  let registry: XAppRegistry;
  let faults: PlayedFaults;

  beforeEach(async () => {
    ric = await FakeRic.start(kept.store);
    du = new FakeNode(1);
    node = await du.connect(ric);
    bus = new StubBus();
    faults = new PlayedFaults(new ManualTimers());
    const controls = { control: () => ({ outcome: 'acknowledged' }) };
    const stubs = [
      bus,
      ric.manager,
      ric.indications,
      controls,
      { measure: (_: string, reply: unknown) => reply },
      { declare: () => undefined },
      new LockstepMode(),
      faults,
      ric.log,
    ];
    registry = new XAppRegistry(...(stubs as unknown as ConstructorParameters<typeof XAppRegistry>));
    registry.onApplicationBootstrap();
  });
  afterEach(() => registry.onApplicationShutdown());

  const register = async (instance: string, subscriptions = [CELL], more: Partial<XAppRegistration> = {}) => {
    bus.in('register', { version: '1', instance, subscriptions, policyTypes: [], ...more });
    await delivered();
  };
  const indicate = (id: number, ...sequence: number[]): void => {
    for (const number of sequence) ric.indications.handle(node, report(id, number));
  };
  /** `<instance> <sequence number>`, and what it is told is missing. */
  const handed = (): string[] =>
    bus.out
      .filter(({ subject }) => subject.startsWith('ric.xapp.m.indication.'))
      .map(({ subject, message }) => {
        const { sequenceNumber, missed } = message as XAppIndication;
        const words = missed > 0 ? ` (${missed} missed)` : '';
        return `${subject.split('.').at(-1)} ${sequenceNumber}${words}`;
      });

  it('is between two reports: none is lost, none comes twice, and the node notices nothing', async () => {
    await register('old');
    indicate(1, 1, 2);
    registry.expect('m', 'new');
    await register('new');
    indicate(1, 3);
    registry.handOver('m');
    indicate(1, 4, 5);
    await register('old');
    await register('new');
    indicate(1, 6);
    expect(handed()).toEqual(['old 1', 'old 2', 'old 3', 'new 4', 'new 5', 'new 6']);
    expect(du.log).toEqual(['subscribe 1']);
    expect(await ric.kept()).toEqual([{ id: 1, subscribers: ['m/cell'], state: 'active' }]);
  });

  it('has the subscriptions of the new one set up before, and gives those of the old one up after', async () => {
    await register('old');
    registry.expect('m', 'new');
    await register('new', [FAST]);
    expect(du.log).toEqual(['subscribe 1', 'subscribe 2']);
    const candidate = registry.candidate('m');
    expect(candidate && registry.hasItsSubscriptions(candidate)).toBe(true);
    indicate(2, 1);
    indicate(1, 1);
    registry.handOver('m');
    await delivered();
    expect(du.log).toEqual(['subscribe 1', 'subscribe 2', 'delete 1']);
    indicate(2, 2);
    expect(handed()).toEqual(['old 1', 'new 2']);
  });

  it('gives one that only watches what is held for it before it is told to leave', async () => {
    await register('old', [SLOW]);
    indicate(1, 1, 2);
    bus.in('settled', { instance: 'old', count: 10 });
    indicate(1, 3);
    expect(handed()).toEqual(['old 1', 'old 2']);
    registry.expect('m', 'new');
    await register('new', [SLOW]);
    registry.handOver('m');
    expect(handed()).toEqual(['old 1', 'old 2', 'old 3']);
    indicate(1, 4);
    registry.leave('m');
    expect(handed().slice(3)).toEqual(['new 4']);
  });

  it('tells one that only watches what a bus that was away, or a control, kept from it', async () => {
    await register('old', [SLOW]);
    bus.in('settled', { instance: 'old', count: 10 });
    indicate(1, 1);
    bus.isUp = false;
    // The handful is full.
    indicate(1, 2);
    bus.isUp = true;
    expect(handed()).toEqual([]);
    const control = { instance: 'old', sequence: 1, nodeId: 'n', control: {} };
    bus.in('control', control);
    indicate(1, 3, 4);
    expect(handed()).toEqual(['old 3 (2 missed)', 'old 4']);
  });

  it('waits for subscriptions that the node has not admitted', async () => {
    await register('old');
    du.answers = 'nothing';
    registry.expect('m', 'new');
    await register('new', [CELL, FAST]);
    const candidate = registry.candidate('m');
    expect(candidate && registry.hasItsSubscriptions(candidate)).toBe(false);
  });

  it('tells the new one of reports that the old one was spared', async () => {
    await register('old');
    indicate(1, 1, 2, 3, 4, 5, 6);
    registry.expect('m', 'new');
    await register('new');
    registry.handOver('m');
    indicate(1, 7);
    expect(handed()).toEqual(['old 1', 'old 2', 'old 3', 'old 4', 'new 7 (2 missed)']);
  });

  it('lets the old one settle what it has, and forgets it when its process has ended', async () => {
    await register('old');
    indicate(1, 1, 2);
    registry.expect('m', 'new');
    await register('new');
    registry.handOver('m');
    expect(registry.leavers()).toMatchObject([{ instance: 'old', delivered: 2, settled: 0 }]);
    bus.in('settled', { instance: 'old', count: 2 });
    expect(registry.leavers()).toMatchObject([{ settled: 2 }]);
    registry.ended('m', 'old');
    expect(registry.leavers()).toEqual([]);
    await register('old');
    expect(registry.find('m')?.instance).toBe('new');
  });

  it('does not happen when the new one ends before: what it wanted is given up', async () => {
    await register('old');
    registry.expect('m', 'new');
    await register('new', [FAST]);
    registry.ended('m', 'new');
    await delivered();
    expect(du.log.at(-1)).toBe('delete 2');
    expect(() => registry.handOver('m')).toThrow('xApp m has no candidate');
    indicate(1, 1);
    expect(handed()).toEqual(['old 1']);
  });

  it('refuses controls of one that does not serve yet', async () => {
    const control = (instance: string) => bus.in('control', { instance, sequence: 1 });
    await register('old');
    registry.expect('m', 'new');
    await register('new');
    expect(control('old')).toMatchObject({ outcome: 'acknowledged' });
    expect(control('new')).toMatchObject({ outcome: 'refused', cause: 'it does not serve yet' });
    registry.handOver('m');
    expect(control('new')).toMatchObject({ outcome: 'acknowledged' });
  });

  it('can be to nobody', async () => {
    await register('old');
    indicate(1, 1);
    registry.leave('m');
    await register('old');
    await delivered();
    expect(registry.all()).toEqual([]);
    expect(du.log).toEqual(['subscribe 1', 'delete 1']);
  });

  it('tells the new one of its subscriptions when it takes over', async () => {
    await register('old');
    registry.expect('m', 'new');
    await register('new', [FAST]);
    const notices = (): number => bus.out.filter(({ subject }) => subject.endsWith('.subscription')).length;
    expect(notices()).toBe(1);
    registry.handOver('m');
    expect(notices()).toBe(2);
    expect(bus.out.map(({ subject }) => subject).filter((subject) => subject.includes('@'))).toEqual([]);
  });

  it('is not what a bus that is out brings: the xApp hears how many reports did not reach it', async () => {
    await register('old');
    indicate(1, 1);
    faults.set({ cutOff: ['m'], a1Out: false });
    indicate(1, 2, 3);
    faults.set({ cutOff: ['other'], a1Out: false });
    indicate(1, 4, 5);
    expect(handed()).toEqual(['old 1', 'old 4 (2 missed)', 'old 5']);
    expect(registry.find('m')).toMatchObject({ delivered: 3, skipped: 0 });
  });
});
