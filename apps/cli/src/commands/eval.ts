import { availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import * as v8 from 'node:v8';
import { SingleBar } from 'cli-progress';
import { Command, InvalidArgumentError, Option } from 'commander';
import { createEngine, ENGINE_KINDS, type EngineKind, prepareEngines } from '@ricochet/rl';
import { type TaskFamily } from '@ricochet/scenario';
import { BUDGETS, type BudgetName } from '../eval/budget.js';
import { CellStore } from '../eval/cell-store.js';
import { HIDDEN_FAMILIES } from '../eval/methods.js';
import { PaperEvaluation, type PaperEvaluationOptions } from '../eval/paper-evaluation.js';
import { readModel } from '../model/read-model.js';
import { loadFamily } from '../stack/family-file.js';
import { packageFolder } from '../stack/package-folder.js';
import { versions } from '../versions.js';
import { integer, seedRange } from './options.js';

interface EvalOptions {
  readonly seeds: readonly number[];
  readonly budget: BudgetName;
  readonly out: string;
  readonly engine: EngineKind;
  readonly threads: number;
  readonly plain?: boolean;
}

/** Counts up when cells come to mean something else in one version of the software. */
const CELL_FORMAT = 1;

const EVALUATIONS = ['paper'] as const;
const FAMILIES = ['paper', ...HIDDEN_FAMILIES] as const;

export function evalCommand(): Command {
  return new Command('eval')
    .description("regenerate the core paper's tables and figures, with intervals, rules and an oracle")
    .argument('<evaluation>', EVALUATIONS.join(', '))
    .option('--seeds <range>', 'seeds, such as 1..5 or 1,4,9', severalSeeds, [1, 2, 3, 4, 5])
    .addOption(
      new Option('--budget <budget>', 'small: half an hour on two cores; full: hours; tiny: a try')
        .choices(Object.keys(BUDGETS))
        .default('small'),
    )
    .option('--out <folder>', 'folder for the results; what is there is not computed again', 'out/eval-paper')
    .addOption(new Option('--engine <engine>', 'what computes').choices([...ENGINE_KINDS]).default('auto'))
    .option('--threads <n>', 'computed at the same time', integer(1, 64), availableParallelism())
    .option('--plain', 'a line now and then instead of a bar')
    .action(async (name: string, options: EvalOptions, command: Command) => {
      if (!EVALUATIONS.some((each) => each === name)) {
        command.error(`error: ${name} is no evaluation: ${EVALUATIONS.join(', ')}`);
      }
      await evaluatePaper(options);
    });
}

async function evaluatePaper({ seeds, budget: budgetName, out, engine, threads, plain }: EvalOptions) {
  await prepareEngines(v8);
  const engineName = createEngine({ engine, mebibytes: 1 }).name;
  const families: Record<string, TaskFamily> = {};
  for (const name of FAMILIES) families[name] = loadFamily(name).family;
  const shipped = Object.fromEntries(FAMILIES.map((name) => [name, shippedModel(name)]));
  const budget = BUDGETS[budgetName];
  const folder = resolve(out);
  const store = new CellStore(folder, { budget, engineName, format: CELL_FORMAT, ...versions() });
  process.stdout.write(
    `paper, seeds ${seeds.join(', ')}, budget ${budgetName}, engine ${engineName}, ${threads} threads, ${folder}\n`,
  );
  const started = Date.now();
  const told = progress(plain ?? !process.stdout.isTTY);
  const evaluation = {
    seeds,
    budget,
    engine,
    threads,
    families,
    shipped,
    store,
    onProgress: told.onProgress,
  };
  const results = await new PaperEvaluation(evaluation).run().finally(() => told.stop());
  // Only now: charts take half a second to load.
  const { writePaperReport } = await import('../eval/paper-report.js');
  const minutes = (Date.now() - started) / 60_000;
  writePaperReport(folder, results, {
    title: "The core paper's figures and tables, regenerated",
    made:
      `\`ricochet eval paper --seeds ${seeds.join(',')} --budget ${budgetName}\`, engine ${engineName}, ` +
      `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, ${minutes.toFixed(1)} min on ${threads} threads in the last sitting`,
  });
  process.stdout.write(
    `${join(folder, 'report.html')}, report.md and figures/ in ${minutes.toFixed(1)} min\n`,
  );
}

/** The model that is shipped for a family. @throws CliError when it is not there, or none */
function shippedModel(name: string): PaperEvaluationOptions['shipped'][string] {
  return readModel(join(packageFolder('@ricochet/meta-hrl'), 'models', name, 'model.json'));
}

const LINE_PERIOD_MS = 5_000;

function progress(plain: boolean): { onProgress: PaperEvaluationOptions['onProgress']; stop(): void } {
  if (plain) {
    let told = 0;
    const onProgress = (done: number, all: number, name: string) => {
      if (Date.now() - told < LINE_PERIOD_MS && done < all) return;
      told = Date.now();
      process.stdout.write(`${done} of ${all} done: ${name}\n`);
    };
    return { onProgress, stop: () => undefined };
  }
  const bar = new SingleBar({
    format: '{bar} {value}/{total} {duration_formatted}, {eta_formatted} left: {name}',
  });
  bar.start(1, 0, { name: '' });
  return {
    onProgress: (done, all, name) => {
      bar.setTotal(all);
      bar.update(done, { name });
    },
    stop: () => bar.stop(),
  };
}

function severalSeeds(text: string): number[] {
  const seeds = seedRange(text);
  if (seeds.length < 2) throw new InvalidArgumentError('expected two seeds at least: one tells no interval');
  return seeds;
}
