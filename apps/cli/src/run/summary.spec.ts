import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SimulationFinished, type SimulationSample, type SliceSample } from '@ricochet/contracts';
import { SLICE_TYPES, sNssaiOf } from '@ricochet/ran-types';
import { parseScenario } from '@ricochet/scenario';
import { RunRecording } from './run-recording.js';
import { summarise } from './summary.js';
import { summaryTable } from './summary-table.js';

const scenario = parseScenario(
  'name: one\nduration: 1s\nwarmUp: 100ms\nnetwork: { cells: 1, uesPerCell: 3 }\n',
  'one.yaml',
);
const latency = { count: 4, p50Ms: 1, p90Ms: 2, p99Ms: 3, maxMs: 4 };
const counts = { indications: 10, controlsApplied: 4, controlsFailed: 0 };
const run: SimulationSample['run'] = {
  runId: 'r',
  scenario: 'one',
  seed: 1,
  mode: 'lockstep',
  speed: 1,
  configHash: 'c',
  controller: 'need+pf',
  startedAtMs: 0,
};

function slice(over: Partial<SliceSample>): Omit<SliceSample, 'snssai'> {
  return {
    ues: 1,
    offeredKbit: 100,
    deliveredKbit: 80,
    servedShare: 0.8,
    prbUsed: 25,
    ueThpKbps: null,
    delayMeanMs: null,
    delayP99Ms: null,
    delayMaxMs: null,
    dropRate: 0,
    bufferBytes: 0,
    qos: 0.5,
    minRatio: 33,
    maxRatio: 33,
    slaMet: true,
    ...over,
  };
}

function sample(index: number, over: Partial<SliceSample>): SimulationSample {
  const nodeId = 'gnb-001-01-1-du-1';
  const slices = SLICE_TYPES.map((type) => ({ ...slice(over), snssai: sNssaiOf(type) }));
  return {
    run,
    index,
    timeMs: (index + 1) * 100,
    realTimeFactor: 2,
    connectedNodes: 1,
    nodes: [{ nodeId, active: true, prbUsed: 75, prbAvailable: 100, slices }],
    events: [],
    counts,
    loopLatency: latency,
  };
}

const finished: SimulationFinished = {
  run,
  timeMs: 300,
  samples: 3,
  wallMs: 120,
  measuredWallMs: 100,
  kpiHash: 'abc',
  ues: [
    { nodeId: 'n', snssai: { sst: 1 }, servedBits: 100, offeredBits: 100 },
    { nodeId: 'n', snssai: { sst: 1 }, servedBits: 50, offeredBits: 100 },
    { nodeId: 'n', snssai: { sst: 1 }, servedBits: 0, offeredBits: 0 },
  ],
  counts,
  loopLatency: latency,
};

describe('the summary of a run', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ricochet-summary-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('leaves the warm-up out, takes means over periods that have a value, and weighs bits', async () => {
    const recording = new RunRecording(join(folder, 'kpis.csv'));
    recording.add(sample(0, { slaMet: false, deliveredKbit: 0 }));
    recording.add(sample(1, { delayMeanMs: 2, deliveredKbit: 100 }));
    recording.add(sample(2, { slaMet: false, qos: 1, deliveredKbit: 50 }));
    await recording.close();
    const summary = summarise({
      scenario,
      recording,
      finished,
      learning: undefined,
      ricCounts: null,
      versions: {},
    });
    expect(summary.slices.eMBB).toEqual({
      offeredMbps: 1,
      deliveredMbps: expect.closeTo(0.75),
      servedShare: 0.75,
      delayMeanMs: 2,
      delayP99Ms: null,
      delayMaxMs: null,
      dropRate: 0,
      prbShare: 0.25,
      qos: 0.75,
      slaSatisfaction: 0.5,
    });
    expect(summary.realTimeFactor).toBe(2);
    // Two UEs were offered bits: shares 1 and 0.5, (1.5)² / (2 · 1.25).
    expect(summary.jainIndex).toBeCloseTo(0.9);
    expect(summaryTable(summary)).toContain('KPI hash abc');
  });

  it('writes a row a sample, DU and slice, and notices samples that did not come', async () => {
    const path = join(folder, 'kpis.csv');
    const recording = new RunRecording(path);
    recording.add(sample(0, {}));
    recording.add(sample(2, {}));
    await recording.close();
    const rows = readFileSync(path, 'utf8').trim().split('\n');
    expect(rows).toHaveLength(1 + 2 * 3);
    expect(rows[0]?.split(',')).toHaveLength(rows[1]?.split(',').length ?? 0);
    expect(rows[1]).toMatch(/^100,gnb-001-01-1-du-1,1,1,100,80,/);
    expect(recording.missed).toBe(1);
  });
});
