import fc from 'fast-check';
import { SeededRandom } from './seeded-random.js';

const first = (random: SeededRandom, count = 4) => Array.from({ length: count }, () => random.uniform());

describe('SeededRandom', () => {
  it('repeats its sequence for the same parts and gives another for others', () => {
    expect(first(new SeededRandom(7, 'du-1', 3))).toEqual(first(new SeededRandom(7, 'du-1', 3)));
    const others = [
      [7, 'du-1', 4],
      [7, 'du-13'],
      ['7', 'du-1', 3],
      [7, 'du-', 13],
      [8, 'du-1', 3],
    ];
    const sequences = others.map((parts) => first(new SeededRandom(...parts)).join());
    expect(new Set([...sequences, first(new SeededRandom(7, 'du-1', 3)).join()]).size).toBe(6);
  });

  it('is uniform and Gaussian to within what 20,000 draws can tell', () => {
    const random = new SeededRandom('moments');
    const moments = (draw: () => number) => {
      const values = Array.from({ length: 20_000 }, draw);
      const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
      return { mean, variance: values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length };
    };
    const uniform = moments(() => random.uniform());
    expect(uniform.mean).toBeCloseTo(0.5, 1.9);
    expect(uniform.variance).toBeCloseTo(1 / 12, 2);
    const normal = moments(() => random.normal());
    expect(Math.abs(normal.mean)).toBeLessThan(0.03);
    expect(Math.abs(normal.variance - 1)).toBeLessThan(0.04);
  });

  it('is uncorrelated between seeds that differ in a round only', () => {
    const draws = Array.from({ length: 2_000 }, (_, round) => new SeededRandom(1, 'du-1', round).uniform());
    let covariance = 0;
    for (let i = 1; i < draws.length; i++) covariance += (draws[i]! - 0.5) * (draws[i - 1]! - 0.5);
    expect(Math.abs((covariance / draws.length) * 12)).toBeLessThan(0.08);
  });

  it('draws different numbers, each as likely as the other', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), fc.string(), (a, b, seed) => {
        const [size, count] = [Math.min(a, b), Math.max(a, b)];
        const drawn = [...new SeededRandom(seed).distinct(count, size)];
        expect(new Set(drawn).size).toBe(size);
        expect(drawn.every((n) => n >= 0 && n < count)).toBe(true);
      }),
    );
    const counts = new Array<number>(5).fill(0);
    for (let i = 0; i < 5_000; i++)
      for (const n of new SeededRandom('pairs', i).distinct(5, 2)) counts[n]! += 1;
    for (const count of counts) expect(Math.abs(count - 2_000)).toBeLessThan(160);
    expect(() => new SeededRandom(1).distinct(2, 3)).toThrow('3 different numbers below 2');
  });
});
