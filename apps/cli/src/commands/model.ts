import { Command, Option } from 'commander';
import { formatModel, levelNetworks, LEVELS, modelDigest, type StoredModel } from '@ricochet/training';
import { readModel } from '../model/read-model.js';
import { exportActors, importActors } from '../model/tensorflow-model.js';
import { versions } from '../versions.js';
import { writeWhole } from '../write-whole.js';

const FORMATS = ['tfjs'];

export function modelCommand(): Command {
  return new Command('model')
    .description('look at model files, and exchange them with TensorFlow.js')
    .addCommand(
      new Command('show')
        .description('tell what is in a model file')
        .argument('<model.json>', 'model file')
        .action((path: string) => void process.stdout.write(`${modelLines(readModel(path)).join('\n')}\n`)),
    )
    .addCommand(
      new Command('export')
        .description('write the actors for another program')
        .argument('<model.json>', 'model file')
        .addOption(
          new Option('--to <format>', 'tfjs: TensorFlow.js LayersModels').choices(FORMATS).default('tfjs'),
        )
        .option('--out <folder>', 'folder for the files', 'out')
        .action(async (path: string, { out }: { out: string }) => {
          const folders = await exportActors(readModel(path), out);
          process.stdout.write(`${folders.join('\n')}\n`);
        }),
    )
    .addCommand(
      new Command('import')
        .description('put actors from another program into a model file')
        .argument('<folder>', 'folder that `export` wrote, or one like it')
        .requiredOption(
          '--base <model.json>',
          'model file that the rest is from: preset, critics, training record',
        )
        .addOption(
          new Option('--from <format>', 'tfjs: TensorFlow.js LayersModels').choices(FORMATS).default('tfjs'),
        )
        .option('--out <file>', 'model file to write', 'model.json')
        .action(async (folder: string, { base: basePath, out }: { base: string; out: string }) => {
          const base = readModel(basePath);
          const models = await importActors(base, folder);
          const createdBy = `ricochet ${versions()['ricochet']}, actors imported into ${modelDigest(base).slice(0, 16)}`;
          const model = { ...base, models, training: { ...base.training, createdBy } };
          writeWhole(out, formatModel(model));
          process.stdout.write(`${out}: ${modelDigest(model).slice(0, 16)}\n`);
        }),
    );
}

function modelLines(model: StoredModel): string[] {
  const { name, preset, training } = model;
  const { config } = training;
  return [
    `${name}, preset ${preset}, SHA-256 ${modelDigest(model).slice(0, 16)}`,
    ...LEVELS.map((level) => {
      const { architecture, parameters, actorParameters } = levelNetworks(level, preset);
      return `${level} level: ${architecture}; ${parameters} parameters, ${actorParameters} of them the actor's`;
    }),
    `trained on family ${training.family}, seed ${training.seed}: ${training.rounds} rounds, ` +
      `${config.networks} networks, ${config.method}, ${config.weighting}, engine ${training.engine}`,
    `by ${training.createdBy}`,
  ];
}
