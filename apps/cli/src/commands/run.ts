import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SingleBar } from 'cli-progress';
import { Command, Option } from 'commander';
import { ricFlush, roundClosed, simulationSample } from '@ricochet/contracts';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';
import { LearningRecording } from '../run/learning-recording.js';
import { RunRecording } from '../run/run-recording.js';
import { summaryTable } from '../run/summary-table.js';
import { summarise, type RunSummary } from '../run/summary.js';
import { LOGS_FOLDER } from '../stack/data-folder.js';
import { loadScenario } from '../stack/scenario-file.js';
import { endOfRun } from '../stack/run-end.js';
import { Stack } from '../stack/stack.js';
import { onInterrupt } from '../stack/interrupt.js';
import { versions } from '../versions.js';
import { e2CodecOption, e2Option, e2ProfileOption, e2Settings, type E2Options } from './e2-options.js';
import { controllerOption, duration, natsOption, seedOption, speedOption } from './options.js';

export interface RunOptions extends E2Options {
  readonly seed: number;
  readonly out: string;
  readonly until?: number;
  readonly controller?: string;
  readonly mode: 'real-time' | 'lockstep';
  readonly speed: number;
  readonly nats?: string;
  readonly json?: boolean;
}

const STORES = ['ric.sqlite', 'non-rt-ric.sqlite'];
/** Logs of xApps, kept by the RIC beside its store. */
const XAPPS_FOLDER = 'xapps';
const FLUSH_TIMEOUT_MS = 30_000;

export function runCommand(): Command {
  return new Command('run')
    .description('run a scenario to its end, headless, and leave summary.json and kpis.csv')
    .argument('<scenario>', 'scenario file (YAML)')
    .addOption(seedOption())
    .option('--out <folder>', 'folder for the files', 'out')
    .option('--until <duration>', "simulation time of the end (default: the scenario's duration)", duration)
    .addOption(controllerOption())
    .addOption(
      new Option('--mode <mode>', 'lockstep: as fast as the RIC answers, repeatable; real-time: by the clock')
        .choices(['lockstep', 'real-time'])
        .default('lockstep'),
    )
    .addOption(speedOption())
    .addOption(natsOption())
    .addOption(e2Option())
    .addOption(e2CodecOption())
    .addOption(e2ProfileOption())
    .option('--json', 'print the summary as JSON instead of a table')
    .action(async (scenarioPath: string, options: RunOptions) => {
      const summary = await runScenario(scenarioPath, options);
      process.stdout.write(`${options.json ? JSON.stringify(summary, null, 2) : summaryTable(summary)}\n`);
    });
}

/** Runs a scenario on a stack of its own. @throws CliError when it could not be run to its end */
export async function runScenario(scenarioPath: string, options: RunOptions): Promise<RunSummary> {
  const scenario = loadScenario(scenarioPath);
  const controller = options.controller ?? scenario.controller;
  const untilMs = options.until ?? scenario.durationMs;
  if (scenario.warmUpMs >= untilMs) {
    throw new CliError(`--until ${untilMs} ms lies within the scenario's warm-up of ${scenario.warmUpMs} ms`);
  }
  const e2 = e2Settings(options, 'none');
  // A run begins from nothing, its models too, and leaves all that it makes in its folder.
  delete process.env['DATABASE_URL'];
  const out = resolve(options.out);
  prepareFolder(out);
  const stack = await Stack.open({
    scenario,
    scenarioPath: resolve(scenarioPath),
    seed: options.seed,
    mode: options.mode,
    speed: options.speed,
    untilMs,
    controller,
    natsUrl: options.nats,
    e2,
    dataDir: out,
    restart: false,
    onLine: (line) => process.stderr.write(`${line}\n`),
  });
  const interrupted = onInterrupt();
  const recording = new RunRecording(join(out, 'kpis.csv'));
  const learning = new LearningRecording(join(out, 'learning.csv'));
  const bar = new SingleBar({
    format: '{bar} {percentage} % of {total} ms simulated',
    clearOnComplete: true,
    noTTYOutput: false,
  });
  try {
    stack.bus.subscribe(simulationSample, (sample) => {
      recording.add(sample);
      bar.update(sample.timeMs);
    });
    stack.bus.subscribe(roundClosed, (round) => learning.add(round));
    const ended = endOfRun(stack);
    await stack.bus.flush();
    bar.start(untilMs, 0);
    stack.begin();
    const result = await Promise.race([ended, interrupted]);
    if (result === 'interrupted') throw new CliError('interrupted', 1);
    const flushed = await stack.bus.request(ricFlush, {}, FLUSH_TIMEOUT_MS).catch(() => undefined);
    if (recording.missed > 0 || recording.samples.length < result.samples) {
      throw new CliError(
        `only ${recording.samples.length} of ${result.samples} samples arrived: ${join(out, 'kpis.csv')} has gaps`,
        1,
      );
    }
    const summary = summarise({
      scenario,
      recording,
      finished: result,
      learning: learning.summary(),
      ricCounts: flushed?.counts ?? null,
      versions: versions(),
    });
    writeFileSync(join(out, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
    if (summary.fault !== undefined) throw new CliError(summary.fault, 1);
    return summary;
  } finally {
    bar.stop();
    await stack.stop();
    await Promise.all([recording.close(), learning.close()]);
  }
}

function prepareFolder(out: string): void {
  try {
    mkdirSync(out, { recursive: true });
    for (const file of [
      ...STORES.flatMap((store) => [store, `${store}-wal`, `${store}-shm`]),
      LOGS_FOLDER,
      XAPPS_FOLDER,
      'summary.json',
    ]) {
      rmSync(join(out, file), { recursive: true, force: true });
    }
    mkdirSync(join(out, LOGS_FOLDER));
    for (const file of ['kpis.csv', 'learning.csv']) writeFileSync(join(out, file), '');
  } catch (error) {
    throw new CliError(`--out ${pathFault(error, out)}`);
  }
}
