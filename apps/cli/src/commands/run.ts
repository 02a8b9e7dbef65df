import { join } from 'node:path';
import { Command } from 'commander';
import { assertionsOverSeedsTable } from '../run/assertion-table.js';
import { writeJUnit } from '../run/junit.js';
import { assertPassed, outcomeOf, type RunOutcome } from '../run/run-outcome.js';
import { type ScenarioRun } from '../run/run-scenario.js';
import { overSeeds } from '../run/seed-statistics.js';
import { seedLine, summaryTable } from '../run/summary-table.js';
import { loadScenario } from '../stack/scenario-file.js';
import { writeWhole } from '../write-whole.js';
import { e2CodecOption, e2Option, e2ProfileOption, e2Settings, type E2Options } from './e2-options.js';
import {
  controllerOption,
  duration,
  jUnitOption,
  modeOption,
  natsOption,
  seedOption,
  seedsOption,
  speedOption,
} from './options.js';

interface RunOptions extends E2Options {
  readonly seed: number;
  readonly seeds?: readonly number[];
  readonly out: string;
  readonly until?: number;
  readonly controller?: string;
  readonly mode: 'real-time' | 'lockstep';
  readonly speed: number;
  readonly nats?: string;
  readonly junit?: string;
  readonly json?: boolean;
}

export function runCommand(): Command {
  return new Command('run')
    .description(
      'run a scenario to its end, headless, leave summary.json and kpis.csv, and judge its assertions',
    )
    .argument('<scenario>', 'scenario file (YAML)')
    .addOption(seedOption())
    .addOption(seedsOption().conflicts('seed'))
    .option('--out <folder>', 'folder for the files; with --seeds one folder a seed in it', 'out')
    .option('--until <duration>', "simulation time of the end (default: the scenario's duration)", duration)
    .addOption(controllerOption())
    .addOption(modeOption())
    .addOption(speedOption())
    .addOption(natsOption())
    .addOption(e2Option())
    .addOption(e2CodecOption())
    .addOption(e2ProfileOption())
    .addOption(jUnitOption())
    .option('--json', 'print the summary as JSON instead of a table')
    .action(run);
}

async function run(scenarioPath: string, options: RunOptions): Promise<void> {
  const { seed, seeds, out, until: untilMs, controller, mode, speed, nats: natsUrl, junit, json } = options;
  const scenario = loadScenario(scenarioPath);
  const e2 = e2Settings(options, 'none');
  const common = { scenario, scenarioPath, untilMs, controller, mode, speed, natsUrl, e2 };
  const outcomes =
    seeds === undefined
      ? [await runOne({ ...common, seed, out }, json)]
      : await runSeeds(
          seeds.map((one) => ({ ...common, seed: one, out: join(out, `seed-${one}`) })),
          { out, json },
        );
  if (junit !== undefined) writeJUnit(junit, outcomes);
  assertPassed(outcomes);
}

async function runOne(one: ScenarioRun, json = false): Promise<RunOutcome> {
  const outcome = await outcomeOf(one);
  const { summary } = outcome;
  if (summary !== undefined) {
    process.stdout.write(`${json ? JSON.stringify(summary, null, 2) : summaryTable(summary)}\n`);
  }
  return outcome;
}

/** One after the other, and then what they say together, which goes into `seeds.json`. */
async function runSeeds(
  runs: readonly ScenarioRun[],
  { out, json = false }: { readonly out: string; readonly json: boolean | undefined },
): Promise<RunOutcome[]> {
  const outcomes: RunOutcome[] = [];
  for (const one of runs) {
    const outcome = await outcomeOf(one);
    outcomes.push(outcome);
    if (!json) process.stdout.write(`${seedLine(outcome)}\n`);
  }
  const summaries = outcomes.flatMap(({ summary }) => summary ?? []);
  const assertions = overSeeds(summaries.map((summary) => summary.assertions ?? []));
  const together = {
    scenario: runs[0]?.scenario.name,
    runs: outcomes.map(({ seed, summary, fault }) => ({ seed, kpiHash: summary?.kpiHash, fault })),
    assertions,
  };
  const text = `${JSON.stringify(together, null, 2)}\n`;
  writeWhole(join(out, 'seeds.json'), text);
  if (json) process.stdout.write(text);
  else if (assertions.length > 0) process.stdout.write(`${assertionsOverSeedsTable(assertions)}\n`);
  return outcomes;
}
