import { createHash } from 'node:crypto';
import { LearningError, SeededRandom } from '@ricochet/rl';
import { type LevelPreset } from '../level-agent.js';
import { trainingConfigSchema } from '../trainer/training-config.js';
import { formatModel, modelDigest, parseModel } from './model-file.js';
import { levelNetworks, type StoredModel } from './stored-model.js';

function modelOf(preset: LevelPreset = 'default'): StoredModel {
  const random = new SeededRandom(1);
  const parameters = (level: 'high' | 'low') =>
    Float32Array.from({ length: levelNetworks(level, preset).parameters }, () => random.normal());
  return {
    name: 'tiny',
    preset,
    models: { high: parameters('high'), low: parameters('low') },
    training: {
      ...{ family: 'paper', familySha256: 'ab'.repeat(32), seed: 1, rounds: 300 },
      config: trainingConfigSchema.parse({ preset }),
      ...{ engine: 'wasm-simd128', createdBy: 'ricochet 0.1.0' },
    },
  };
}

const model = modelOf();
const text = formatModel(model);

interface Values {
  [key: string]: Values & string & number;
}
const changed = (change: (file: Values) => void): string => {
  const file = JSON.parse(text) as Values;
  change(file);
  return JSON.stringify(file);
};

describe('a model file', () => {
  test.each(['default', 'context'] as const)('gives a model of %s back, to the bit', (preset) => {
    const one = modelOf(preset);
    const again = parseModel(formatModel(one), { fileName: 'm.json', preset });
    expect(again).toEqual(one);
    expect(modelDigest(again)).toBe(modelDigest(one));
  });

  it('tells models apart', () => {
    const models = { ...model.models, low: model.models.low.map((value, i) => (i === 7 ? -value : value)) };
    expect(modelDigest({ models })).not.toBe(modelDigest(model));
  });

  test.each<[string, string, RegExp]>([
    ['no JSON', text.slice(0, 500), /is no JSON/],
    ['another kind of file', '{"name": "x"}', /is no ricochet-model/],
    ['null', 'null', /is no ricochet-model/],
    [
      'another version',
      changed((file) => (file['version'] = 2 as never)),
      /has format version 2; .* reads 1/,
    ],
    ['a missing level', changed((file) => delete file['levels']!['low']), /levels\.low: /],
    ['a key too many', changed((file) => (file['extra'] = 1 as never)), /"extra"/],
    [
      'a wrong digest',
      changed((file) => (file['levels']!['low']['sha256'] = '0'.repeat(64) as never)),
      /low level: parameters do not fit their SHA-256/,
    ],
    [
      'networks of another shape',
      changed((file) => (file['levels']!['high'] = file['levels']!['low']!)),
      /high level: networks are ".* set .*"; those of default are ".* simplex .*"/,
    ],
    [
      'parameters of another network',
      changed((file) => {
        const { architecture } = file['levels']!['high'];
        file['levels']!['high'] = { ...(file['levels']!['low'] as object), architecture } as never;
      }),
      /high level: parameters has \d+ values instead of \d+/,
    ],
    [
      'another preset than it says',
      changed((file) => (file['preset'] = 'context' as never)),
      /high level: networks are ".*"; those of context are ".*"/,
    ],
  ])('refuses %s', (_, file, words) => {
    expect(() => parseModel(file, { fileName: 'm.json' })).toThrow(LearningError);
    expect(() => parseModel(file, { fileName: 'm.json' })).toThrow(words);
    expect(() => parseModel(file, { fileName: 'm.json' })).toThrow(/^model m\.json: .*$/);
  });

  it('refuses another preset than is needed', () => {
    expect(() => parseModel(text, { fileName: 'm.json', preset: 'context' })).toThrow(
      'model m.json: is of preset default, not context',
    );
  });

  it('takes in no numbers that are none', () => {
    const low = model.models.low.slice();
    low[5] = NaN;
    expect(() => formatModel({ ...model, models: { ...model.models, low } })).toThrow(
      'low level: parameters[5] is NaN',
    );
  });

  it('gives out no numbers that are none', () => {
    const { models } = model;
    const bytes = Buffer.alloc(models.low.length * 4);
    models.low.forEach((value, i) => bytes.writeFloatLE(i === 3 ? Infinity : value, i * 4));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const file = changed(({ levels }) => {
      levels!['low'] = {
        ...(levels!['low'] as object),
        ...{ parameters: bytes.toString('base64'), sha256 },
      } as never;
    });
    expect(() => parseModel(file, { fileName: 'm.json' })).toThrow(
      'model m.json: low level: parameters[3] is Infinity',
    );
  });
});
