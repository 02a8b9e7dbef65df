import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type LatencySummary } from '@ricochet/contracts';
import { CliError } from '../cli.error.js';
import { runScenario } from '../run/run-scenario.js';
import { readScenario } from '../stack/scenario-file.js';
import { type BenchReport } from './bench-report.js';
import { E2_OVER_NATS } from '../stack/e2-settings.js';
import { describeLatency, medianLatency } from './loop-latency.js';
import { median } from './median.js';
import { processTree, type ProcessInfo } from './process-tree.js';
import { writeWatcher } from './watcher-package.js';

const SCENARIO = fileURLToPath(new URL('../../../../scenarios/bench-xapps.yaml', import.meta.url));
const SEED = 1;
const WATCHERS = 48;
const WATCHER_PREFIX = 'watcher-';
/** Nodes that the two xApps of the loop act at. */
const ACTED_AT = Array.from({ length: 7 }, (_, i) => `gnb-001-01-1-du-${i + 1}`);
/** Looks at the processes, wall time since the start: both after the warm-up. */
const LOOKS_AT_MS = [42_000, 56_000] as const;

interface Usage {
  readonly cpuCores: number;
  readonly rssMiB: number;
  readonly pssMiB: number;
}

interface RunFigures {
  readonly loopLatency: LatencySummary;
  /** By what it is: `near-rt-ric`, `nats-server`, …, or the xApp's name. */
  readonly processes: ReadonlyMap<string, Usage>;
}

/**
 * Fifty xApps: the two of the loop with learned agents at 7 of 30 nodes, alone, and beside 48 that watch the cells of all.
 * Runs are interleaved.
 */
