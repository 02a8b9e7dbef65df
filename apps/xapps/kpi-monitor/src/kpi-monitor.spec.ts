import { readFileSync } from 'node:fs';
import { describeXApp, testXApp } from '@ricochet/xapp-sdk';
import { kpiMonitor } from './kpi-monitor.js';

process.env['RICOCHET_LOG_LEVEL'] = 'silent';

const EMBB = { sst: 1 };
const GOLD = { sst: 1, sd: '0000aa' };
const THROUGHPUT = 'DRB.UEThpDl';

const watch = [
  { name: 'slices', level: 'slice' as const, periodMs: 100, measurements: [THROUGHPUT, 'RCT.HolDelayDl'] },
  { name: 'cells', level: 'cell' as const, periodMs: 100, measurements: ['RRU.PrbTotDl'] },
];
const slow = { name: 'slow', kpi: THROUGHPUT, raise: 100, clear: 200 };

describe('kpi-monitor', () => {
  it('asks for what it is configured to watch', () => {
    expect(kpiMonitor.subscriptions(kpiMonitor.config.parse({ watch }))).toEqual(watch);
    expect(() => kpiMonitor.config.parse({ watch: [watch[0], watch[0]] })).toThrow('a name is there twice');
    expect(() => testXApp(kpiMonitor, { config: { alerts: [{ ...slow, clear: 100 }] } })).toThrow(
      'raise and clear: expected different values',
    );
  });

  it('keeps the latest values of each node and slice, and a short history, in its shared data', async () => {
    const xapp = testXApp(kpiMonitor, { config: { watch, historyLength: 2, summaryEveryMs: 400 } });
    for (const throughput of [10, 20, 30, 40]) {
      await xapp.report('slices', {
        nodeId: 'gnb-7',
        rows: [
          { snssai: EMBB, values: { [THROUGHPUT]: throughput } },
          { snssai: GOLD, values: { [THROUGHPUT]: 2 * throughput, 'RCT.HolDelayDl': 1 } },
        ],
      });
    }
    await xapp.report('cells', { nodeId: 'gnb-7', timeMs: 410, rows: [{ values: { 'RRU.PrbTotDl': 77 } }] });
    expect(await xapp.data.get('latest/gnb-7/1')).toEqual({ timeMs: 400, values: { [THROUGHPUT]: 40 } });
    expect(await xapp.data.get('latest/gnb-7/1-0000aa')).toMatchObject({ values: { 'RCT.HolDelayDl': 1 } });
    expect(await xapp.data.get('latest/gnb-7/cell')).toMatchObject({ values: { 'RRU.PrbTotDl': 77 } });
    // Written when the summary is due, before the report of that time is handled.
    expect(await xapp.data.get('history/gnb-7/1')).toEqual({
      [THROUGHPUT]: [
        [200, 20],
        [300, 30],
      ],
    });
  });

  it('has a gauge for each series, so many at most, and counts the others', async () => {
    const xapp = testXApp(kpiMonitor, { config: { watch, maxGauges: 3 } });
    for (const nodeId of ['gnb-1', 'gnb-2', 'gnb-1']) {
      await xapp.report('slices', {
        nodeId,
        rows: [{ snssai: EMBB, values: { [THROUGHPUT]: 5, 'RCT.HolDelayDl': 7 } }],
      });
    }
    expect(xapp.metrics()).toMatchObject({
      drb_uethpdl_gnb_1_1: { kind: 'gauge', value: 5 },
      rct_holdelaydl_gnb_1_1: { value: 7 },
      drb_uethpdl_gnb_2_1: { value: 5 },
      series_without_gauge_total: { value: 1 },
      values_total: { value: 6 },
    });
    expect(xapp.metrics()['rct_holdelaydl_gnb_2_1']).toBeUndefined();
  });

  it('raises an alert once, and clears it only when the value is well back', async () => {
    const xapp = testXApp(kpiMonitor, { config: { watch, alerts: [{ ...slow, snssai: EMBB }] } });
    const state = async (throughput: number): Promise<unknown> => {
      await xapp.report('slices', {
        rows: [
          { snssai: EMBB, values: { [THROUGHPUT]: throughput } },
          { snssai: GOLD, values: { [THROUGHPUT]: 0 } },
        ],
      });
      return xapp.data.get('alert/slow/gnb-001-01-1/1');
    };
    expect(await state(150)).toBeUndefined();
    expect(await state(90)).toMatchObject({ state: 'raised', value: 90 });
    expect(await state(150)).toMatchObject({ state: 'raised', value: 90 });
    expect(await state(250)).toMatchObject({ state: 'cleared', value: 250 });
    expect(await state(80)).toMatchObject({ state: 'raised', value: 80 });
    expect(await xapp.data.keys()).not.toContain('alert/slow/gnb-001-01-1/1-0000aa');
    expect(xapp.metrics()).toMatchObject({ alerts_total: { value: 2 }, alerts: { value: 1 } });
  });

  it('warns of too much as well', async () => {
    const late = { name: 'late', kpi: 'RCT.HolDelayDl', raise: 20, clear: 10 };
    const xapp = testXApp(kpiMonitor, { config: { watch, alerts: [late] } });
    for (const delay of [15, 20, 15, 9]) {
      await xapp.report('slices', { rows: [{ snssai: EMBB, values: { 'RCT.HolDelayDl': delay } }] });
    }
    expect(xapp.metrics()).toMatchObject({ alerts_total: { value: 1 }, alerts: { value: 0 } });
  });

  it('has the descriptor of its definition', () => {
    const json = (file: string): unknown => JSON.parse(readFileSync(`${__dirname}/../${file}`, 'utf8'));
    const { descriptor, controlsSchema } = describeXApp(kpiMonitor);
    expect(json('config-file.json')).toEqual(JSON.parse(JSON.stringify(descriptor)));
    expect(json('schema.json')).toEqual(JSON.parse(JSON.stringify(controlsSchema)));
  });
});
