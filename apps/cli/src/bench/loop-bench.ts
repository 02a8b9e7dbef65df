import { type BenchReport } from './bench-report.js';
import { type RunSummary } from '../run/summary.js';
import { describeLatency, medianLatency } from './loop-latency.js';
import { loopRun } from './loop-run.js';
import { median } from './median.js';

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
    realTime.push(await loopRun({ mode: 'real-time', controller: RULES }));
    learning.push(await loopRun({ mode: 'real-time', controller: LEARNED }));
    lockstep.push(await loopRun({ mode: 'lockstep', controller: RULES }));
  }
  const realTimeLatency = medianLatency(realTime);
  const learningLatency = medianLatency(learning);
  const realTimeFactor = median(lockstep.map((summary) => summary.realTimeFactor));
  const size = { dus: 7, uesPerDu: 30, reportPeriodMs: 10 };
  const text = [
    `real time, ${RULES}: ${describeLatency(realTimeLatency)}`,
    `real time, ${LEARNED}, learning: ${describeLatency(learningLatency)}`,
    `lockstep, ${RULES}: ${realTimeFactor.toFixed(1)} × real time`,
  ].join('\n');
  return { figures: { ...size, realTimeLatency, learningLatency, lockstep: { realTimeFactor } }, text };
}
