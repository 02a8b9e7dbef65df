import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportLayersModel, importLayersModel, LearningError } from '@ricochet/rl';
import { type Level, levelNetworks, LEVELS, type StoredModel } from '@ricochet/training';
import { makeFolder } from '@ricochet/platform';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';
import { writeWhole } from '../write-whole.js';

const TOPOLOGY = 'model.json';
const WEIGHTS = 'weights.bin';

/** Writes the actors as TensorFlow.js LayersModels, a folder a level; gives the folders. @throws CliError */
export async function exportActors({ models, preset }: StoredModel, folder: string): Promise<string[]> {
  const folders: string[] = [];
  for (const level of LEVELS) {
    const { actor, actorParameters } = levelNetworks(level, preset);
    const files = await exportLayersModel({
      spec: actor,
      parameters: models[level].subarray(0, actorParameters),
    });
    const path = join(folder, level);
    try {
      makeFolder(path);
    } catch (error) {
      throw new CliError(`--out ${pathFault(error, path)}`);
    }
    writeWhole(join(path, WEIGHTS), files.weights);
    writeWhole(join(path, TOPOLOGY), files.modelJson);
    folders.push(path);
  }
  return folders;
}

/** The model with the actors that {@link exportActors} wrote, or others of their shape. @throws CliError */
export async function importActors(base: StoredModel, folder: string): Promise<StoredModel['models']> {
  return { high: await withActor(base, 'high', folder), low: await withActor(base, 'low', folder) };
}

async function withActor(base: StoredModel, level: Level, folder: string): Promise<Float32Array> {
  const path = join(folder, level);
  const { spec, parameters } = await readActor(path);
  const { actor } = levelNetworks(level, base.preset);
  const [is, needed] = [spec, actor].map(({ inputs, hidden, outputs, activation }) =>
    [[inputs, ...hidden, outputs].join('-'), activation].join(' '),
  );
  if (is !== needed)
    throw new CliError(`${path}: is a network ${is}; the actor of ${base.preset} is ${needed}`);
  const all = base.models[level].slice();
  all.set(parameters);
  return all;
}

async function readActor(path: string): ReturnType<typeof importLayersModel> {
  try {
    return await importLayersModel({
      modelJson: readFileSync(join(path, TOPOLOGY), 'utf8'),
      weights: readFileSync(join(path, WEIGHTS)),
    });
  } catch (error) {
    throw new CliError(error instanceof LearningError ? `${path}: ${error.message}` : pathFault(error, path));
  }
}
