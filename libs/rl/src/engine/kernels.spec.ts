import * as fc from 'fast-check';
import { SeededRandom } from '../random/seeded-random.js';
import { type Engine } from './engine.js';
import { describeEngines } from './engines.fixture.js';

/** Lays floats somewhere into the arena, not on a vector's boundary. */
function put(engine: Engine, values: ArrayLike<number>): Float32Array {
  const vector = engine.allocate(values.length + 4).subarray(1, 1 + values.length);
  vector.set(values);
  return vector;
}

function uniform(random: SeededRandom, length: number): number[] {
  return Array.from({ length }, () => Math.fround(2 * random.uniform() - 1));
}

describeEngines((make) => {
  const engine = make({ mebibytes: 16 });
  const { kernels } = engine;
  const free = engine.view(engine.reserve(4 * 2 ** 20, 'spec'), 2 ** 20);

  /** A scratch vector at an odd offset, filled with what may not be read. */
  function scratch(offset: number, length: number): Float32Array {
    return free.subarray(offset, offset + length).fill(NaN);
  }

  const size = fc.integer({ min: 1, max: 20 });
  // Beyond the blocks that the kernel works in, one dimension at a time.
  const shapes = fc.oneof(
    fc.record({ m: size, n: size, k: size }),
    fc.constantFrom(
      { m: 261, n: 9, k: 6 },
      { m: 5, n: 300, k: 7 },
      { m: 9, n: 10, k: 521 },
      { m: 8, n: 18, k: 300 },
    ),
  );

  it('multiply matrices of any size, transposed or not, strided and accumulating', () => {
    fc.assert(
      fc.property(
        fc.record({ shape: shapes, seed: fc.integer(), wider: fc.integer({ min: 0, max: 3 }) }),
        fc.record({ a: fc.boolean(), b: fc.boolean(), accumulate: fc.boolean() }),
        ({ shape: { m, n, k }, seed, wider }, transposed) => {
          const random = new SeededRandom(seed);
          const [a, b, c] = [scratch(1, m * k), scratch(100_003, k * n), scratch(200_001, m * (n + wider))];
          a.set(uniform(random, a.length));
          b.set(uniform(random, b.length));
          c.set(uniform(random, c.length));
          const before = c.slice();
          const [aRow, aColumn] = transposed.a ? [1, m] : [k, 1];
          const [bRow, bColumn] = transposed.b ? [1, k] : [n, 1];
          kernels.gemm(
            ...([m, n, k] as const),
            ...([a.byteOffset, aRow, aColumn, b.byteOffset, bRow, bColumn] as const),
            ...([c.byteOffset, n + wider, transposed.accumulate ? 1 : 0] as const),
          );
          let worst = 0;
          for (let at = 0; at < c.length; at++) {
            const [i, j] = [Math.floor(at / (n + wider)), at % (n + wider)];
            let expected = j < n && !transposed.accumulate ? 0 : before[at]!;
            for (let p = 0; p < k && j < n; p++) {
              expected += a[i * aRow + p * aColumn]! * b[p * bRow + j * bColumn]!;
            }
            worst = Math.max(worst, Math.abs(c[at]! - expected));
          }
          // Above the rounding of a float32 sum of k + 1 products below 1, far below a wrong term.
          expect(worst).toBeLessThan(1e-6 * Math.sqrt(k + 1) + 1e-7);
        },
      ),
      { numRuns: 150, seed: 1 },
    );
  });

  const inputs = [...Array(2001).keys()].map((i) => (i - 1000) / 25 + 1e-3);

  it.each([
    { name: 'tanh', reference: Math.tanh, tolerance: 5e-7 },
    { name: 'sigmoid', reference: (x: number) => 1 / (1 + Math.exp(-x)), tolerance: 4e-7 },
    { name: 'exp', reference: Math.exp, tolerance: 4e-7 },
  ] as const)('compute $name to float32 accuracy', ({ name, reference, tolerance }) => {
    const x = put(engine, inputs);
    const y = put(engine, x);
    kernels[name](y.byteOffset, x.byteOffset, x.length);
    const errors = y.map((value, i) => Math.abs(value / reference(x[i]!) - 1));
    expect(Math.max(...errors)).toBeLessThan(tolerance);
  });

  it('compute log to float32 accuracy, down to the smallest normal number', () => {
    const x = put(engine, [...inputs.map((value) => Math.exp(value)), 1, 1e-37, 3e38]);
    const y = put(engine, x);
    kernels.log(y.byteOffset, x.byteOffset, x.length);
    const errors = y.map((value, i) => Math.abs(value - Math.log(x[i]!)) / Math.max(1, Math.abs(value)));
    expect(Math.max(...errors)).toBeLessThan(2e-7);
  });

  it('treat the ends of the range as IEEE 754 does, but for the saturation of exp', () => {
    const x = put(engine, [0, -1, Infinity, NaN, -Infinity]);
    const results = (name: 'log' | 'exp' | 'tanh' | 'sigmoid'): number[] => {
      const y = put(engine, x);
      kernels[name](y.byteOffset, x.byteOffset, x.length);
      return [...y];
    };
    expect(results('log')).toEqual([-Infinity, NaN, Infinity, NaN, NaN]);
    const [one, minusOne] = [expect.closeTo(1, 6), expect.closeTo(-1, 6)];
    expect(results('tanh')).toEqual([0, expect.closeTo(-0.761594, 5), one, NaN, minusOne]);
    expect(results('sigmoid').slice(2, 4)).toEqual([1, NaN]);
    const [expOfZero, , top, nan, bottom] = results('exp');
    expect([expOfZero, nan]).toEqual([1, NaN]);
    expect(top).toBeGreaterThan(2e38);
    expect(bottom).toBeLessThan(2e-38);
  });

  it.each([0, 1, 2, 3, 4, 5, 7, 8, 31, 64, 129])('handle %i elements as each alone, and no more', (n) => {
    const random = new SeededRandom(n);
    const [a, b] = [put(engine, uniform(random, n)), put(engine, uniform(random, n))];
    const apply = (length: number, kernel: (out: number) => void): Float32Array => {
      const out = scratch(5, length + 8).fill(7);
      kernel(out.byteOffset);
      expect([...out.subarray(length)]).toEqual(Array(8).fill(7));
      return out.slice(0, length);
    };
    const elementwise: ((out: number, at: number, length: number) => void)[] = [
      (out, at, length) => kernels.tanh(out, a.byteOffset + at, length),
      (out, at, length) => kernels.add(out, a.byteOffset + at, b.byteOffset + at, length),
      (out, at, length) => kernels.tanhGradient(out, a.byteOffset + at, b.byteOffset + at, length),
      (out, at, length) => kernels.affine(out, a.byteOffset + at, length, 1.7, 0.3),
      (out, at, length) => kernels.clamp(out, a.byteOffset + at, length, -0.5, 0.5),
    ];
    for (const kernel of elementwise) {
      const together = apply(n, (out) => kernel(out, 0, n));
      const alone = Array.from({ length: n }, (_, i) => apply(1, (out) => kernel(out, 4 * i, 1))[0]);
      expect([...together]).toEqual(alone);
    }
  });

  it.each([1, 3, 4, 9, 64])('descend by %i elements as float64 does, rounded once', (n) => {
    const random = new SeededRandom(n);
    const [parameters, gradient] = [put(engine, uniform(random, n)), put(engine, uniform(random, n))];
    const expected = parameters.map((x, i) => x - 0.01 * gradient[i]!);
    kernels.descend(parameters.byteOffset, gradient.byteOffset, n, 0.01);
    expect([...parameters]).toEqual([...expected]);
  });

  it('sum a million floats to nearly float64 accuracy', () => {
    const random = new SeededRandom(3);
    const x = free.subarray(0, 1_000_001).map(() => Math.fround(random.uniform()));
    free.set(x);
    const expected = x.reduce((sum, value) => sum + value, 0);
    expect(Math.abs(kernels.sum(free.byteOffset, x.length) / expected - 1)).toBeLessThan(1e-6);
    const squares = x.reduce((sum, value) => sum + value * value, 0);
    expect(Math.abs(kernels.sumOfSquares(free.byteOffset, x.length) / squares - 1)).toBeLessThan(1e-6);
  });
});
