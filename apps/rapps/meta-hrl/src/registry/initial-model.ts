import { readFileSync } from 'node:fs';
import { type LearningLevel } from '@ricochet/contracts';
import { ConfigError, messageOf } from '@ricochet/platform';
import { type LevelPreset, modelDigest, parseModel } from '@ricochet/training';
import { type InitialModel } from '../level/level-session.js';

/** Digits of the digest that tell models apart well enough for people. */
const DIGEST_DIGITS = 12;

/**
 * The models to begin with, of a model file.
 * @throws ConfigError there is no such file; @throws LearningError it is no model of the preset
 */
export function readInitialModels(path: string, preset: LevelPreset): Record<LearningLevel, InitialModel> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError(`initialModel: ${messageOf(error)}`);
  }
  const model = parseModel(text, { fileName: path, preset });
  const { family, seed, rounds } = model.training;
  const digest = modelDigest(model).slice(0, DIGEST_DIGITS);
  const source = `model "${model.name}" (${digest}), trained on ${family} for ${rounds} rounds, seed ${seed}`;
  return {
    high: { parameters: model.models.high, source },
    low: { parameters: model.models.low, source },
  };
}
