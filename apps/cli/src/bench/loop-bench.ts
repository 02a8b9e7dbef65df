import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BenchReport } from './bench-report.js';
import { runScenario } from '../commands/run.js';
import { type RunSummary } from '../run/summary.js';
import { median } from './median.js';

const SCENARIO = fileURLToPath(new URL('../../../../scenarios/bench-loop.yaml', import.meta.url));
const DURATION_MS = 20_000;
const SEED = 1;

/** The whole loop over NATS with both xApps, 7 DUs × 30 UEs: its latency in real time, its speed in lockstep. */
export async function benchLoop(repeat: number): Promise<BenchReport> {
  const realTime: RunSummary[] = [];
  const lockstep: RunSummary[] = [];
  for (let run = 0; run < repeat; run++) {
    realTime.push(await runOnce('real-time'));
    lockstep.push(await runOnce('lockstep'));
  }
  const latency = (name: 'p50Ms' | 'p90Ms' | 'p99Ms' | 'maxMs'): number =>
    median(realTime.map(({ loopLatency }) => loopLatency[name]));
  const realTimeLatency = {
    p50Ms: latency('p50Ms'),
    p90Ms: latency('p90Ms'),
    p99Ms: latency('p99Ms'),
    maxMs: latency('maxMs'),
    controls: median(realTime.map(({ loopLatency }) => loopLatency.count)),
  };
  const realTimeFactor = median(lockstep.map((summary) => summary.realTimeFactor));
  const figures = { dus: 7, uesPerDu: 30, reportPeriodMs: 10, realTimeLatency, lockstep: { realTimeFactor } };
  const text = [
    `real time, indication sent to control applied: p50 ${realTimeLatency.p50Ms.toFixed(2)} ms, ` +
      `p90 ${realTimeLatency.p90Ms.toFixed(2)} ms, p99 ${realTimeLatency.p99Ms.toFixed(2)} ms, ` +
      `max ${realTimeLatency.maxMs.toFixed(2)} ms (${realTimeLatency.controls} controls a run)`,
    `lockstep with both xApps: ${realTimeFactor.toFixed(1)} × real time`,
  ].join('\n');
  return { figures, text };
}

async function runOnce(mode: 'real-time' | 'lockstep'): Promise<RunSummary> {
  const out = mkdtempSync(join(tmpdir(), 'ricochet-bench-'));
  try {
    return await runScenario(SCENARIO, { seed: SEED, out, until: DURATION_MS, mode, speed: 1 });
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
