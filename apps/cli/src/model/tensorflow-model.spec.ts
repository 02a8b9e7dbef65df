import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SeededRandom } from '@ricochet/rl';
import { levelNetworks, type StoredModel, trainingConfigSchema } from '@ricochet/training';
import { exportActors, importActors } from './tensorflow-model.js';

function modelOf(preset: StoredModel['preset'], seed: number): StoredModel {
  const random = new SeededRandom(seed);
  const parameters = (level: 'high' | 'low') =>
    Float32Array.from({ length: levelNetworks(level, preset).parameters }, () => random.normal());
  return {
    name: 'tiny',
    preset,
    models: { high: parameters('high'), low: parameters('low') },
    training: {
      ...{ family: 'paper', familySha256: 'ab'.repeat(32), seed: 1, rounds: 3 },
      config: trainingConfigSchema.parse({ preset }),
      ...{ engine: 'wasm-simd128', createdBy: 'ricochet 0.1.0' },
    },
  };
}

describe('actors as LayersModels', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ricochet-tfjs-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('come back to the bit, and leave the critics alone', async () => {
    const [one, other] = [modelOf('context', 1), modelOf('context', 2)];
    const folders = await exportActors(one, folder);
    expect(folders).toEqual([join(folder, 'high'), join(folder, 'low')]);
    expect(await importActors(one, folder)).toEqual(one.models);
    const mixed = await importActors(other, folder);
    for (const level of ['high', 'low'] as const) {
      const { actorParameters } = levelNetworks(level, 'context');
      expect(mixed[level].subarray(0, actorParameters)).toEqual(
        one.models[level].subarray(0, actorParameters),
      );
      expect(mixed[level].subarray(actorParameters)).toEqual(other.models[level].subarray(actorParameters));
    }
  });

  it('are refused where they are of another shape, or are not there', async () => {
    await exportActors(modelOf('context', 1), folder);
    await expect(importActors(modelOf('default', 1), folder)).rejects.toThrow(
      /high: is a network \d+-64-64-3 tanh; the actor of default is 19-64-64-3 tanh$/,
    );
    writeFileSync(join(folder, 'low', 'weights.bin'), 'short');
    await expect(importActors(modelOf('context', 1), folder)).rejects.toThrow(/low: LayersModel: .*bytes/);
    await expect(importActors(modelOf('context', 1), '/nowhere')).rejects.toThrow(
      '/nowhere/high/model.json: there is no such file or folder',
    );
  });
});
