import { RandomStreams } from './random-streams.js';
import { exponentialOf, NORMAL_SIZE, NORMAL_TABLE, normalQuantile } from './random-tables.js';

function draws(seed: number, purpose: number, stream: number): number[] {
  const streams = new RandomStreams(4, seed, purpose);
  return Array.from({ length: 8 }, () => streams.bits(stream));
}

describe('random streams', () => {
  it('repeat with the seed and differ with seed, purpose and stream', () => {
    expect(draws(1, 2, 3)).toEqual(draws(1, 2, 3));
    const families = [
      draws(1, 2, 3),
      draws(2, 2, 3),
      draws(1, 3, 3),
      draws(1, 2, 0),
      draws(1 + 2 ** 33, 2, 3),
    ];
    expect(new Set(families.map(String)).size).toBe(families.length);
  });

  it('are the published xoshiro128** from a known state', () => {
    const streams = new RandomStreams(1, 0, 0);
    streams.state.set([1, 2, 3, 4]);
    // reference implementation by Blackman and Vigna, state {1, 2, 3, 4}
    expect(Array.from({ length: 4 }, () => streams.bits(0) >>> 0)).toEqual([11520, 0, 5927040, 70819200]);
  });

  it('do not disturb each other', () => {
    const alone = new RandomStreams(2, 5, 1);
    const mixed = new RandomStreams(2, 5, 1);
    const expected = [alone.bits(0), alone.bits(0)];
    const first = mixed.bits(0);
    mixed.bits(1);
    expect([first, mixed.bits(0)]).toEqual(expected);
  });

  it('have the moments of their distributions', () => {
    const streams = new RandomStreams(1, 9, 1);
    const n = 200_000;
    let [uniform, normal, power, exponential] = [0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      uniform += streams.unit(0);
      const value = streams.normal(0);
      normal += value;
      power += value * value;
      exponential += streams.exponential(0);
    }
    expect(uniform / n).toBeCloseTo(0.5, 2);
    expect(Math.abs(normal / n)).toBeLessThan(0.01);
    expect(power / n).toBeCloseTo(1, 1.7);
    expect(exponential / n).toBeCloseTo(1, 1.7);
  });
});

describe('random tables', () => {
  it('hold a standard normal with mean 0 and variance 1', () => {
    const mean = NORMAL_TABLE.reduce((a, b) => a + b, 0) / NORMAL_SIZE;
    const variance = NORMAL_TABLE.reduce((a, b) => a + b * b, 0) / NORMAL_SIZE;
    expect(Math.abs(mean)).toBeLessThan(1e-6);
    expect(variance).toBeCloseTo(1, 6);
  });

  it('have the published quantiles of the normal distribution', () => {
    expect(normalQuantile(0.5)).toBeCloseTo(0, 9);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963985, 7);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306, 7);
    expect(normalQuantile(0.8413447461)).toBeCloseTo(1, 7);
  });

  it('give exponentials of mean 1 with a memoryless tail', () => {
    const streams = new RandomStreams(1, 3, 1);
    const n = 300_000;
    let sum = 0;
    let squares = 0;
    let beyond = 0;
    for (let i = 0; i < n; i++) {
      let value = 0;
      for (let draw = exponentialOf(streams.bits(0)); ; draw = exponentialOf(streams.bits(0))) {
        value += Math.abs(draw);
        if (draw >= 0) break;
      }
      sum += value;
      squares += value * value;
      if (value > 8) beyond++;
    }
    expect(sum / n).toBeCloseTo(1, 1.9);
    expect(Math.abs(squares / n - 2)).toBeLessThan(0.04);
    expect(beyond / n / Math.exp(-8)).toBeGreaterThan(0.7);
    expect(beyond / n / Math.exp(-8)).toBeLessThan(1.3);
  });
});
