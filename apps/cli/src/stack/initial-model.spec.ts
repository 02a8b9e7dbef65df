import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseScenario } from '@ricochet/scenario';
import { formatModel, levelNetworks, trainingConfigSchema } from '@ricochet/training';
import { initialModelPath } from './initial-model.js';

const folder = mkdtempSync(join(tmpdir(), 'ricochet-model-'));
afterAll(() => rmSync(folder, { recursive: true }));

const parameters = (level: 'high' | 'low') =>
  new Float32Array(levelNetworks(level, 'context').parameters).fill(0.01);
writeFileSync(
  join(folder, 'tiny.json'),
  formatModel({
    ...{ name: 'tiny', preset: 'context' },
    models: { high: parameters('high'), low: parameters('low') },
    training: {
      ...{ family: 'paper', familySha256: 'ab'.repeat(32), seed: 1, rounds: 0 },
      config: trainingConfigSchema.parse({ preset: 'context' }),
      ...{ engine: 'wasm-simd128', createdBy: 'a test' },
    },
  }),
);

const pathOf = (learning: string) =>
  initialModelPath(
    parseScenario(`name: x\nduration: 1s\nlearning: { ${learning} }`, 'x.yaml').learning,
    join(folder, 'x.yaml'),
  );

describe('initialModelPath', () => {
  it('finds a model beside the scenario, and none where none is wanted', () => {
    expect(pathOf('preset: context, model: ./tiny.json')).toBe(join(folder, 'tiny.json'));
    expect(pathOf('preset: default')).toBeUndefined();
    expect(pathOf('preset: context, model: none')).toBeUndefined();
  });

  test.each([
    [
      'preset: paper, model: tiny.json',
      /^learning\.model: model .*tiny\.json: is of preset context, not paper$/,
    ],
    [
      'preset: context, model: other.json',
      /^learning\.model: .*other\.json: there is no such file or folder$/,
    ],
  ])('refuses { %s }', (learning, message) => {
    expect(() => pathOf(learning)).toThrow(message);
  });
});
