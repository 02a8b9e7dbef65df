import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Scenario } from '@ricochet/scenario';
import { parseModel } from '@ricochet/training';
import { LearningError } from '@ricochet/rl';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';
import { packageFolder } from './package-folder.js';

const MODEL_FILE = 'model.json';

/**
 * The model file that a scenario's learning begins with, checked; `undefined` for fresh networks.
 * @param scenarioPath of the scenario's file: a path of the model is relative to its folder
 * @throws CliError there is no such model, or it is of another preset
 */
export function initialModelPath(
  { model, preset }: Scenario['learning'],
  scenarioPath: string,
): string | undefined {
  if (model === 'none') return undefined;
  const path = isName(model) ? shippedModel(model) : resolve(dirname(scenarioPath), model);
  try {
    parseModel(readFileSync(path, 'utf8'), { fileName: path, preset });
    return path;
  } catch (error) {
    if (error instanceof LearningError) throw new CliError(`learning.model: ${error.message}`);
    throw new CliError(`learning.model: ${pathFault(error, path)}`);
  }
}

function isName(model: string): boolean {
  return /^[a-z0-9-]+$/.test(model);
}

/** @throws CliError none is shipped under that name */
function shippedModel(name: string): string {
  const folder = join(packageFolder('@ricochet/meta-hrl'), 'models');
  const path = join(folder, name, MODEL_FILE);
  if (existsSync(path)) return path;
  const names = existsSync(folder)
    ? readdirSync(folder).filter((one) => existsSync(join(folder, one, MODEL_FILE)))
    : [];
  throw new CliError(
    `learning.model: no model "${name}" comes with Ricochet; expected ${[...names.sort(), 'none'].join(', ')} or a path`,
  );
}
