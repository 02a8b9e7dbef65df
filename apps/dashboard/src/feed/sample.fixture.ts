import { type SimulationSample, type SliceSample } from '@ricochet/contracts';

const SLICE: SliceSample = {
  snssai: { sst: 1 },
  ues: 10,
  offeredKbit: 1_000.123456,
  deliveredKbit: 900,
  servedShare: 0.9,
  prbUsed: 30,
  ueThpKbps: null,
  delayMeanMs: 2,
  delayP99Ms: 5,
  delayMaxMs: 7,
  dropRate: 0,
  bufferBytes: 100,
  qos: 0.9,
  minRatio: 40,
  maxRatio: 60,
  slaMet: true,
};

/** A sample of one DU with two slices; `index` counts periods. */
export function sampleAt(
  index: number,
  slice: Partial<SliceSample> = {},
  more: Partial<SimulationSample> = {},
): SimulationSample {
  return {
    run: {
      runId: 'one',
      scenario: 'small',
      seed: 1,
      mode: 'real-time',
      speed: 1,
      configHash: '',
      controller: 'need+pf',
      startedAtMs: 0,
    },
    index,
    timeMs: 100 * (index + 1),
    realTimeFactor: 1,
    connectedNodes: 1,
    nodes: [
      {
        nodeId: 'gnb-001-01-1-du-1',
        active: true,
        prbUsed: 60,
        prbAvailable: 100,
        slices: [
          { ...SLICE, ...slice },
          { ...SLICE, snssai: { sst: 2 } },
        ],
      },
    ],
    events: [],
    counts: { indications: 10, controlsApplied: 8, controlsFailed: 0 },
    loopLatency: { count: 8, p50Ms: 1.23456, p90Ms: 2, p99Ms: 3, maxMs: 4 },
    ...more,
  };
}
