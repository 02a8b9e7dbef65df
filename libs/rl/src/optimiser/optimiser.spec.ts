import { createEngine } from '../engine/engine.js';
import { SeededRandom } from '../random/seeded-random.js';
import { Adam } from './adam.js';
import { Sgd } from './sgd.js';
import { clipByNorm, norm, softUpdate, weightedSum } from './vectors.js';

const engine = createEngine({ mebibytes: 16 });
const random = new SeededRandom('optimiser');

function gaussians(length: number): Float32Array {
  return Float32Array.from({ length }, () => random.normal());
}

function inArena(values: Float32Array): Float32Array {
  const vector = engine.allocate(values.length);
  vector.set(values);
  return vector;
}

/** Adam in float64, one learning rate an element. */
function adam64(start: Float32Array, gradients: readonly Float32Array[], rates: readonly number[]): number[] {
  const [m, v] = [new Float64Array(start.length), new Float64Array(start.length)];
  const parameters = [...start];
  gradients.forEach((gradient, step) => {
    gradient.forEach((g, i) => {
      m[i] = 0.9 * m[i]! + 0.1 * g;
      v[i] = 0.999 * v[i]! + 0.001 * g * g;
      const [first, second] = [m[i] / (1 - 0.9 ** (step + 1)), v[i] / (1 - 0.999 ** (step + 1))];
      parameters[i]! -= (rates[i]! * first) / (Math.sqrt(second) + 1e-8);
    });
  });
  return parameters;
}

describe('Adam', () => {
  const ranges = [
    { length: 5, learningRate: 1e-3 },
    { length: 6, learningRate: 2e-3 },
  ];
  const rates = [...Array<number>(5).fill(1e-3), ...Array<number>(6).fill(2e-3)];
  const gradients = Array.from({ length: 500 }, () => gaussians(11));

  it.each([
    { where: 'in the arena', place: inArena },
    { where: 'elsewhere', place: (vector: Float32Array) => vector.slice() },
  ])('goes as in float64, with a rate for each range, on parameters $where', ({ place }) => {
    const parameters = place(gaussians(11));
    const expected = adam64(parameters, gradients, rates);
    const adam = new Adam(engine, ranges);
    for (const gradient of gradients) adam.step(parameters, place(gradient));
    const errors = expected.map((value, i) => Math.abs(value - parameters[i]!));
    expect(Math.max(...errors)).toBeLessThan(1e-5);
  });

  it('goes on from its state bit by bit', () => {
    const [first, second] = [new Adam(engine, ranges), new Adam(engine, ranges)];
    const parameters = gaussians(11);
    for (const gradient of gradients.slice(0, 20)) first.step(parameters, gradient);
    const copy = parameters.slice();
    second.restore(first.state());
    for (const gradient of gradients.slice(20, 40)) first.step(parameters, gradient, 0.5);
    for (const gradient of gradients.slice(20, 40)) second.step(copy, gradient, 0.5);
    expect(copy).toEqual(parameters);
    expect(second.state()).toEqual(first.state());
  });

  it('starts anew after a reset', () => {
    const adam = new Adam(engine, ranges);
    const [a, b] = [new Float32Array(11), new Float32Array(11)];
    adam.step(a, gradients[0]!);
    adam.reset();
    adam.step(b, gradients[0]!);
    expect(b).toEqual(a);
  });

  it('names a vector of another length and a state that is none', () => {
    const adam = new Adam(engine, ranges);
    expect(() => adam.step(new Float32Array(11), new Float32Array(3))).toThrow(
      'gradient: 3 floats instead of 11',
    );
    expect(() => adam.restore({ ...adam.state(), steps: -1 })).toThrow('an Adam state after -1 steps');
    expect(() => new Adam(engine, [{ length: 3, learningRate: NaN }])).toThrow(
      'parameter range 0: 3 parameters at learning rate NaN',
    );
  });
});

it('Sgd takes each range down its own slope', () => {
  const sgd = new Sgd(engine, [
    { length: 2, learningRate: 0.5 },
    { length: 1, learningRate: 2 },
  ]);
  const parameters = Float32Array.of(1, 2, 3);
  sgd.step(parameters, Float32Array.of(1, -1, 1), 0.5);
  expect([...parameters]).toEqual([0.75, 2.25, 2]);
});

describe.each([
  { where: 'in the arena', place: inArena },
  { where: 'elsewhere', place: (vector: Float32Array) => vector },
])('vectors $where', ({ place }) => {
  it('are clipped to a norm, the former norm told', () => {
    const vector = place(Float32Array.of(3, 0, 4));
    expect(norm(engine, vector)).toBe(5);
    expect(clipByNorm(engine, vector, 10)).toBe(5);
    expect([...vector]).toEqual([3, 0, 4]);
    expect(clipByNorm(engine, vector, 1)).toBe(5);
    expect([...vector]).toEqual([3, 0, 4].map((x) => expect.closeTo(x / 5, 6) as number));
  });

  it('follow others slowly', () => {
    const target = place(Float32Array.of(1, 2));
    softUpdate(engine, { target, source: place(Float32Array.of(3, 6)) }, 0.25);
    expect([...target]).toEqual([1.5, 3]);
  });

  it('add up by weight, over any number of stretches', () => {
    const weights = [0.5, -1, 0.25, 2, 0, 0.125];
    const vectors = weights.map(() => place(gaussians(20_001)));
    const sum = weightedSum(engine, vectors, weights);
    const errors = sum.map((value, i) => {
      const expected = vectors.reduce((total, vector, j) => total + weights[j]! * vector[i]!, 0);
      return Math.abs(value - expected);
    });
    expect(sum).toHaveLength(20_001);
    expect(Math.max(...errors)).toBeLessThan(3e-6);
  });
});

it('a weighted sum wants as many weights as vectors, of one length', () => {
  expect(() => weightedSum(engine, [], [])).toThrow('weightedSum of 0 vectors with 0 weights');
  expect(() => weightedSum(engine, [new Float32Array(2)], [1, 2])).toThrow('1 vectors with 2 weights');
  expect(() => weightedSum(engine, [new Float32Array(2), new Float32Array(3)], [1, 2])).toThrow(
    'vector 1: 3 floats instead of 2',
  );
});
