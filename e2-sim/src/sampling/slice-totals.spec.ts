import { type NodeSample, type SliceSample } from '@ricochet/contracts';
import { SliceTotals } from './slice-totals.js';

const slice = (changes: Partial<SliceSample>): SliceSample => ({
  ...{
    snssai: { sst: 2 },
    ues: 5,
    offeredKbit: 3,
    deliveredKbit: 2,
    servedShare: 1,
    prbUsed: 20,
    ueThpKbps: null,
  },
  ...{ delayMeanMs: null, delayP99Ms: null, delayMaxMs: null, dropRate: 0, bufferBytes: 0, qos: 1 },
  ...{ minRatio: 30, maxRatio: 100, slaMet: true },
  ...changes,
});
const node = (nodeId: string, ...slices: SliceSample[]): NodeSample => ({
  ...{ nodeId, active: true, prbUsed: 20, prbAvailable: 100, slices },
});

describe('SliceTotals', () => {
  it('adds up what the slices of each node were offered, got and were promised', () => {
    const totals = new SliceTotals();
    totals.add([node('a', slice({}), slice({ snssai: { sst: 1 }, offeredKbit: 7 })), node('b', slice({}))]);
    totals.add([node('a', slice({ slaMet: false }), slice({ snssai: { sst: 1 } })), node('b', slice({}))]);
    expect(totals.total('offeredBits')).toEqual({ a: { URLLC: 6_000, eMBB: 10_000 }, b: { URLLC: 6_000 } });
    expect(totals.total('deliveredBits')).toMatchObject({ b: { URLLC: 4_000 } });
    expect(totals.total('periods')).toMatchObject({ a: { URLLC: 2 } });
    expect(totals.total('slaMetPeriods')).toEqual({ a: { URLLC: 1, eMBB: 2 }, b: { URLLC: 2 } });
  });

  it('keeps the latest sample, and leaves out what has no value', () => {
    const totals = new SliceTotals();
    totals.add([node('a', slice({ delayP99Ms: 5 }))]);
    expect(totals.value(({ delayP99Ms }) => delayP99Ms)).toEqual({ a: { URLLC: 5 } });
    totals.add([{ ...node('a', slice({ snssai: { sst: 9, sd: '00000a' } })), active: false }]);
    expect(totals.value(({ delayP99Ms }) => delayP99Ms)).toEqual({ a: {} });
    expect(totals.value(({ prbUsed }, { prbAvailable }) => prbUsed / prbAvailable)).toEqual({
      a: { '9-00000a': 0.2 },
    });
    expect(totals.cellsOn()).toEqual({ a: 0 });
  });
});
