import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { type EngineKind, prepareEngines } from '@ricochet/rl';
import { type PhaseTimes, TrainingRun, trainingConfigSchema } from '@ricochet/training';
import { loadFamily } from '../stack/family-file.js';
import { type BenchReport } from './bench-report.js';
import { median } from './median.js';

const ENGINES = ['simd128', 'relaxed', 'auto'] as const satisfies readonly EngineKind[];
/** Networks, each in a thread of its own: as many as the smallest machine that it is measured for has cores. */
const NETWORKS = 2;
/** So long code is still being compiled: a training has hundreds. */
const WARM_UP_ROUNDS = 30;
const ROUNDS = 20;
const PHASES = ['environment', 'inference', 'learning'] as const satisfies readonly (keyof PhaseTimes)[];

interface Run {
  /** Low-level decisions of DUs a second. */
  readonly decisionsPerSecond: number;
  /** Parts of the time, adding up to 1. */
  readonly shares: PhaseTimes;
}

interface TrainingFigures {
  readonly engine: string;
  readonly acting: Run;
  readonly training: Run;
}

/** How many low-level decisions a second a training of the `default` agents makes, without updates and with them. */
export async function benchTraining(repeat: number): Promise<BenchReport> {
  await prepareEngines({ setFlagsFromString });
  const runs = ENGINES.map(() => ({ acting: [] as Run[], training: [] as Run[], name: '' }));
  for (let i = 0; i < repeat; i++) {
    for (const [at, engine] of ENGINES.entries()) {
      const of = runs[at]!;
      const acting = await measured(engine, { high: 0, low: 0 });
      const training = await measured(engine, { high: 12, low: 3 });
      of.name = training.engine;
      of.acting.push(acting);
      of.training.push(training);
    }
  }
  const engines = runs.map(({ name, acting, training }): TrainingFigures => ({
    engine: name,
    acting: middle(acting),
    training: middle(training),
  }));
  const text = engines.map(({ engine, acting, training }) => {
    const shares = PHASES.map((phase) => `${phase} ${(100 * training.shares[phase]).toFixed(0)} %`).join(
      ', ',
    );
    return (
      `${engine}: ${acting.decisionsPerSecond.toFixed(0)} DU-decisions/s acting, ` +
      `${training.decisionsPerSecond.toFixed(0)} with updates (${shares})`
    );
  });
  const { batch } = trainingConfigSchema.parse({});
  const head =
    `training, ${NETWORKS} threads of 7 DUs × 30 UEs, 64-64 and 32-32 nets, 12 high and 3 low updates a second of ` +
    `simulation time, support and query batches of ${batch.high} and ${batch.low} transitions`;
  return { figures: { networks: NETWORKS, engines }, text: [head, ...text].join('\n') };
}

async function measured(
  engine: EngineKind,
  updates: { readonly high: number; readonly low: number },
): Promise<Run & { readonly engine: string }> {
  const config = trainingConfigSchema.parse({ rounds: WARM_UP_ROUNDS + ROUNDS, networks: NETWORKS, updates });
  const run = new TrainingRun({
    ...{ family: loadFamily('paper').family, config, seed: 1, engine, threads: NETWORKS },
    now: () => performance.now(),
  });
  try {
    const times = { environment: 0, inference: 0, learning: 0 };
    let decisions = 0;
    let startedMs = 0;
    await run.run({
      onRound: (report) => {
        if (report.round === WARM_UP_ROUNDS) startedMs = performance.now();
        if (report.round <= WARM_UP_ROUNDS) return;
        decisions += report.decisions;
        for (const phase of PHASES) times[phase] += report.times[phase];
      },
    });
    const seconds = (performance.now() - startedMs) / 1000;
    const total = PHASES.reduce((sum, phase) => sum + times[phase], 0);
    for (const phase of PHASES) times[phase] /= total;
    return { engine: run.engine, decisionsPerSecond: decisions / seconds, shares: times };
  } finally {
    await run.stop();
  }
}

function middle(runs: readonly Run[]): Run {
  const decisionsPerSecond = median(runs.map((run) => run.decisionsPerSecond));
  return runs.find((run) => run.decisionsPerSecond === decisionsPerSecond)!;
}
