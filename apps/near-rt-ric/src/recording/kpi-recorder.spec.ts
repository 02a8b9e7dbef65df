import { SLICE_REPORTS } from '../control/own-reports.service.js';
import { KpiRecorder } from './kpi-recorder.service.js';

const OWN: readonly string[] = SLICE_REPORTS.measurements;
const values = (told: Readonly<Record<string, number>>) => OWN.map((name) => told[name] ?? null);
const report = (rows: object[], more: object = {}) => ({
  ...{ nodeId: 'du-1', level: 'slice', timeMs: 500, periodMs: 500, measurements: OWN, rows },
  ...more,
});

describe('KpiRecorder', () => {
  const node = { nodeId: 'du-1', cell: { active: true, prbs: 50, slices: [] } } as never;
  let hear: (report: object) => void;
  let recorder: KpiRecorder;

  beforeEach(() => {
    const parts = [
      { onReport: (listener: typeof hear) => (hear = listener) },
      { appendKpis: () => undefined },
      { runId: 1 },
      { find: (nodeId: string) => (nodeId === 'du-1' ? node : undefined) },
    ] as never[] as [never, never, never, never];
    recorder = new KpiRecorder(...parts);
    recorder.onModuleInit();
  });

  it("knows what a node's latest report says of its slices, and what it does not", () => {
    expect(recorder.latestOf(node)).toBeUndefined();
    const told = { 'RRU.PrbUsedDl': 10, 'DRB.PdcpSduVolumeDL': 700, 'RCT.RrmPolicyMaxDl': 40 };
    hear(
      report([
        { snssai: { sst: 1 }, values: values(told) },
        { snssai: { sst: 2 }, values: values({}) },
      ]),
    );
    hear(report([], { level: 'cell' }));
    hear(report([], { nodeId: 'du-2' }));
    expect(recorder.latestOf(node)).toEqual([
      { of: '1', used: 0.2, deliveredKbps: 1_400, minRatio: null, maxRatio: 40 },
      { of: '2', used: null, deliveredKbps: null, minRatio: null, maxRatio: null },
    ]);
  });
});
