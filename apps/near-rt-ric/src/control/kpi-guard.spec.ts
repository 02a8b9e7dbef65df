import { type KpiGuard } from '@ricochet/contracts';
import { type MeasurementReport, type RrmPolicyRatio } from '@ricochet/ran-types';
import { KpiGuardWatch, type GuardedChange } from './kpi-guard.js';

const GUARD: KpiGuard = {
  kpi: 'RCT.PacketDelayDl.P99',
  level: 'slice',
  snssai: { sst: 2 },
  max: 10,
  windowMs: 500,
  rollBack: true,
};

const change = (xapp: string, atMs: number): GuardedChange => ({
  controlId: `${xapp}-${atMs}`,
  xapp,
  priority: 50,
  kind: 'slice-quota',
  slices: ['2'],
  atMs,
});

function report(
  timeMs: number,
  delayMs: number | null,
  more: Partial<MeasurementReport> = {},
): MeasurementReport {
  return {
    nodeId: 'node',
    level: 'slice',
    timeMs,
    periodMs: 100,
    measurements: ['RCT.QosDl', 'RCT.PacketDelayDl.P99'],
    rows: [
      { snssai: { sst: 1 }, values: [1, 99] },
      { snssai: { sst: 2 }, values: [1, delayMs] },
    ],
    ...more,
  };
}

const ratios = (minRatio: number): RrmPolicyRatio[] => [
  { snssai: { sst: 2 }, minRatio, maxRatio: 100, dedicatedRatio: 0 },
];

describe('KpiGuardWatch', () => {
  let watch: KpiGuardWatch;
  beforeEach(() => (watch = new KpiGuardWatch(GUARD)));

  it('tells of a bound that is broken within the window, by whom, and what was in force while it held', () => {
    watch.judge(report(100, 5), ratios(40));
    watch.changed(change('a', 100));
    watch.changed(change('b', 150));
    expect(watch.judge(report(200, 10.12345), ratios(10))).toEqual({
      changes: [change('b', 150), change('a', 100)],
      lastGood: ratios(40),
      text: 'RCT.PacketDelayDl.P99 of slice 2 is 10.12, above 10',
    });
  });

  it('tells it once, and again after the KPI was within its bounds', () => {
    watch.changed(change('a', 100));
    expect(watch.judge(report(200, 11), undefined)).toBeDefined();
    expect(watch.judge(report(300, 12), undefined)).toBeUndefined();
    watch.judge(report(400, 9), undefined);
    watch.changed(change('a', 400));
    expect(watch.judge(report(500, 11), undefined)).toBeDefined();
  });

  it('blames nobody for what breaks long after, or without, a control', () => {
    watch.changed(change('a', 100));
    expect(watch.judge(report(700, 11), undefined)).toBeUndefined();
  });

  it('looks at its own KPI, level and slice alone', () => {
    watch.changed(change('a', 100));
    expect(watch.judge(report(200, null), undefined)).toBeUndefined();
    expect(watch.judge(report(200, 11, { level: 'ue' }), undefined)).toBeUndefined();
    expect(watch.judge(report(200, 11, { measurements: ['x', 'y'] }), undefined)).toBeUndefined();
    expect(watch.judge(report(200, 11), undefined)).toBeDefined();
  });

  it('knows lower bounds, of all slices when none is named', () => {
    const cell = new KpiGuardWatch({
      kpi: 'RCT.QosDl',
      level: 'slice',
      min: 0.9,
      windowMs: 100,
      rollBack: false,
    });
    cell.changed(change('a', 0));
    const rows = [
      { snssai: { sst: 1 }, values: [0.95, 1] },
      { snssai: { sst: 2 }, values: [0.5, 1] },
    ];
    expect(cell.judge(report(100, 1, { rows }), undefined)?.text).toBe(
      'RCT.QosDl of slice 2 is 0.5, below 0.9',
    );
  });
});
