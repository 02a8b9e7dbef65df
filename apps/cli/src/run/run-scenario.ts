import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ricFlush, roundClosed, simulationSample } from '@ricochet/contracts';
import { makeFolder } from '@ricochet/platform';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';
import { LOGS_FOLDER } from '../stack/data-folder.js';
import { InterruptedError, onInterrupt } from '../stack/interrupt.js';
import { endOfRun, type EndOfRunOptions } from '../stack/run-end.js';
import { ricEnvironments } from '../stack/service-environment.js';
import { Stack } from '../stack/stack.js';
import { type StackOptions } from '../stack/stack-options.js';
import { GATE_MS } from '../record/record-bus.js';
import { RunRecorder, type Recorded } from '../record/run-recorder.js';
import { REPORT_FILE } from '../report/report-file.js';
import { runFigures, type RunFigures } from '../report/run-figures.js';
import { versions } from '../versions.js';
import { LearningRecording } from './learning-recording.js';
import { RunRecording } from './run-recording.js';
import { summarise, type RunSummary } from './summary.js';

/** What is run, and how. */
export interface ScenarioRun
  extends
    Pick<
      StackOptions,
      | 'scenario'
      | 'scenarioPath'
      | 'packagesFrom'
      | 'seed'
      | 'mode'
      | 'speed'
      | 'natsUrl'
      | 'e2'
      | 'dashboard'
    >,
    EndOfRunOptions {
  /** Folder for all that it leaves. */
  readonly out: string;
  /** Simulation time of the end; absent: the scenario's. */
  readonly untilMs?: number | undefined;
  /** Absent: the scenario's. */
  readonly controller?: string | undefined;
  /** Its name among those that it is compared with. */
  readonly method?: string | undefined;
  /** Whether its messages are kept, too. */
  readonly record?: boolean | undefined;
  /** Told the simulation time, every 100 ms of it. */
  readonly onProgress?: ((timeMs: number) => void) | undefined;
  /** Told what goes on beside the simulation. */
  readonly onLine?: ((line: string) => void) | undefined;
}

const STORES = ['ric.sqlite', 'non-rt-ric.sqlite'];
/** Logs of xApps, kept by the RIC beside its store. */
const XAPPS_FOLDER = 'xapps';
/** Of a run's messages. */
const RECORDING_FILE = 'run.rec';
const FLUSH_TIMEOUT_MS = 30_000;

/** Simulation time of a run's end. */
export const endMsOf = ({ scenario, untilMs = scenario.durationMs }: ScenarioRun): number => untilMs;

/** @throws CliError when a run can not be started as it is asked for */
export function checkRun(run: ScenarioRun): void {
  const untilMs = endMsOf(run);
  const { warmUpMs } = run.scenario;
  if (warmUpMs >= untilMs) {
    throw new CliError(`--until ${untilMs} ms lies within the scenario's warm-up of ${warmUpMs} ms`);
  }
  ricEnvironments(stackOptions(run));
}

/** What came of a run. */
export interface FinishedRun {
  readonly summary: RunSummary;
  readonly figures: RunFigures;
  /** Where it was asked for. */
  readonly recorded?: Recorded | undefined;
}

/** Runs a scenario on a stack of its own. @throws CliError when it could not be run to its end */
export async function runScenario(run: ScenarioRun): Promise<FinishedRun> {
  const { scenario, onProgress } = run;
  // A run begins from nothing, its models too, and leaves all that it makes in its folder.
  delete process.env['DATABASE_URL'];
  const out = resolve(run.out);
  prepareFolder(out);
  const recorder = run.record
    ? RunRecorder.open(join(run.out, RECORDING_FILE), run.scenarioPath, { ...run, untilMs: endMsOf(run) })
    : undefined;
  const stack = await Stack.open(stackOptions(run));
  const interrupted = onInterrupt();
  const recording = new RunRecording(join(out, 'kpis.csv'));
  const learning = new LearningRecording(join(out, 'learning.csv'));
  try {
    stack.bus.subscribe(simulationSample, (sample) => {
      recording.add(sample);
      onProgress?.(sample.timeMs);
    });
    stack.bus.subscribe(roundClosed, (round) => learning.add(round));
    const unrecorded = recorder?.listen(stack.bus) ?? interrupted;
    const ended = endOfRun(stack, run);
    await stack.bus.flush();
    stack.begin();
    const result = await Promise.race([ended, unrecorded, interrupted]);
    if (result === 'interrupted') throw new InterruptedError();
    const flushed = await stack.bus.request(ricFlush, {}, FLUSH_TIMEOUT_MS).catch(() => undefined);
    if (recording.missed > 0 || recording.samples.length < result.samples) {
      throw new CliError(
        `only ${recording.samples.length} of ${result.samples} samples arrived: ${join(out, 'kpis.csv')} has gaps`,
        1,
      );
    }
    const recorded = await recorder?.end(result);
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
    return { summary, figures: runFigures(scenario, recording, result, learning), recorded };
  } finally {
    await stack.stop();
    recorder?.close();
    await Promise.all([recording.close(), learning.close()]);
  }
}

function stackOptions(run: ScenarioRun): StackOptions {
  const { scenario, scenarioPath, controller = scenario.controller, out } = run;
  return {
    ...run,
    scenarioPath: resolve(scenarioPath),
    untilMs: endMsOf(run),
    controller,
    dataDir: resolve(out),
    gateMs: run.record && run.mode === 'lockstep' ? GATE_MS : undefined,
    restart: false,
    onLine: run.onLine ?? ((line) => process.stderr.write(`${line}\n`)),
  };
}

function prepareFolder(out: string): void {
  try {
    makeFolder(out);
    for (const file of [
      ...STORES.flatMap((store) => [store, `${store}-wal`, `${store}-shm`]),
      LOGS_FOLDER,
      XAPPS_FOLDER,
      'summary.json',
      REPORT_FILE,
      RECORDING_FILE,
    ]) {
      rmSync(join(out, file), { recursive: true, force: true });
    }
    mkdirSync(join(out, LOGS_FOLDER));
    for (const file of ['kpis.csv', 'learning.csv']) writeFileSync(join(out, file), '');
  } catch (error) {
    throw new CliError(`--out ${pathFault(error, out)}`);
  }
}
