import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { seriousMessage } from '@ricochet/platform';
import { CliError } from '../../cli.error.js';
import { jobsOf, jobsOption, jUnitOption, modeOption, seedsOption } from '../../commands/options.js';
import { writeJUnit } from '../../run/junit.js';
import { runAll } from '../../run/run-all.js';
import { checksOf, countOf, type Check, type RunOutcome } from '../../run/run-outcome.js';
import { E2_OVER_NATS } from '../../stack/e2-settings.js';
import { testedXApp } from './tested-xapp.js';
import { testScenarios } from './test-scenarios.js';

interface XAppTestOptions {
  readonly scenario?: readonly string[];
  readonly seeds: readonly number[];
  readonly mode: 'real-time' | 'lockstep';
  readonly jobs?: number;
  readonly out?: string;
  readonly junit?: string;
}

export function xappTestCommand(): Command {
  return new Command('test')
    .description(
      'run the scenarios of an xApp on the emulator with the xApp in place, and judge their assertions',
    )
    .argument('[folder]', "the xApp's package, built", '.')
    .option('--scenario <files...>', 'these scenarios (default: tests/*.yaml of the folder)')
    .addOption(seedsOption().default([1], '1'))
    .addOption(modeOption())
    .addOption(jobsOption())
    .option('--out <folder>', 'keep what the runs leave, logs too, in a folder a scenario and seed')
    .addOption(jUnitOption())
    .action(testXApp);
}

async function testXApp(folder: string, options: XAppTestOptions): Promise<void> {
  const xapp = testedXApp(folder);
  const scenarios = testScenarios(xapp, options.scenario);
  const out =
    options.out === undefined ? mkdtempSync(join(tmpdir(), 'ricochet-xapp-test-')) : resolve(options.out);
  const runs = scenarios.flatMap(({ scenario, path, text, title }) =>
    options.seeds.map((seed) => {
      const name = title.replace(/\.ya?ml$/, '').replace(/[^\w.-]+/g, '-');
      return {
        ...{ title, scenario, scenarioPath: path, scenarioText: text, packagesFrom: xapp.path, seed },
        ...{ out: join(out, name, `seed-${seed}`), mode: options.mode, speed: 1, e2: E2_OVER_NATS },
        endsWithXApps: true,
      };
    }),
  );
  let outcomes: RunOutcome[];
  try {
    outcomes = await runAll(runs, {
      jobs: jobsOf(options),
      onOutcome: (outcome, i) => {
        const { title = '', out: folder = '' } = runs[i] ?? {};
        tell(title, outcome, lastErrorOf(folder, xapp.name));
      },
    });
  } finally {
    if (options.out === undefined) rmSync(out, { recursive: true, force: true });
  }
  if (options.junit !== undefined) writeJUnit(options.junit, outcomes);
  const checks = outcomes.flatMap(checksOf);
  const failed = countOf(checks, 'failed', 'fault');
  const notReached = countOf(checks, 'not-reached');
  process.stdout.write(
    `${countOf(checks, 'passed')} passed, ${failed} failed${notReached === 0 ? '' : `, ${notReached} not reached`}\n`,
  );
  if (failed > 0) throw new CliError(`xApp ${xapp.name} failed its tests`, 1);
}

const VERDICT_WORDS: Readonly<Record<Check['verdict'], string>> = {
  passed: 'pass',
  failed: 'FAIL',
  fault: 'FAIL',
  'not-reached': 'skip',
};

function tell(title: string, outcome: RunOutcome, lastError: string | undefined): void {
  const checks = checksOf(outcome);
  const hash = outcome.summary?.kpiHash ?? undefined;
  const lines = [
    `${title}, seed ${outcome.seed}: ${(outcome.wallMs / 1_000).toFixed(1)} s${hash === undefined ? '' : `, KPI hash ${hash}`}`,
    ...checks.map(({ name, verdict, text }) => `  ${VERDICT_WORDS[verdict]}  ${name}: ${text}`),
  ];
  // The reason of a run without an end has it already.
  if (lastError !== undefined && countOf(checks, 'failed') > 0) {
    lines.push(`  the xApp's last error: ${lastError}`);
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** What an xApp complained of last in a run that left its files in a folder. */
function lastErrorOf(folder: string, xapp: string): string | undefined {
  const logs = join(folder, 'xapps', xapp, 'logs');
  try {
    return readdirSync(logs)
      .flatMap((file) => readFileSync(join(logs, file), 'utf8').split('\n'))
      .flatMap((line) => seriousMessage(line) ?? [])
      .at(-1);
  } catch {
    // It has not been started.
    return undefined;
  }
}
