import { type NodeSample, type RoundClosed, type SliceSample } from '@ricochet/contracts';
import { SLICE_TYPES, sNssaiOf } from '@ricochet/ran-types';
import { parseScenario } from '@ricochet/scenario';
import { MAX_POINTS } from './thinned.js';
import { runFigures, watchedCells } from './run-figures.js';

const SURGE = 'events: [{ at: 1s, kind: surge, slice: URLLC, cells: [2], factor: 3, duration: 1s }]\n';
const scenarioOf = (rest = '') =>
  parseScenario(
    `name: one\nduration: 90s\nwarmUp: 100ms\nnetwork: { cells: 2, uesPerCell: 3 }\n${rest}`,
    'one.yaml',
  );

const SLICE = {
  ...{ ues: 1, offeredKbit: 100, deliveredKbit: 50, servedShare: 0.5, prbUsed: 20, ueThpKbps: null },
  ...{ delayMeanMs: null, delayP99Ms: 4, delayMaxMs: null, dropRate: 0, bufferBytes: 0, qos: 0.5 },
  ...{ minRatio: 30, maxRatio: 30, slaMet: true },
};

function node(id: number, over: Partial<SliceSample> = {}): NodeSample {
  const slices = SLICE_TYPES.map((type) => ({ ...SLICE, ...over, snssai: sNssaiOf(type) }));
  return { nodeId: `du-${id}`, active: true, prbUsed: 60, prbAvailable: 100, slices };
}

const samplesOf = (count: number, nodes: readonly NodeSample[]) =>
  Array.from({ length: count }, (_, i) => ({ timeMs: (i + 1) * 100, nodes }));
const rate = (servedBits: number, offeredBits = 1) => ({
  ...{ nodeId: 'du-1', snssai: sNssaiOf('URLLC'), servedBits, offeredBits },
});

function figures(rest: string, over: Partial<SliceSample>, rounds: RoundClosed[] = []) {
  const samples = samplesOf(3, [node(1), node(2, over)]);
  const ues = [rate(1e6), rate(3e6), rate(0, 0)];
  return runFigures(scenarioOf(rest), { samples, happenings: [] }, { ues, timeMs: 1_100 }, { rounds });
}

describe('the figures of a run', () => {
  it('are rates of all DUs together, delays and SLA as means over DUs', () => {
    const { timesS, slices } = figures('', { delayP99Ms: 8, slaMet: false });
    expect(timesS).toEqual([0.1, 0.2, 0.3]);
    expect(slices.eMBB.offeredMbps).toEqual([2, 2, 2]);
    expect(slices.eMBB.deliveredMbps).toEqual([1, 1, 1]);
    expect(slices.eMBB.delayP99Ms).toEqual([6, 6, 6]);
    expect(slices.eMBB.slaMet).toEqual([50, 50, 50]);
  });

  it("hold quota against demand in the DUs of the slice's surges, at what a PRB carries there", () => {
    const { slices } = figures(SURGE, { minRatio: 60, prbUsed: 40, offeredKbit: 75 });
    expect(slices.URLLC).toMatchObject({ quota: [60, 60, 60], used: [40, 40, 40], wanted: [60, 60, 60] });
    // Of slices without surges all DUs count.
    expect(slices.eMBB).toMatchObject({ quota: [45, 45, 45], used: [30, 30, 30] });
    expect(watchedCells(scenarioOf(SURGE), 'URLLC')).toEqual([1]);
    expect(watchedCells(scenarioOf(SURGE), 'eMBB')).toBeUndefined();
  });

  it('leave out what has no value', () => {
    const { slices } = figures(SURGE, { deliveredKbit: 0, delayP99Ms: null });
    expect(slices.URLLC.wanted).toEqual([null, null, null]);
    expect(slices.eMBB.delayP99Ms).toEqual([4, 4, 4]);
  });

  it('have distributions over UEs that were offered something, and over periods after the warm-up', () => {
    const { ueRatesMbps, delaysMs } = figures('', { delayP99Ms: 8 }).slices.URLLC;
    expect([ueRatesMbps[0], ueRatesMbps[50], ueRatesMbps[100]]).toEqual([1, 2, 3]);
    expect([delaysMs[0], delaysMs[100]]).toEqual([4, 8]);
    expect(figures('', {}).slices.eMBB.ueRatesMbps).toEqual([]);
  });

  it('stay small, however long the run', () => {
    const samples = samplesOf(900, [node(1)]);
    const scenario = scenarioOf();
    const long = runFigures(
      scenario,
      { samples, happenings: [] },
      { ues: [], timeMs: 90_000 },
      { rounds: [] },
    );
    expect(long.timesS.length).toBeLessThanOrEqual(MAX_POINTS);
    expect(long.timesS.at(-1)).toBe(90);
    expect(long.slices.eMBB.offeredMbps[0]).toBeCloseTo(1);
  });

  it('have the learning of each level, in the order of its times', () => {
    const round = (timeMs: number, rewards: (number | undefined)[]): RoundClosed =>
      ({
        ...{ level: 'low', timeMs },
        contributions: rewards.map((meanReward, i) => ({ meanReward, tdVariance: i, weight: (i + 1) / 3 })),
      }) as unknown as RoundClosed;
    const { learning } = figures('', {}, [
      round(800, [0.4, undefined]),
      round(400, [0.2, 0.4]),
      round(1_200, []),
    ]);
    expect(learning).toEqual([
      {
        level: 'low',
        timesS: [0.4, 0.8],
        reward: [expect.closeTo(0.3), 0.4],
        tdVariance: [0.5, 0.5],
        lowWeight: [1 / 3, 1 / 3],
        highWeight: [2 / 3, 2 / 3],
      },
    ]);
  });
});
