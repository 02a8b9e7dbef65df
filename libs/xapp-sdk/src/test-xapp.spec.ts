import { z } from 'zod';
import { defineXApp } from './define-xapp.js';
import { type Quantity } from './quantity.js';
import { subscription } from './subscription.js';
import { testXApp } from './test-xapp.js';

process.env['RICOCHET_LOG_LEVEL'] = 'silent';

const SLICE = { sst: 1 };

const keeper = defineXApp({
  name: 'keeper',
  version: '1.0.0',
  permissions: ['sdl:friend'],
  config: z.strictObject({ atLeastKbps: z.number().default(1_000) }),
  subscriptions: () => [
    subscription({
      name: 'slices',
      level: 'slice',
      periodMs: 100,
      measurements: ['DRB.UEThpDl', 'RCT.BufferDl'],
    }),
    subscription({ name: 'cells', level: 'cell', periodMs: 1_000, measurements: ['RRU.PrbTotDl'] }),
  ],
  create({ config, metrics, data, every, node }) {
    let { atLeastKbps } = config;
    let nodeId = '';
    let load: Quantity<'%'> | null = null;
    const seen = metrics.counter('reports_total', 'Reports seen');
    every(300, async (timeMs) => {
      if (load !== null && load > 90) void node(nodeId).control(quota(10));
      await data.set('ticks', timeMs);
    });
    const quota = (minRatio: number) => {
      return {
        kind: 'slice-quota' as const,
        ratios: [{ snssai: SLICE, minRatio, maxRatio: 100, dedicatedRatio: 0 }],
      };
    };
    return {
      async onReport(report, ric) {
        seen.inc();
        nodeId = report.nodeId;
        if (report.subscription === 'cells') {
          const [row] = report.rows;
          load = row === undefined ? null : report.value(row, 'RRU.PrbTotDl');
          return;
        }
        for (const row of report.rows) {
          const throughput = report.value(row, 'DRB.UEThpDl');
          if (throughput === null) throw new Error(`slice ${row.snssai.sst} says nothing`);
          if (throughput >= atLeastKbps) continue;
          const control = ric.control(quota(60));
          void control
            .effect()
            .then(({ effective, reason }) => data.set('effect', { effective, reason: reason ?? '' }));
          if ((await control).outcome === 'refused') await data.set('refused', true);
        }
      },
      onConfig: ({ atLeastKbps: changed }) => {
        if (changed < 0) throw new Error('less than nothing');
        atLeastKbps = changed;
      },
      onHealth: () => (nodeId === '' ? 'no report yet' : undefined),
      onPolicy: ({ policy }) => {
        if (policy === null) throw new Error('needs its policy');
      },
    };
  },
});

const slow = { snssai: SLICE, values: { 'DRB.UEThpDl': 10 } };
const fast = { snssai: SLICE, values: { 'DRB.UEThpDl': 5_000 } };

