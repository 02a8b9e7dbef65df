import { join } from 'node:path';
import { writeWhole } from '../write-whole.js';
import { assertionRowsOverSeeds, assertionTable, notReachedLines } from './assertion-table.js';
import { runAll } from './run-all.js';
import { SEEDS_FILE } from './run-folder.js';
import { notReachedIn, type RunOutcome } from './run-outcome.js';
import { type ScenarioRun } from './run-scenario.js';
import { overSeeds } from './seed-statistics.js';
import { seedLine } from './summary-table.js';

export interface SeedRunsOptions {
  readonly seeds: readonly number[];
  /** What all runs have in common. */
  readonly common: Omit<ScenarioRun, 'seed' | 'out'>;
  readonly out: string;
  readonly jobs: number;
  readonly json: boolean;
}

/** Runs each seed, and tells what they say together, which goes into `seeds.json`. */
export async function runSeeds(options: SeedRunsOptions): Promise<RunOutcome[]> {
  const { seeds, common, out, jobs, json } = options;
  const runs = seeds.map((seed): ScenarioRun => ({ ...common, seed, out: join(out, `seed-${seed}`) }));
  const outcomes = await runAll(runs, {
    ...{ jobs, out },
    onOutcome: (outcome) => json || process.stdout.write(`${seedLine(outcome)}\n`),
  });
  const assertions = overSeeds(outcomes.map(({ summary }) => summary?.assertions));
  const notReached = notReachedIn(outcomes);
  const together = {
    scenario: common.scenario.name,
    runs: outcomes.map(({ seed, summary, fault }) => ({ seed, kpiHash: summary?.kpiHash, fault })),
    assertions,
    ...(notReached.length > 0 && { assertionsNotReached: notReached }),
  };
  const text = `${JSON.stringify(together, null, 2)}\n`;
  writeWhole(join(out, SEEDS_FILE), text);
  const lines = [
    ...(assertions.length > 0 ? [assertionTable(assertionRowsOverSeeds(assertions))] : []),
    ...notReachedLines(notReached),
  ];
  process.stdout.write(json ? text : lines.map((line) => `${line}\n`).join(''));
  return outcomes;
}
