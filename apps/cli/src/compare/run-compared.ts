import { join } from 'node:path';
import { runAll } from '../run/run-all.js';
import { notReachedLines } from '../run/assertion-table.js';
import { COMPARISON_FILE } from '../run/run-folder.js';
import { type RunOutcome } from '../run/run-outcome.js';
import { type ScenarioRun } from '../run/run-scenario.js';
import { seedLine } from '../run/summary-table.js';
import { writeWhole } from '../write-whole.js';
import { comparisonJson } from './comparison-json.js';
import { assertionsByMethod, comparisonTable, differenceTables } from './comparison-table.js';
import { compareMethods, type Comparison } from './comparison.js';
import { type Method } from './methods.js';

export interface ComparedRunsOptions {
  readonly methods: readonly Method[];
  readonly seeds: readonly number[];
  /** What all runs have in common. */
  readonly common: Omit<ScenarioRun, 'seed' | 'out'>;
  readonly out: string;
  readonly jobs: number;
  readonly json: boolean;
}

/** Runs every method with every seed, seed by seed, tells what sets them apart and leaves it in `comparison.json`. */
export async function runCompared(
  options: ComparedRunsOptions,
): Promise<{ outcomes: RunOutcome[]; comparison: Comparison }> {
  const { methods, seeds, common, out, jobs, json } = options;
  const runs = seeds.flatMap((seed) =>
    methods.map(({ name, differs }): ScenarioRun => ({
      ...common,
      ...differs,
      ...{ method: name, seed, out: join(out, name, `seed-${seed}`) },
    })),
  );
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  const outcomes = await runAll(runs, {
    ...{ jobs, out },
    onOutcome: (outcome) => json || print(seedLine(outcome)),
  });
  const comparison = compareMethods(
    methods.map(({ name }) => name),
    outcomes,
  );
  const text = comparisonJson(comparison);
  writeWhole(join(out, COMPARISON_FILE), text);
  if (json) {
    process.stdout.write(text);
  } else {
    for (const table of differenceTables(comparison)) print(comparisonTable(table));
    const assertions = assertionsByMethod(comparison);
    if (assertions !== undefined) print(comparisonTable(assertions));
    notReachedLines(comparison.assertionsNotReached).forEach(print);
  }
  return { outcomes, comparison };
}
