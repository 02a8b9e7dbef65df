import { readFileSync } from 'node:fs';
import { LearningError } from '@ricochet/rl';
import { parseModel, type StoredModel } from '@ricochet/training';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';

/** Reads and checks a model file. @throws CliError */
export function readModel(path: string): StoredModel {
  try {
    return parseModel(readFileSync(path, 'utf8'), { fileName: path });
  } catch (error) {
    throw new CliError(error instanceof LearningError ? error.message : `model ${pathFault(error, path)}`);
  }
}
