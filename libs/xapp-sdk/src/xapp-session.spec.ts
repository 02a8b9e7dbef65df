import { Bus, EmbeddedNats } from '@ricochet/bus';
import {
  controlEffect,
  controlRequest,
  indicationsSettled,
  subscriptionNotice,
  xAppIndication,
  xAppRegister,
  type ControlReply,
  type ControlRequest,
  type IndicationsSettled,
  type RanControl,
  type XAppIndication,
  type XAppRegistration,
} from '@ricochet/contracts';
import { createLogger } from '@ricochet/platform';
import { type ControlResult, type XAppHandlers } from './define-xapp.js';
import { XAppSession } from './xapp-session.js';

const NAME = 'test-xapp';
const NODE = 'gnb-001-01-1-du-1';
const CONTROL: RanControl = {
  kind: 'slice-quota',
  ratios: [{ snssai: { sst: 1 }, minRatio: 10, maxRatio: 90, dedicatedRatio: 0 }],
};

const log = createLogger(NAME);
log.level = 'silent';

const until = async (condition: () => boolean): Promise<void> => {
  const giveUpAt = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > giveUpAt) throw new Error(`in vain: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

/** The RIC as far as an xApp sees it. */
class FakeRic {
  readonly registrations: XAppRegistration[] = [];
  readonly controls: ControlRequest[] = [];
  readonly settled: IndicationsSettled[] = [];
  private sent = 0;

  constructor(private readonly bus: Bus) {
    bus.serve(xAppRegister(NAME), (registration) => {
      this.registrations.push(registration);
      return { accepted: true };
    });
    bus.subscribe(indicationsSettled(NAME), (message) => this.settled.push(message));
  }

  answerControls(answer: (request: ControlRequest) => ControlReply): void {
    this.bus.serve(controlRequest(NAME), (request) => {
      this.controls.push(request);
      return answer(request);
    });
  }

  indicate(change: Partial<XAppIndication> = {}): void {
    const sequenceNumber = ++this.sent;
    this.bus.publish(xAppIndication(NAME, 'life-1'), {
      subscription: 'slices',
      sequenceNumber,
      missed: 0,
      lockstep: true,
      report: {
        nodeId: NODE,
        level: 'slice',
        timeMs: sequenceNumber * 10,
        periodMs: 10,
        measurements: ['RRU.PrbUsedDl'],
        rows: [{ snssai: { sst: 1 }, values: [12.5] }],
      },
      ...change,
    });
  }
}

describe('XAppSession over a real nats-server', () => {
  let nats: EmbeddedNats;
  const open: Bus[] = [];
  const sessions: XAppSession[] = [];

  const connect = async (name: string): Promise<Bus> => {
    const bus = await Bus.connect({ url: nats.url, name, onTrouble: () => undefined });
    open.push(bus);
    return bus;
  };
  const ricOn = async (bus: Bus): Promise<FakeRic> => {
    const ric = new FakeRic(bus);
    await bus.flush();
    return ric;
  };
  const start = async (handlers: Partial<XAppHandlers>): Promise<void> => {
    const bus = await connect(NAME);
    const session = new XAppSession({
      name: NAME,
      version: '1.2.3',
      subscriptions: [{ name: 'slices', level: 'slice', periodMs: 10, measurements: ['RRU.PrbUsedDl'] }],
      policyTypes: [],
      handlers: { onReport: () => undefined, ...handlers },
      bus,
      log,
      instance: 'life-1',
    });
    sessions.push(session);
    session.start();
    await bus.flush();
  };

  beforeAll(async () => {
    nats = await EmbeddedNats.start();
  });
  afterEach(async () => {
    await Promise.all(sessions.splice(0).map((session) => session.stop()));
    await Promise.all(open.splice(0).map((bus) => bus.close()));
  });
  afterAll(() => nats.stop());

  it('registers, and again as a sign of life', async () => {
    const ric = await ricOn(await connect('ric'));
    await start({});
    await until(() => ric.registrations.length === 3);
    expect(ric.registrations).toEqual(
      Array(3).fill({
        version: '1.2.3',
        instance: 'life-1',
        subscriptions: [{ name: 'slices', level: 'slice', periodMs: 10, measurements: ['RRU.PrbUsedDl'] }],
        policyTypes: [],
      }),
    );
  });

  it('registers with a RIC that starts later', async () => {
    await start({});
    const ric = await ricOn(await connect('ric'));
    await until(() => ric.registrations.length > 0);
    expect(ric.registrations[0]?.version).toBe('1.2.3');
  });

  it('hands reports to the handler in order, with what was missed before each', async () => {
    const ric = await ricOn(await connect('ric'));
    const seen: unknown[] = [];
    await start({
      onReport: ({ subscription, timeMs, missed, rows }) =>
        void seen.push({ subscription, timeMs, missed, rows }),
    });
    ric.indicate();
    ric.indicate({ missed: 4 });
    await until(() => seen.length === 2);
    const rows = [{ snssai: { sst: 1 }, values: [12.5] }];
    expect(seen).toEqual([
      { subscription: 'slices', timeMs: 10, missed: 0, rows },
      { subscription: 'slices', timeMs: 20, missed: 4, rows },
    ]);
  });

  it("carries the indication's call process id and a sequence of its own in each control", async () => {
    const ric = await ricOn(await connect('ric'));
    ric.answerControls(({ sequence }) => ({ controlId: `c${sequence}`, outcome: 'acknowledged' }));
    const results: ControlResult[] = [];
    await start({
      onReport: async (_, { control }) => {
        results.push(await control(CONTROL));
      },
    });
    ric.indicate({ callProcessId: '17' });
    ric.indicate();
    await until(() => results.length === 2);
    const common = { instance: 'life-1', nodeId: NODE, control: CONTROL };
    expect(ric.controls).toEqual([
      { ...common, sequence: 1, callProcessId: '17' },
      { ...common, sequence: 2 },
    ]);
    expect(results).toEqual([
      { controlId: 'c1', outcome: 'acknowledged' },
      { controlId: 'c2', outcome: 'acknowledged' },
    ]);
  });

  it('gives the handler the word of a RIC that refuses', async () => {
    const ric = await ricOn(await connect('ric'));
    ric.answerControls(() => ({ controlId: 'c1', outcome: 'refused', cause: 'over-committed' }));
    const results: ControlResult[] = [];
    await start({ onReport: async (_, { control }) => void results.push(await control(CONTROL)) });
    ric.indicate();
    await until(() => results.length === 1);
    expect(results).toEqual([{ controlId: 'c1', outcome: 'refused', cause: 'over-committed' }]);
  });

  it('gives the handler an outcome when nobody answers a control, or the RIC throws', async () => {
    const bus = await connect('ric');
    const ric = await ricOn(bus);
    const results: ControlResult[] = [];
    await start({ onReport: async (_, { control }) => void results.push(await control(CONTROL)) });
    ric.indicate();
    await until(() => results.length === 1);
    ric.answerControls(() => {
      throw new Error('the RIC stumbles');
    });
    await bus.flush();
    ric.indicate();
    await until(() => results.length === 2);
    expect(results).toMatchObject([
      { controlId: `${NAME}-1`, outcome: 'timed-out', cause: expect.stringContaining('nobody answers') },
      { controlId: `${NAME}-2`, outcome: 'timed-out', cause: 'the RIC stumbles' },
    ]);
  });

  it('counts what has settled, also when the handler throws', async () => {
    const ric = await ricOn(await connect('ric'));
    const release: (() => void)[] = [];
    let calls = 0;
    await start({
      onReport: async () => {
        calls += 1;
        if (calls === 1) throw new Error('the handler stumbles');
        if (calls === 2) await new Promise<void>((resolve) => release.push(resolve));
      },
    });
    for (let i = 0; i < 3; i++) ric.indicate();
    await until(() => ric.settled.at(-1)?.count === 2);
    release[0]?.();
    await until(() => ric.settled.at(-1)?.count === 3);
    expect(ric.settled.at(-1)).toEqual({ instance: 'life-1', count: 3 });
    const counts = ric.settled.map(({ count }) => count);
    expect(counts).toEqual([...new Set(counts)].sort((a, b) => a - b));
  });

  it('tells of what has settled in real time too, many reports in one message', async () => {
    const ric = await ricOn(await connect('ric'));
    await start({ onReport: () => undefined });
    for (let i = 0; i < 10; i++) ric.indicate({ lockstep: false });
    await until(() => ric.settled.at(-1)?.count === 10);
    expect(ric.settled.length).toBeLessThan(10);
  });

  it('settles no earlier than its controls have been asked for', async () => {
    const bus = await connect('ric');
    const ric = await ricOn(bus);
    const order: string[] = [];
    bus.subscribe(indicationsSettled(NAME), () => order.push('settled'));
    bus.serve(controlRequest(NAME), () => {
      order.push('control');
      return { controlId: 'c', outcome: 'acknowledged' as const };
    });
    await bus.flush();
    await start({
      onReport: (_, { control }) => {
        void control(CONTROL);
      },
    });
    ric.indicate();
    await until(() => order.length === 2);
    expect(order).toEqual(['control', 'settled']);
  });

  it('hands on effects and what becomes of subscriptions', async () => {
    const bus = await connect('ric');
    await ricOn(bus);
    const seen: unknown[] = [];
    await start({ onEffect: (effect) => seen.push(effect), onSubscription: (notice) => seen.push(notice) });
    const effect = {
      controlId: 'c1',
      nodeId: NODE,
      kind: 'slice-quota' as const,
      effective: true,
      measuredAtMs: 100,
      shares: [],
    };
    const notice = { nodeId: NODE, subscription: 'slices', state: 'failed' as const, cause: 'no such KPI' };
    bus.publish(controlEffect(NAME), effect);
    bus.publish(subscriptionNotice(NAME), notice);
    await until(() => seen.length === 2);
    expect(seen).toEqual([effect, notice]);
  });

  it('hears nothing that was meant for a former life', async () => {
    const bus = await connect('ric');
    const ric = await ricOn(bus);
    const seen: number[] = [];
    await start({ onReport: ({ timeMs }) => void seen.push(timeMs) });
    bus.publish(xAppIndication(NAME, 'life-0'), {
      subscription: 'slices',
      sequenceNumber: 1,
      missed: 0,
      lockstep: true,
      report: { nodeId: NODE, level: 'slice', timeMs: 1, periodMs: 10, measurements: [], rows: [] },
    });
    ric.indicate();
    await until(() => seen.length > 0);
    expect(seen).toEqual([10]);
  });
});
