import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LatencySummary } from '@ricochet/contracts';
import { type BenchReport } from './bench-report.js';
import { runScenario } from '../run/run-scenario.js';
import { type RunSummary } from '../run/summary.js';
import { E2_OVER_NATS } from '../stack/e2-settings.js';
import { loadScenario } from '../stack/scenario-file.js';
import { medianLatency } from './loop-latency.js';
import { median } from './median.js';

const SCENARIO = fileURLToPath(new URL('../../../../scenarios/bench-loop.yaml', import.meta.url));
const DURATION_MS = 20_000;
const SEED = 1;
const RULES = 'need+pf';
const LEARNED = 'ddpg';

/**
 * The whole loop over NATS with both xApps, 7 DUs × 30 UEs: its latency in real time, with rules and with agents that
 * learn meanwhile, and its speed in lockstep. Runs are interleaved.
 */
export async function benchLoop(repeat: number): Promise<BenchReport> {
  const realTime: RunSummary[] = [];
  const learning: RunSummary[] = [];
  const lockstep: RunSummary[] = [];
  for (let run = 0; run < repeat; run++) {
    realTime.push(await runOnce('real-time', RULES));
    learning.push(await runOnce('real-time', LEARNED));
    lockstep.push(await runOnce('lockstep', RULES));
  }
  const realTimeLatency = medianLatency(realTime);
  const learningLatency = medianLatency(learning);
  const realTimeFactor = median(lockstep.map((summary) => summary.realTimeFactor));
  const size = { dus: 7, uesPerDu: 30, reportPeriodMs: 10 };
  const text = [
    `real time, ${RULES}: ${describe(realTimeLatency)}`,
    `real time, ${LEARNED}, learning: ${describe(learningLatency)}`,
    `lockstep, ${RULES}: ${realTimeFactor.toFixed(1)} × real time`,
  ].join('\n');
  return { figures: { ...size, realTimeLatency, learningLatency, lockstep: { realTimeFactor } }, text };
}

function describe({ count, p50Ms, p90Ms, p99Ms, maxMs }: LatencySummary): string {
  const [p50, p90, p99, max] = [p50Ms, p90Ms, p99Ms, maxMs].map((ms) => ms.toFixed(2));
  return (
    `indication sent to control applied p50 ${p50} ms, p90 ${p90} ms, p99 ${p99} ms, max ${max} ms ` +
    `(${count} controls a run)`
  );
}

async function runOnce(mode: 'real-time' | 'lockstep', controller: string): Promise<RunSummary> {
  const out = mkdtempSync(join(tmpdir(), 'ricochet-bench-'));
  try {
    const { summary } = await runScenario({
      scenario: loadScenario(SCENARIO),
      scenarioPath: SCENARIO,
      seed: SEED,
      out,
      untilMs: DURATION_MS,
      mode,
      controller,
      speed: 1,
      e2: E2_OVER_NATS,
    });
    return summary;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
