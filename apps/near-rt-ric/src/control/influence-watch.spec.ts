import { InfluenceWatch, type InfluentialAct } from './influence-watch.js';

const act = (xapp: string, nowMs: number, change: Partial<InfluentialAct> = {}): InfluentialAct => ({
  xapp,
  kind: 'slice-quota',
  slices: ['1'],
  kpis: ['DRB.UEThpDl', 'RCT.QosDl'],
  nowMs,
  ...change,
});
const WEIGHTS = { kind: 'ue-weights', kpis: ['RCT.QosDl', 'RCT.PacketDelayDl.P99'] } as const;

describe('InfluenceWatch', () => {
  let watch: InfluenceWatch;
  beforeEach(() => (watch = new InfluenceWatch(1_000)));

  it('tells of two that move the same KPI by different parameters, once while it lasts', () => {
    expect(watch.acted(act('a', 0))).toEqual([]);
    expect(watch.acted(act('b', 100, WEIGHTS))).toEqual([
      { other: 'a', otherKind: 'slice-quota', kpis: ['RCT.QosDl'] },
    ]);
    for (let nowMs = 200; nowMs < 5_000; nowMs += 100) {
      expect(watch.acted(act('a', nowMs))).toEqual([]);
      expect(watch.acted(act('b', nowMs, WEIGHTS))).toEqual([]);
    }
  });

  it('tells it again when it begins again', () => {
    watch.acted(act('a', 0));
    watch.acted(act('b', 100, WEIGHTS));
    watch.acted(act('a', 5_000));
    expect(watch.acted(act('b', 5_100, WEIGHTS))).toHaveLength(1);
  });

  it('finds the same parameter in different slices, and leaves the same slice to arbitration', () => {
    watch.acted(act('a', 0));
    expect(watch.acted(act('b', 0, { slices: ['2'] }))).toHaveLength(1);
    expect(watch.acted(act('c', 0, { slices: ['1', '2'] }))).toEqual([]);
  });

  it('finds nothing in one xApp, in what is long past, or where nothing is declared', () => {
    watch.acted(act('a', 0));
    expect(watch.acted(act('a', 0, WEIGHTS))).toEqual([]);
    expect(watch.acted(act('b', 1_000, { slices: ['2'] }))).toEqual([]);
    expect(watch.acted(act('c', 1_000, { slices: ['2'], kpis: [] }))).toEqual([]);
  });
});