export async function benchXApps(repeat: number): Promise<BenchReport> {
  const folder = mkdtempSync(join(tmpdir(), 'ricochet-bench-xapps-'));
  try {
    const watchers = Array.from({ length: WATCHERS }, (_, i) =>
      writeWatcher(`${WATCHER_PREFIX}${String(i + 1).padStart(2, '0')}`, folder),
    );
    const alone: RunFigures[] = [];
    const beside: RunFigures[] = [];
    for (let run = 0; run < repeat; run++) {
      alone.push(await runOnce([], join(folder, 'out')));
      beside.push(await runOnce(watchers, join(folder, 'out')));
    }
    return report(alone, beside);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runOnce(watchers: readonly string[], out: string): Promise<RunFigures> {
  const { scenario, text } = readScenario(SCENARIO);
  const loop = ['@ricochet/slice-quota', '@ricochet/slice-scheduler'];
  const xapps = [
    ...loop.map((name) => ({ package: name, config: { nodes: ACTED_AT } })),
    ...watchers.map((path) => ({ package: path })),
  ];
  const running = runScenario({
    scenario: { ...scenario, xapps },
    ...{ scenarioPath: SCENARIO, scenarioText: text },
    seed: SEED,
    out,
    mode: 'real-time',
    speed: 1,
    e2: E2_OVER_NATS,
  });
  const looking = lookTwice();
  const [{ summary }, processes] = await Promise.all([running, looking]);
  return { loopLatency: summary.loopLatency, processes };
}

/** CPU between the two looks, memory at the second. */
async function lookTwice(): Promise<Map<string, Usage>> {
  const [firstMs, secondMs] = LOOKS_AT_MS;
  await sleep(firstMs);
  const before = new Map((await processTree(process.pid)).map((one) => [one.pid, one.cpuS]));
  const fromMs = performance.now();
  await sleep(secondMs - firstMs);
  const elapsedS = (performance.now() - fromMs) / 1_000;
  const after = await processTree(process.pid);
  const usages = new Map<string, Usage>();
  for (const one of after) {
    const { cpuCores, rssMiB, pssMiB } = usages.get(nameOf(one)) ?? { cpuCores: 0, rssMiB: 0, pssMiB: 0 };
    usages.set(nameOf(one), {
      cpuCores: cpuCores + (one.cpuS - (before.get(one.pid) ?? 0)) / elapsedS,
      rssMiB: rssMiB + one.rssMiB,
      pssMiB: pssMiB + one.pssMiB,
    });
  }
  return usages;
}

/** Of the package whose program it runs. */
function nameOf({ command }: ProcessInfo): string {
  if (command.includes('nats-server')) return 'nats-server';
  return /([^/ ]+)(?:\/(?:dist|bin))?\/[^/ ]+\.js(?: |$)/.exec(command)?.[1] ?? command;
}

function report(alone: readonly RunFigures[], beside: readonly RunFigures[]): BenchReport {
  const watchers = beside.map(({ processes }) =>
    [...processes].filter(([name]) => name.startsWith(WATCHER_PREFIX)).map(([, usage]) => usage),
  );
  const found = Math.min(...watchers.map(({ length }) => length));
  if (found < WATCHERS)
    throw new CliError(`only ${found} of ${WATCHERS} watchers ran when they were looked at`, 1);
  const watcher = {
    count: median(watchers.map(({ length }) => length)),
    rssMiB: spread(watchers, ({ rssMiB }) => rssMiB),
    pssMiB: spread(watchers, ({ pssMiB }) => pssMiB),
    cpuCores: spread(watchers, ({ cpuCores }) => cpuCores),
  };
  const figures = {
    nodes: 30,
    actedAt: ACTED_AT.length,
    alone: { loopLatency: medianLatency(alone), processes: othersOf(alone) },
    beside: { loopLatency: medianLatency(beside), processes: othersOf(beside), watcher },
  };
  const text = [
    `the two of the loop alone: ${describeLatency(figures.alone.loopLatency)}`,
    `beside ${watcher.count} watchers: ${describeLatency(figures.beside.loopLatency)}`,
    `a watcher: RSS ${range(watcher.rssMiB)} MiB, PSS ${range(watcher.pssMiB)} MiB, ${range(watcher.cpuCores, 3)} cores`,
    ...[...new Set([...Object.keys(figures.alone.processes), ...Object.keys(figures.beside.processes)])].map(
      (name) =>
        `${name}: ${usageText(figures.alone.processes[name])}; beside: ${usageText(figures.beside.processes[name])}`,
    ),
  ].join('\n');
  return { figures, text };
}

interface Spread {
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

/** Over the watchers of a run; medians over the runs. */
function spread(runs: readonly (readonly Usage[])[], read: (usage: Usage) => number): Spread {
  const of = (join: (values: readonly number[]) => number): number =>
    median(runs.map((usages) => join(usages.map(read))));
  return {
    mean: of((values) => values.reduce((sum, value) => sum + value, 0) / values.length),
    min: of((values) => Math.min(...values)),
    max: of((values) => Math.max(...values)),
  };
}

/** Of all processes but the watchers, medians over the runs. */
function othersOf(runs: readonly RunFigures[]): Record<string, Usage> {
  const names = [...(runs[0]?.processes.keys() ?? [])].filter((name) => !name.startsWith(WATCHER_PREFIX));
  return Object.fromEntries(
    names.map((name) => {
      const usages = runs.flatMap(({ processes }) => processes.get(name) ?? []);
      const of = (key: keyof Usage): number => median(usages.map((usage) => usage[key]));
      return [name, { cpuCores: of('cpuCores'), rssMiB: of('rssMiB'), pssMiB: of('pssMiB') }];
    }),
  );
}

function range({ mean, min, max }: Spread, digits = 1): string {
  return `${mean.toFixed(digits)} (${min.toFixed(digits)} to ${max.toFixed(digits)})`;
}

function usageText(usage: Usage | undefined): string {
  if (usage === undefined) return 'not there';
  const { cpuCores, rssMiB, pssMiB } = usage;
  return `${cpuCores.toFixed(2)} cores, RSS ${rssMiB.toFixed(0)} MiB, PSS ${pssMiB.toFixed(0)} MiB`;
}
