import { Bus, EmbeddedNats } from '@ricochet/bus';
import {
  controlConflict,
  controlEffect,
  controlRequest,
  indicationsSettled,
  subscriptionNotice,
  xAppConfigure,
  xAppDrain,
  xAppIndication,
  xAppMetrics,
  xAppRegister,
  type ControlReply,
  type ControlRequest,
  type IndicationsSettled,
  type RanControl,
  type XAppIndication,
  type XAppRegistration,
} from '@ricochet/contracts';
import { createLogger } from '@ricochet/platform';
import { z } from 'zod';
import { type ControlResult } from './control.js';
import { defineXApp, type XAppContext, type XAppDefinition, type XAppHandlers } from './define-xapp.js';
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
  const sessions: { stop(): Promise<void> }[] = [];

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
  type Context = XAppContext<{ limit: number }>;
  const start = async (
    handlers: Partial<XAppHandlers> | ((context: Context) => Partial<XAppHandlers>),
    more: Partial<Pick<XAppDefinition<z.ZodType>, 'priority' | 'influences' | 'guard'>> = {},
  ): Promise<void> => {
    const bus = await connect(NAME);
    const definition = defineXApp({
      name: NAME,
      version: '1.2.3',
      config: z.strictObject({ limit: z.number() }),
      subscriptions: ({ limit }) => [
        { name: 'slices', level: 'slice', periodMs: limit, measurements: ['RRU.PrbUsedDl'] },
      ],
      create: (context) => ({
        onReport: () => undefined,
        ...(typeof handlers === 'function' ? handlers(context) : handlers),
      }),
      ...more,
    });
    const session = new XAppSession({ definition, config: { limit: 10 }, bus, log, instance: 'life-1' });
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
    const ric = await ricOn(bus);
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
    expect(ric.registrations[0]).toMatchObject({ effects: true });
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

  it('tells the RIC its priority, its influences and its guard', async () => {
    const ric = await ricOn(await connect('ric'));
    const guard = { kpi: 'RCT.QosDl', level: 'slice', min: 0.9, windowMs: 1_000, rollBack: true } as const;
    const influences = { 'slice-quota': ['RCT.QosDl'] } as const;
    await start({}, { priority: 60, influences, guard });
    await until(() => ric.registrations.length > 0);
    expect(ric.registrations[0]).toMatchObject({ priority: 60, influences, guard });
  });

  it('tells the RIC why it is not ready, until it is', async () => {
    const ric = await ricOn(await connect('ric'));
    let calls = 0;
    await start({
      onHealth: () => {
        calls += 1;
        if (calls === 1) throw new Error('health stumbles');
        return calls === 2 ? 'no model yet' : undefined;
      },
    });
    await until(() => ric.registrations.length === 3);
    expect(ric.registrations.map(({ notReady }) => notReady)).toEqual([
      'health stumbles',
      'no model yet',
      undefined,
    ]);
  });

  it('measures what a control did, and says so when it was not acknowledged', async () => {
    const bus = await connect('ric');
    const ric = await ricOn(bus);
    ric.answerControls(({ sequence }) => {
      const controlId = `c${sequence}`;
      return sequence === 1
        ? { controlId, outcome: 'acknowledged' }
        : { controlId, outcome: 'failed', cause: 'no' };
    });
    const effects: unknown[] = [];
    await start({
      onReport: (_, { control }) =>
        void control(CONTROL)
          .effect()
          .then((e) => effects.push(e)),
    });
    await until(() => ric.registrations.length === 1);
    expect(ric.registrations[0]).not.toHaveProperty('effects');
    ric.indicate();
    ric.indicate();
    await until(() => effects.length === 1);
    // The RIC tells effects to who says so.
    await until(() => ric.registrations.at(-1)?.effects === true);
    expect(effects).toMatchObject([
      { controlId: 'c2', nodeId: NODE, effective: false, reason: 'failed: no' },
    ]);
    const about = { nodeId: NODE, kind: 'slice-quota' as const, measuredAtMs: 20, shares: [] };
    bus.publish(controlEffect(NAME), { ...about, controlId: 'c1', effective: true });
    await until(() => effects.length === 2);
    expect(effects[1]).toMatchObject({ controlId: 'c1', effective: true });
  });

  it('fires timers by the time of the reports, and settles after them', async () => {
    const ric = await ricOn(await connect('ric'));
    const order: string[] = [];
    let release = (): void => undefined;
    await start(({ every }) => {
      every(20, async (timeMs) => {
        order.push(`timer ${timeMs}`);
        await new Promise<void>((resolve) => (release = resolve));
      });
      return { onReport: ({ timeMs }) => void order.push(`report ${timeMs}`) };
    });
    ric.indicate();
    ric.indicate();
    await until(() => order.length === 3 && ric.settled.length > 0);
    expect(order).toEqual(['report 10', 'timer 20', 'report 20']);
    expect(ric.settled.at(-1)?.count).toBe(1);
    release();
    await until(() => ric.settled.at(-1)?.count === 2);
  });

  it('settles in lockstep when the controls of its handler have been answered, awaited or not', async () => {
    const bus = await connect('ric');
    const ric = await ricOn(bus);
    let answer = (): void => undefined;
    bus.serve(controlRequest(NAME), async () => {
      await new Promise<void>((resolve) => (answer = resolve));
      order.push('answered');
      return { controlId: 'c', outcome: 'acknowledged' as const };
    });
    const order: string[] = [];
    bus.subscribe(indicationsSettled(NAME), () => order.push('settled'));
    await bus.flush();
    const asked: Promise<unknown>[] = [];
    await start({ onReport: (_, { control }) => void asked.push(control(CONTROL)) });
    ric.indicate();
    await until(() => asked.length === 1);
    await bus.flush();
    expect(order).toEqual([]);
    await until(() => {
      answer();
      return order.length === 2;
    });
    expect(order).toEqual(['answered', 'settled']);
  });

  it('drains: what was sent is handled, its controls answered, and it gives no sign of life any more', async () => {
    const bus = await connect('ric');
    const ric = await ricOn(bus);
    let answer = (): void => undefined;
    bus.serve(controlRequest(NAME), async () => {
      await new Promise<void>((resolve) => (answer = resolve));
      return { controlId: 'c', outcome: 'acknowledged' as const };
    });
    const order: string[] = [];
    await bus.flush();
    await start({
      onReport: (_, { control }) => {
        void control(CONTROL).then(() => order.push('answered'));
      },
      onDrain: () => void order.push('drained'),
    });
    ric.indicate({ lockstep: false });
    const drained = bus.request(xAppDrain(NAME, 'life-1'), {}, 5_000);
    await until(() => order.length === 1);
    answer();
    expect(await drained).toEqual({ settled: 1 });
    expect(order).toEqual(['drained', 'answered']);
  });

  it('takes another configuration while it runs, and subscribes by it', async () => {
    const bus = await connect('ric');
    const ric = await ricOn(bus);
    const seen: unknown[] = [];
    await start({ onConfig: (config) => void seen.push(config) });
    const configure = (config: Record<string, unknown>) =>
      bus.request(xAppConfigure(NAME, 'life-1'), { config }, 5_000);
    await expect(configure({ limit: 'high' })).rejects.toThrow(
      /^configuration of xApp test-xapp: limit: .*expected number/,
    );
    expect(await configure({ limit: 100 })).toEqual({ applied: true });
    expect(seen).toEqual([{ limit: 100 }]);
    await until(() => ric.registrations.at(-1)?.subscriptions[0]?.periodMs === 100);
  });

  it('leaves it to the RIC to start it anew when it takes none', async () => {
    const bus = await connect('ric');
    await start({});
    const asked = bus.request(xAppConfigure(NAME, 'life-1'), { config: { limit: 1 } }, 5_000);
    expect(await asked).toEqual({ applied: false });
  });

  it('tells its metrics', async () => {
    const bus = await connect('ric');
    const told: unknown[] = [];
    bus.subscribe(xAppMetrics(NAME), (message) => told.push(message));
    await bus.flush();
    await start(({ metrics }) => {
      metrics.counter('decisions_total', 'Decisions').inc(3);
      return {};
    });
    await until(() => told.length > 0);
    expect(told[0]).toEqual({
      instance: 'life-1',
      metrics: [{ kind: 'counter', name: 'decisions_total', help: 'Decisions', value: 3 }],
    });
  });

  it('hands on what others are in its way', async () => {
    const bus = await connect('ric');
    const seen: unknown[] = [];
    await start({ onConflict: (conflict) => void seen.push(conflict) });
    const conflict = {
      ...{ kind: 'direct', with: 'other', nodeId: NODE, control: 'slice-quota', scopes: ['1'] },
      ...{ outcome: 'refused', reason: 'held by other', timeMs: 10 },
    } as const;
    bus.publish(controlConflict(NAME), conflict);
    await until(() => seen.length === 1);
    expect(seen).toEqual([conflict]);
  });
});
