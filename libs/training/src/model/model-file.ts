import { createHash } from 'node:crypto';
import { LearningError } from '@ricochet/rl';
import { z } from 'zod';
import { LEVEL_PRESETS, type LevelPreset } from '../level-agent.js';
import { type Level, LEVELS } from '../trainer/task-group.js';
import { trainingConfigSchema } from '../trainer/training-config.js';
import { assertLevel, levelNetworks, type StoredModel } from './stored-model.js';

const FORMAT = 'ricochet-model';
const VERSION = 1;
const FLOAT_BYTES = 4;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits');
const levelSchema = z.strictObject({
  architecture: z.string(),
  /** float32, little endian. */
  parameters: z.base64(),
  /** Of the parameters' bytes. */
  sha256,
});
const fileSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  name: z.string().min(1),
  preset: z.enum(LEVEL_PRESETS),
  levels: z.strictObject({ high: levelSchema, low: levelSchema }),
  training: z.strictObject({
    family: z.string(),
    familySha256: sha256,
    seed: z.int().nonnegative(),
    rounds: z.int().nonnegative(),
    config: trainingConfigSchema,
    engine: z.string(),
    createdBy: z.string(),
  }),
});

export interface ModelFileOptions {
  /** Of the file, for messages. */
  readonly fileName: string;
  /** That the model has to be of. */
  readonly preset?: LevelPreset;
}

/** A model as the text of a file. @throws LearningError parameters that do not fit the preset, or are not finite */
export function formatModel({ name, preset, models, training }: StoredModel): string {
  const levelOf = (level: Level): z.input<typeof levelSchema> => {
    const { architecture } = levelNetworks(level, preset);
    assertLevel({ parameters: models[level], architecture }, level, preset);
    const bytes = bytesOf(models[level]);
    return { architecture, parameters: bytes.toString('base64'), sha256: digest(bytes) };
  };
  const file: z.input<typeof fileSchema> = {
    ...{ format: FORMAT, version: VERSION, name, preset },
    levels: { high: levelOf('high'), low: levelOf('low') },
    training,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** @throws LearningError one line: which file, and what is wrong with it */
export function parseModel(text: string, { fileName, preset }: ModelFileOptions): StoredModel {
  try {
    const { levels, ...file } = parsed(text);
    if (preset !== undefined && file.preset !== preset) {
      throw new LearningError('LEARNING_BAD_SHAPE', `is of preset ${file.preset}, not ${preset}`);
    }
    const [high, low] = LEVELS.map((level) => parametersOf(levels[level], level, file.preset));
    const { name, training } = file;
    return { name, preset: file.preset, training, models: { high: high!, low: low! } };
  } catch (error) {
    if (!(error instanceof LearningError)) throw error;
    throw new LearningError(error.code, `model ${fileName}: ${error.message}`);
  }
}

/** SHA-256 of both levels' parameters, by which models are told apart. */
export function modelDigest({ models }: Pick<StoredModel, 'models'>): string {
  return digest(Buffer.concat(LEVELS.map((level) => bytesOf(models[level]))));
}

function parsed(text: string): z.output<typeof fileSchema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new LearningError('LEARNING_BAD_INPUT', 'is no JSON');
  }
  const header = value as { format?: unknown; version?: unknown } | null;
  if (header?.format !== FORMAT) throw new LearningError('LEARNING_BAD_INPUT', `is no ${FORMAT}`);
  if (header.version !== VERSION) {
    const message = `has format version ${JSON.stringify(header.version)}; this program reads ${VERSION}`;
    throw new LearningError('LEARNING_BAD_INPUT', message);
  }
  const result = fileSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new LearningError('LEARNING_BAD_INPUT', `${issue!.path.join('.')}: ${issue!.message}`);
}

function parametersOf(
  { architecture, parameters: base64, sha256 }: z.output<typeof levelSchema>,
  level: Level,
  preset: LevelPreset,
): Float32Array {
  const bytes = Buffer.from(base64, 'base64');
  if (digest(bytes) !== sha256) {
    throw new LearningError('LEARNING_BAD_INPUT', `${level} level: parameters do not fit their SHA-256`);
  }
  if (bytes.length % FLOAT_BYTES !== 0) {
    throw new LearningError('LEARNING_BAD_SHAPE', `${level} level: ${bytes.length} bytes are no float32`);
  }
  const parameters = Float32Array.from({ length: bytes.length / FLOAT_BYTES }, (_, i) =>
    bytes.readFloatLE(i * FLOAT_BYTES),
  );
  assertLevel({ parameters, architecture }, level, preset);
  return parameters;
}

/** Little endian on every machine. */
function bytesOf(parameters: Float32Array): Buffer {
  const bytes = Buffer.alloc(parameters.length * FLOAT_BYTES);
  parameters.forEach((value, i) => bytes.writeFloatLE(value, i * FLOAT_BYTES));
  return bytes;
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
