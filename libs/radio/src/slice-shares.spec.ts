import fc from 'fast-check';

import { type SliceQuota } from './radio-config.js';
import { SliceShares } from './slice-shares.js';

const PRBS = [25, 100, 106, 273] as const;

const quota = fc
  .tuple(fc.nat(100), fc.nat(100), fc.nat(100))
  .map((ratios) => [...ratios].sort((a, b) => a - b) as [number, number, number])
  .map(([dedicatedRatio, minRatio, maxRatio]): SliceQuota => ({ dedicatedRatio, minRatio, maxRatio }));

/** Three quotas whose minima fit on one carrier. */
const quotas = fc
  .tuple(quota, quota, quota)
  .filter((all) => all.reduce((sum, { minRatio }) => sum + minRatio, 0) <= 100);
const demand = fc.tuple(fc.nat(400), fc.nat(400), fc.nat(400));

function granted(prbs: number, set: readonly SliceQuota[], asked: readonly number[]): number[] {
  const shares = new SliceShares(2, prbs);
  set.forEach((each, s) => shares.set(3 + s, each));
  shares.share(1, Float64Array.from(asked));
  return [...shares.granted];
}

describe('PRBs of the slices', () => {
  it('honour minimum, maximum and dedicated under every load', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PRBS), quotas, demand, (prbs, set, asked) => {
        const got = granted(prbs, set, asked);
        const total = got.reduce((a, b) => a + b, 0);
        let reserved = 0;
        for (const [s, { minRatio, maxRatio, dedicatedRatio }] of set.entries()) {
          const [own, want] = [got[s] as number, asked[s] as number];
          const min = Math.floor((minRatio * prbs) / 100);
          expect(own).toBeLessThanOrEqual(want);
          expect(own).toBeGreaterThanOrEqual(Math.min(want, min));
          expect(own).toBeLessThanOrEqual(
            Math.max(Math.floor((maxRatio * prbs) / 100), Math.ceil((minRatio * prbs) / 100)),
          );
          reserved += Math.max(0, Math.floor((dedicatedRatio * prbs) / 100) - own);
        }
        expect(total + reserved).toBeLessThanOrEqual(prbs);
      }),
      { numRuns: 2000 },
    );
  });

  it('leave nothing unused that a slice wants and may have', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PRBS), quotas, demand, (prbs, set, asked) => {
        const free = set.map((each) => ({ ...each, dedicatedRatio: 0 }));
        const got = granted(prbs, free, asked);
        const total = got.reduce((a, b) => a + b, 0);
        const isServed = free.every(({ maxRatio }, s) => {
          const cap = Math.floor((maxRatio * prbs) / 100);
          return (got[s] as number) >= Math.min(asked[s] as number, cap);
        });
        expect(isServed || total === prbs).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('share a hundred PRBs by the exact ratios when every slice wants more', () => {
    const exact = [46, 23, 31].map((ratio) => ({ minRatio: ratio, maxRatio: ratio, dedicatedRatio: 0 }));
    expect(granted(100, exact, [500, 500, 500])).toEqual([46, 23, 31]);
    expect(granted(100, exact, [500, 5, 500])).toEqual([46, 5, 31]);
  });

  it('lend an idle minimum, but not a dedicated share', () => {
    const lend = [
      { minRatio: 60, maxRatio: 100, dedicatedRatio: 20 },
      { minRatio: 40, maxRatio: 100, dedicatedRatio: 0 },
      { minRatio: 0, maxRatio: 100, dedicatedRatio: 0 },
    ];
    expect(granted(100, lend, [0, 300, 0])).toEqual([0, 80, 0]);
    expect(granted(100, lend, [300, 300, 300])).toEqual([60, 40, 0]);
  });

  it('never give out more than the carrier while minima add up to more', () => {
    const shares = new SliceShares(1, 100);
    for (let s = 0; s < 3; s++) shares.set(s, { minRatio: 80, maxRatio: 100, dedicatedRatio: 0 });
    shares.share(0, Float64Array.of(100, 100, 100));
    expect([...shares.granted]).toEqual([80, 20, 0]);
  });
});
