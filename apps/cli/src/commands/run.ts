import { Command } from 'commander';
import { CliError } from '../cli.error.js';
import { type Comparison } from '../compare/comparison.js';
import { comparedMethods } from '../compare/methods.js';
import { runCompared } from '../compare/run-compared.js';
import { assertRecordable } from '../record/run-recorder.js';
import { recordingLine } from '../record/words.js';
import { writeRunReport } from '../report/write-report.js';
import { writeJUnit } from '../run/junit.js';
import { runAll } from '../run/run-all.js';
import { assertEnded, assertPassed, type RunOutcome } from '../run/run-outcome.js';
import { runSeeds } from '../run/run-seeds.js';
import { type ScenarioRun } from '../run/run-scenario.js';
import { summaryTable } from '../run/summary-table.js';
import { readLoopScenario } from '../stack/loop-scenario.js';
import { e2CodecOption, e2Option, e2ProfileOption, e2Settings, type E2Options } from './e2-options.js';
import {
  controllerOption,
  duration,
  jobsOf,
  jobsOption,
  jUnitOption,
  modeOption,
  natsOption,
  seedOption,
  seedsOption,
  speedOption,
} from './options.js';

interface RunOptions extends E2Options {
  readonly seed?: number;
  readonly seeds?: readonly number[];
  readonly compare?: string;
  readonly jobs?: number;
  readonly out: string;
  readonly until?: number;
  readonly controller?: string;
  readonly mode: 'real-time' | 'lockstep';
  readonly speed: number;
  readonly nats?: string;
  readonly junit?: string;
  readonly json?: boolean;
  readonly report: boolean;
  readonly record?: boolean;
}

export function runCommand(): Command {
  return new Command('run')
    .description(
      'run a scenario to its end, headless, leave summary.json and kpis.csv, and judge its assertions',
    )
    .argument('<scenario>', 'scenario file (YAML)')
    .addOption(seedOption().default(undefined, "the scenario's seeds, 1 where it has none"))
    .addOption(seedsOption().conflicts('seed'))
    .option(
      '--compare <a,b>',
      'two or more, with the same seeds: controllers, or folders of xApps (./…), each in the place of its like',
    )
    .addOption(jobsOption())
    .option('--out <folder>', 'folder for the files; of several runs one folder each in it', 'out')
    .option('--until <duration>', "simulation time of the end (default: the scenario's duration)", duration)
    .addOption(controllerOption())
    .addOption(modeOption())
    .addOption(speedOption())
    .addOption(natsOption())
    .addOption(e2Option())
    .addOption(e2CodecOption())
    .addOption(e2ProfileOption())
    .addOption(jUnitOption())
    .option('--record', 'keep every message of the loop in run.rec, as ricochet record does')
    .option('--no-report', 'no report.html')
    .option('--json', 'print the summary as JSON instead of a table')
    .action(run);
}

async function run(scenarioPath: string, options: RunOptions): Promise<void> {
  const { compare, out, controller, junit, report, record, json = false } = options;
  const { scenario, text } = readLoopScenario(scenarioPath);
  const seeds = options.seeds ?? (options.seed === undefined ? scenario.seeds : [options.seed]);
  const e2 = e2Settings(options, 'none');
  if (record) assertRecordable(e2);
  const common = {
    ...{ scenario, scenarioPath, scenarioText: text, controller, untilMs: options.until, record },
    ...{ mode: options.mode, speed: options.speed, natsUrl: options.nats, e2 },
  };
  const jobs = jobsOf(options);
  let outcomes: RunOutcome[];
  let comparison: Comparison | undefined;
  if (compare !== undefined) {
    const methods = comparedMethods(compare, common);
    if (controller !== undefined && methods.some(({ differs }) => differs.controller !== undefined)) {
      throw new CliError(`--controller ${controller} and --compare ${compare}: which one?`);
    }
    if (record && methods.some(({ differs }) => differs.scenario !== undefined)) {
      throw new CliError(
        '--record: of what is compared, controllers alone can be run again from a recording',
      );
    }
    const compared = { methods, seeds, common, out, jobs, json };
    ({ outcomes, comparison } = await runCompared(compared));
  } else if (options.seeds !== undefined || seeds.length > 1) {
    outcomes = await runSeeds({ seeds, common, out, jobs, json });
  } else {
    outcomes = await runOne({ ...common, seed: seeds[0] ?? 1, out }, json);
  }
  if (junit !== undefined) writeJUnit(junit, outcomes);
  if (report && outcomes.some(({ summary }) => summary !== undefined)) {
    const path = await writeRunReport(out, { scenario, outcomes, comparison });
    if (!json) process.stdout.write(`Report: ${path}\n`);
  }
  // Of those that are compared some may well not do what the scenario wants.
  if (compare !== undefined) assertEnded(outcomes);
  else assertPassed(outcomes);
}

function runOne(one: ScenarioRun, json: boolean): Promise<RunOutcome[]> {
  return runAll([one], {
    jobs: 1,
    onOutcome: ({ summary, recorded }) => {
      if (summary === undefined) return;
      process.stdout.write(`${json ? JSON.stringify(summary, null, 2) : summaryTable(summary)}\n`);
      if (recorded !== undefined && !json) {
        process.stdout.write(`Recording: ${recordingLine(recorded)}, hash ${recorded.hash}\n`);
      }
    },
  });
}
