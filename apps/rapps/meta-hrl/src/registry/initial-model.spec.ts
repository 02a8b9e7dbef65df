import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatModel, levelNetworks, trainingConfigSchema } from '@ricochet/training';
import { metaHrlConfigSchema } from '../meta-hrl.config.js';
import { readInitialModels } from './initial-model.js';

const folder = mkdtempSync(join(tmpdir(), 'ricochet-model-'));
afterAll(() => rmSync(folder, { recursive: true }));

const parameters = (level: 'high' | 'low') =>
  new Float32Array(levelNetworks(level, 'context').parameters).fill(0.01);
const path = join(folder, 'tiny.json');
const text = formatModel({
  ...{ name: 'tiny', preset: 'context' },
  models: { high: parameters('high'), low: parameters('low') },
  training: {
    ...{ family: 'paper', familySha256: 'ab'.repeat(32), seed: 3, rounds: 40 },
    config: trainingConfigSchema.parse({ preset: 'context' }),
    ...{ engine: 'wasm-simd128', createdBy: 'a test' },
  },
});
writeFileSync(path, text);

describe('readInitialModels', () => {
  it('gives the parameters of both levels, and says where they come from', () => {
    const { high, low } = readInitialModels(path, 'context');
    expect([high.parameters, low.parameters]).toEqual([parameters('high'), parameters('low')]);
    expect(high.source).toMatch(/^model "tiny" \([0-9a-f]{12}\), trained on paper for 40 rounds, seed 3$/);
  });

  it('refuses in one line what is not there, broken, or of another preset', () => {
    expect(() => readInitialModels(join(folder, 'no.json'), 'context')).toThrow(/^initialModel: .*no\.json/);
    expect(() => readInitialModels(path, 'default')).toThrow('is of preset context, not default');
    const broken = join(folder, 'broken.json');
    writeFileSync(broken, text.slice(0, 1_000));
    expect(() => readInitialModels(broken, 'context')).toThrow(`model ${broken}: is no JSON`);
  });
});

it('goes on at a tenth of the learning rate where the model has learned', () => {
  const rateOf = (config: object) => metaHrlConfigSchema.parse(config).meta.learningRate;
  expect([{}, { preset: 'context' }].map(rateOf)).toEqual([2e-3, 2e-4]);
  expect(rateOf({ preset: 'context', meta: { learningRate: 0.5 } })).toBe(0.5);
});
