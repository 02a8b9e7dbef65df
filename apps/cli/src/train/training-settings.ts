import { readFileSync } from 'node:fs';
import { parseSettings } from '@ricochet/scenario';
import { type TrainingConfig, trainingConfigSchema } from '@ricochet/training';
import { z } from 'zod';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';

/** Keys of the configuration that have an option of their own. */
export type TrainingFlags = Partial<
  Pick<TrainingConfig, 'rounds' | 'preset' | 'weighting' | 'method' | 'networks'>
>;

/** The configuration of a training: the file's, with what the command line says instead. @throws CliError */
export function trainingConfig(file: string | undefined, flags: TrainingFlags): TrainingConfig {
  const { rounds, preset, weighting, method, networks } = flags;
  const said = Object.fromEntries(
    Object.entries({ rounds, preset, weighting, method, networks }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  if (file === undefined) return trainingConfigSchema.parse(said);
  // Before the schema: what is not said depends on the preset.
  return read(
    file,
    z.preprocess((keys) => (isGroup(keys) ? { ...keys, ...said } : keys), trainingConfigSchema),
  );
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function read(path: string, schema: z.ZodType<TrainingConfig>): TrainingConfig {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new CliError(`--config ${pathFault(error, path)}`);
  }
  try {
    return parseSettings(text, path, schema);
  } catch (error) {
    throw new CliError((error as Error).message);
  }
}
