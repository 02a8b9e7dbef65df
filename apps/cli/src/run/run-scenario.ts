import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ricFlush, roundClosed, simulationSample } from '@ricochet/contracts';
import { CliError } from '../cli.error.js';
import { InterruptedError, onInterrupt } from '../stack/interrupt.js';
import { endOfRun, type EndOfRunOptions } from '../stack/run-end.js';
import { ricEnvironments } from '../stack/service-environment.js';
import { Stack } from '../stack/stack.js';
import { type StackOptions } from '../stack/stack-options.js';
import { GATE_MS } from '../record/record-bus.js';
import { RunRecorder, type Recorded } from '../record/run-recorder.js';
import { runFigures, type RunFigures } from '../report/run-figures.js';
import { versions } from '../versions.js';
import { LearningRecording } from './learning-recording.js';
import {
  KPIS_FILE,
  LEARNING_FILE,
  prepareRunFolder,
  RECORDING_FILE,
  SCENARIO_FILE,
  SUMMARY_FILE,
} from './run-folder.js';
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
  /** What the scenario was read from, which the simulator is given: the file may change meanwhile. */
  readonly scenarioText: string;
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
  // A run begins from nothing, its models too, and leaves all that it makes in its folder.
  delete process.env['DATABASE_URL'];
  const out = resolve(run.out);
  prepareRunFolder(out, run.scenarioText);
  const recorder = run.record ? recorderOf(run) : undefined;
  const recording = new RunRecording(join(out, KPIS_FILE));
  const learning = new LearningRecording(join(out, LEARNING_FILE));
  try {
    const stack = await Stack.open(stackOptions(run));
    try {
      return await finishedRun(run, { stack, recorder, recording, learning });
    } finally {
      await stack.stop();
    }
  } finally {
    recorder?.close();
    await Promise.all([recording.close(), learning.close()]);
  }
}

/** What a run goes on, and what keeps it. */
interface RunParts {
  readonly stack: Stack;
  readonly recorder: RunRecorder | undefined;
  readonly recording: RunRecording;
  readonly learning: LearningRecording;
}

async function finishedRun(
  run: ScenarioRun,
  { stack, recorder, recording, learning }: RunParts,
): Promise<FinishedRun> {
  const { scenario, onProgress } = run;
  const out = resolve(run.out);
  const interrupted = onInterrupt();
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
      `only ${recording.samples.length} of ${result.samples} samples arrived: ${join(out, KPIS_FILE)} has gaps`,
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
  writeFileSync(join(out, SUMMARY_FILE), `${JSON.stringify(summary, null, 2)}\n`);
  if (summary.fault !== undefined) throw new CliError(summary.fault, 1);
  return { summary, figures: runFigures(scenario, recording, result, learning), recorded };
}

function recorderOf(run: ScenarioRun): RunRecorder {
  const { scenario, scenarioPath: path, scenarioText: text } = run;
  const options = { ...run, untilMs: endMsOf(run) };
  return RunRecorder.open(join(run.out, RECORDING_FILE), { scenario, path, text }, options);
}

function stackOptions(run: ScenarioRun): StackOptions {
  const { scenario, scenarioPath, controller = scenario.controller, out } = run;
  return {
    ...run,
    scenarioPath: resolve(scenarioPath),
    scenarioCopy: resolve(out, SCENARIO_FILE),
    untilMs: endMsOf(run),
    controller,
    dataDir: resolve(out),
    gateMs: run.record && run.mode === 'lockstep' ? GATE_MS : undefined,
    restart: false,
    onLine: run.onLine ?? ((line) => process.stderr.write(`${line}\n`)),
  };
}