describe('testXApp', () => {
  it('gives reports and tells what was asked for', async () => {
    const xapp = testXApp(keeper);
    expect(await xapp.report('slices', { rows: [fast] })).toEqual([]);
    expect(await xapp.report('slices', { rows: [slow], nodeId: 'du-1' })).toEqual([
      { controlId: 'test-1', nodeId: 'du-1', control: expect.objectContaining({ kind: 'slice-quota' }) },
    ]);
    expect(xapp.controls).toHaveLength(1);
    expect(xapp.metrics()['reports_total']).toMatchObject({ kind: 'counter', value: 2 });
  });

  it('answers controls as the test says, and tells effects', async () => {
    const xapp = testXApp(keeper);
    const [control] = await xapp.report('slices', { rows: [slow] });
    if (control === undefined) throw new Error('no control');
    xapp.effect(control, { effective: false, reason: 'capped' });
    await new Promise(setImmediate);
    expect(await xapp.data.get('effect')).toEqual({ effective: false, reason: 'capped' });
    xapp.answer = () => ({ outcome: 'refused', cause: 'no' });
    await xapp.report('slices', { rows: [slow] });
    expect(await xapp.data.get('refused')).toBe(true);
    expect(await xapp.data.get('effect')).toEqual({ effective: false, reason: 'refused: no' });
  });

  it('fires timers before the report at their time, and waits for them', async () => {
    const xapp = testXApp(keeper);
    await xapp.report('slices', { rows: [fast], timeMs: 200 });
    expect(await xapp.data.get('ticks')).toBeUndefined();
    await xapp.report('cells', { rows: [{ values: { 'RRU.PrbTotDl': 95 } }], timeMs: 300 });
    expect(await xapp.data.get('ticks')).toBe(300);
    expect(xapp.controls).toEqual([]);
    expect(await xapp.report('slices', { rows: [fast], timeMs: 700 })).toHaveLength(1);
  });

  it('fails a test whose handler throws', async () => {
    const xapp = testXApp(keeper);
    await expect(xapp.report('slices', { rows: [{ snssai: SLICE, values: {} }] })).rejects.toThrow(
      'slice 1 says nothing',
    );
  });

  it('judges configurations, at the start and later', async () => {
    expect(() => testXApp(keeper, { config: { atLeastKbps: 'much' as never } })).toThrow(
      /configuration of xApp keeper: atLeastKbps: .*expected number/,
    );
    const xapp = testXApp(keeper, { config: { atLeastKbps: 5 } });
    expect(await xapp.report('slices', { rows: [slow] })).toHaveLength(0);
    expect(await xapp.configure({ atLeastKbps: 20 })).toBe(true);
    expect(await xapp.report('slices', { rows: [slow] })).toHaveLength(1);
    await expect(xapp.configure({ atLeastKbps: -1 })).rejects.toThrow('less than nothing');
  });

  it('asks for health and gives policies', async () => {
    const xapp = testXApp(keeper);
    expect(await xapp.health()).toBe('no report yet');
    await xapp.report('slices', { rows: [fast] });
    expect(await xapp.health()).toBeUndefined();
    const policy = { policyTypeId: 1, policyId: 'p', policy: null };
    await expect(xapp.policy(policy)).rejects.toThrow('needs its policy');
  });

  it('keeps shared data apart, as far as permissions go', async () => {
    const { data } = testXApp(keeper);
    await data.namespace('friend').set('a', [1, { b: null }]);
    expect(await data.namespace('friend').get('a')).toEqual([1, { b: null }]);
    expect(await data.keys()).toEqual([]);
    await expect(data.namespace('foe').get('a')).rejects.toThrow(/sdl:foe/);
    await expect(data.set('a b', 1)).rejects.toThrow(/key a b: expected/);
    const seen: unknown[] = [];
    const stop = await data.watch(({ key, value }) => seen.push([key, value]));
    await data.set('k', 1);
    await data.delete('k');
    stop();
    await data.set('k', 2);
    expect(seen).toEqual([
      ['k', 1],
      ['k', undefined],
    ]);
  });
});

/** For the compiler alone. */
export function types(): void {
  // @ts-expect-error: there is no such measurement
  subscription({ name: 'a', level: 'cell', periodMs: 100, measurements: ['DRB.Guess'] });
  // @ts-expect-error: the quality is measured by slice
  subscription({ name: 'a', level: 'ue', periodMs: 100, measurements: ['RCT.QosDl'] });
  defineXApp({
    name: 'typed',
    version: '1.0.0',
    config: z.strictObject({}),
    subscriptions: () => [
      subscription({ name: 'ues', level: 'ue', periodMs: 100, measurements: ['RCT.HolDelayDl'] }),
    ],
    create: () => ({
      onReport(report) {
        const row = report.rows[0];
        if (row === undefined) return;
        const ue: number = row.ueId;
        const delay: Quantity<'ms'> | null = report.value(row, 'RCT.HolDelayDl');
        const plain: number | null = delay;
        // @ts-expect-error: it is in ms
        const throughput: Quantity<'kbit/s'> | null = report.value(row, 'RCT.HolDelayDl');
        // @ts-expect-error: it was not subscribed to
        report.value(row, 'DRB.UEThpDl');
        void [ue, plain, throughput];
      },
    }),
  });
  const xapp = testXApp(keeper);
  // @ts-expect-error: it has no such subscription
  void xapp.report('ues', { rows: [] });
  // @ts-expect-error: that subscription has no such measurement
  void xapp.report('cells', { rows: [{ values: { 'DRB.UEThpDl': 1 } }] });
}
