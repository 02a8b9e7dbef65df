import { readFileSync } from 'node:fs';
import { parseSettings } from '@ricochet/scenario';
import { type TrainingConfig, trainingConfigSchema } from '@ricochet/training';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';

/** Keys of the configuration that have an option of their own. */
export type TrainingFlags = Partial<
  Pick<TrainingConfig, 'rounds' | 'preset' | 'weighting' | 'method' | 'networks'>
>;

/** The configuration of a training: the file's, with what the command line says instead. @throws CliError */
export function trainingConfig(file: string | undefined, flags: TrainingFlags): TrainingConfig {
  const { rounds, preset, weighting, method, networks } = flags;
  const said = Object.entries({ rounds, preset, weighting, method, networks }).filter(
    ([, value]) => value !== undefined,
  );
  return {
    ...(file === undefined ? trainingConfigSchema.parse({}) : read(file)),
    ...Object.fromEntries(said),
  };
}

function read(path: string): TrainingConfig {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new CliError(`--config ${pathFault(error, path)}`);
  }
  try {
    return parseSettings(text, path, trainingConfigSchema);
  } catch (error) {
    throw new CliError((error as Error).message);
  }
}
