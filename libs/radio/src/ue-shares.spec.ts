import fc from 'fast-check';

import { Candidates } from './candidates.js';
import { FIELD, FIELD_BITS, FIELD_COUNT } from './counters.js';
import { UePriority } from './ue-priority.js';
import { UeShares } from './ue-shares.js';

interface Waiting {
  readonly need: number;
  readonly weight: number;
}

function candidatesOf(ues: readonly Waiting[]): Candidates {
  const candidates = new Candidates(ues.length);
  ues.forEach(({ need }, i) => {
    candidates.ue[i] = i;
    candidates.need[i] = need;
  });
  return candidates;
}

function setUp(ues: readonly Waiting[]): { shares: UeShares; granted: Int32Array } {
  const candidates = candidatesOf(ues);
  const fields = new Float64Array(ues.length * FIELD_COUNT);
  ues.forEach(({ weight }, i) => (fields[(i << FIELD_BITS) + FIELD.weight] = weight));
  return { shares: new UeShares(candidates, fields), granted: candidates.granted };
}

const waiting = fc.array(
  fc.record({ need: fc.integer({ min: 1, max: 60 }), weight: fc.double({ min: 0, max: 10, noNaN: true }) }),
  { minLength: 1, maxLength: 120 },
);

describe('PRBs of the UEs by weight', () => {
  it('give the whole budget, to nobody more than it needs', () => {
    fc.assert(
      fc.property(waiting, fc.double({ min: 0, max: 1, noNaN: true }), (ues, load) => {
        const total = ues.reduce((sum, { need }) => sum + need, 0);
        const budget = Math.floor(total * load);
        const { shares, granted } = setUp(ues);
        for (let slot = 0; slot < 3; slot++) {
          shares.share(0, ues.length, budget);
          expect(granted.reduce((a, b) => a + b, 0)).toBe(budget);
          ues.forEach(({ need }, i) => {
            expect(granted[i] as number).toBeGreaterThanOrEqual(0);
            expect(granted[i] as number).toBeLessThanOrEqual(need);
          });
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('are proportional to weight, to a PRB each slot and exactly over time', () => {
    const weights = [5, 3, 1, 0.5, 0.3, 0.2];
    const { shares, granted } = setUp(weights.map((weight) => ({ weight, need: 1000 })));
    const sums = new Float64Array(weights.length);
    const slots = 1000;
    for (let slot = 0; slot < slots; slot++) {
      shares.share(0, weights.length, 4);
      weights.forEach((weight, i) => {
        expect(Math.abs((granted[i] as number) - (4 * weight) / 10)).toBeLessThanOrEqual(1);
        sums[i] = (sums[i] as number) + (granted[i] as number);
      });
    }
    weights.forEach((weight, i) => expect((sums[i] as number) / slots).toBeCloseTo((4 * weight) / 10, 2));
  });

  it('hand on what a satisfied UE leaves', () => {
    const { shares, granted } = setUp([
      { weight: 100, need: 2 },
      { weight: 1, need: 50 },
      { weight: 3, need: 50 },
    ]);
    shares.share(0, 3, 42);
    expect([...granted]).toEqual([2, 10, 30]);
  });

  it('take turns when equal', () => {
    const { shares, granted } = setUp(Array.from({ length: 7 }, () => ({ weight: 4, need: 9 })));
    shares.isWeighted = false;
    const sums = new Int32Array(7);
    for (let slot = 0; slot < 7; slot++) {
      shares.share(0, 7, 3);
      granted.forEach((prbs, i) => (sums[i] = (sums[i] as number) + prbs));
    }
    expect([...sums]).toEqual([3, 3, 3, 3, 3, 3, 3]);
  });

  it('serve a weight of nothing only when nobody else waits', () => {
    const { shares, granted } = setUp([
      { weight: 0, need: 10 },
      { weight: 1, need: 10 },
    ]);
    shares.share(0, 2, 10);
    expect([...granted]).toEqual([0, 10]);
    shares.share(0, 2, 15);
    expect([...granted]).toEqual([5, 10]);
  });
});

it('PRBs by priority go to the highest metric first', () => {
  fc.assert(
    fc.property(waiting, fc.nat(800), (ues, budget) => {
      const candidates = candidatesOf(ues);
      const { granted } = candidates;
      const priority = new UePriority(candidates);
      ues.forEach(({ weight }, i) => (priority.metric[i] = weight));
      priority.share(0, ues.length, budget);
      let left = budget;
      const order = ues
        .map((_, i) => i)
        .sort((a, b) => (ues[b]?.weight ?? 0) - (ues[a]?.weight ?? 0) || a - b);
      for (const i of order) {
        const expected = Math.min(left, ues[i]?.need ?? 0);
        expect(granted[i]).toBe(expected);
        left -= expected;
      }
    }),
    { numRuns: 500 },
  );
});
