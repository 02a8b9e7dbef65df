import { availableParallelism } from 'node:os';
import * as v8 from 'node:v8';
import { Argument, Command, Option } from 'commander';
import { ENGINE_KINDS, type EngineKind, META_METHODS, prepareEngines, TASK_WEIGHTINGS } from '@ricochet/rl';
import { LEVEL_PRESETS } from '@ricochet/training';
import { loadFamily } from '../stack/family-file.js';
import { onInterrupt } from '../stack/interrupt.js';
import { TrainingFolder } from '../train/training-folder.js';
import { TrainingSession } from '../train/training-session.js';
import { trainingConfig, type TrainingFlags } from '../train/training-settings.js';
import { summaryLines } from '../train/training-summary.js';
import { integer, seedOption } from './options.js';

interface TrainOptions extends TrainingFlags {
  readonly family: string;
  readonly seed: number;
  readonly config?: string;
  readonly engine: EngineKind;
  readonly threads: number;
  readonly out: string;
  readonly resume?: boolean;
  readonly checkpointEvery: number;
  readonly plain?: boolean;
}

/** What there is to train. */
const TRAINABLES = ['meta-hrl'] as const;

const MOST_NETWORKS = 64;

export function trainCommand(): Command {
  return new Command('train')
    .description('train a model on a family of tasks, offline, and leave model.json, curves and checkpoints')
    .addArgument(new Argument('<what>', 'what to train').choices(TRAINABLES))
    .option('--family <name|file>', 'task family: one of scenarios/families, or a file (YAML)', 'paper')
    .addOption(seedOption())
    .option('--config <file>', 'configuration of the training (YAML); the options below come before it')
    .option('--rounds <n>', 'rounds of the whole training', integer(1))
    .option('--networks <n>', 'radio networks whose DUs are the tasks', integer(1, MOST_NETWORKS))
    .addOption(new Option('--preset <preset>', 'kind of agents').choices(LEVEL_PRESETS))
    .addOption(
      new Option('--weighting <weighting>', 'how DUs count in the meta update').choices(TASK_WEIGHTINGS),
    )
    .addOption(new Option('--method <method>', "where a DU's gradient is taken").choices(META_METHODS))
    .addOption(
      new Option('--engine <engine>', 'what computes; auto: the fastest here')
        .choices(ENGINE_KINDS)
        .default('auto'),
    )
    .option(
      '--threads <n>',
      'networks that are computed at the same time; 0: all in one thread',
      integer(0, MOST_NETWORKS),
      availableParallelism(),
    )
    .option('--out <folder>', 'folder for the files', 'out')
    .option('--resume', 'go on from the checkpoint in the folder')
    .option('--checkpoint-every <rounds>', 'rounds from one checkpoint to the next, at least', integer(1), 50)
    .option('--plain', 'a line now and then instead of a progress bar')
    .action((what: string, options: TrainOptions) => train(what, options));
}

async function train(what: string, options: TrainOptions): Promise<void> {
  const { seed, engine, threads, checkpointEvery } = options;
  const family = loadFamily(options.family);
  const config = trainingConfig(options.config, options);
  const folder = new TrainingFolder(options.out);
  const loaded = folder.checkpoint(options.resume === true);
  await prepareEngines(v8);
  const abort = new AbortController();
  const session = new TrainingSession({
    name: `${what} ${family.family.name}`,
    ...{ family, config, seed, engine, threads, folder, checkpointEvery },
    plain: options.plain === true || !process.stderr.isTTY,
    signal: abort.signal,
  });
  const { rounds, networks } = config;
  process.stdout.write(
    `${what} on family ${family.family.name}, seed ${seed}: ${rounds} rounds, ${networks} networks, ` +
      `engine ${session.engine}\n`,
  );
  if (options.resume && loaded === undefined) {
    process.stderr.write(`no checkpoint in ${folder.path}: the training begins\n`);
  }
  void onInterrupt().then(() => {
    process.stderr.write('stopping after this round …\n');
    abort.abort();
  });
  const summary = await session.train(loaded);
  process.stdout.write(
    `${summaryLines(summary).join('\n')}\nmodel.json, summary.json, curves.csv and curves.html in ${folder.path}\n`,
  );
}
