import fc from 'fast-check';
import { rrmPolicyRatioFault, sNssaiOf, SLICE_TYPES } from '@ricochet/ran-types';
import { quotaOf } from './quota.js';

const SLICES = SLICE_TYPES.map((type) => ({ snssai: sNssaiOf(type) }));
const anyShare = fc.double({ min: 0, max: 1, noNaN: true });
const anyShares = fc.tuple(anyShare, anyShare, anyShare).filter((shares) => shares.some((s) => s > 1e-9));

describe('quotaOf', () => {
  it('gives ratios that may be in force together and whose minima add up to 100', () => {
    fc.assert(
      fc.property(anyShares, fc.constantFrom('exact' as const, 'lend' as const), (shares, mode) => {
        const ratios = quotaOf(shares, SLICES, mode);
        expect(rrmPolicyRatioFault(ratios)).toBeUndefined();
        expect(ratios.reduce((sum, { minRatio }) => sum + minRatio, 0)).toBe(100);
        for (const { minRatio, maxRatio } of ratios) expect(maxRatio).toBe(mode === 'exact' ? minRatio : 100);
      }),
    );
  });

  it('is less than one percent off any share', () => {
    fc.assert(
      fc.property(anyShares, (shares) => {
        const total = shares.reduce((sum, share) => sum + share, 0);
        quotaOf(shares, SLICES, 'exact').forEach(({ minRatio }, index) => {
          expect(Math.abs(minRatio - (100 * (shares[index] ?? 0)) / total)).toBeLessThan(1);
        });
      }),
    );
  });

  it('breaks ties in favour of the earlier slice', () => {
    const ratios = quotaOf([1 / 3, 1 / 3, 1 / 3], SLICES, 'exact');
    expect(ratios.map(({ minRatio }) => minRatio)).toEqual([34, 33, 33]);
  });

  test.each([[[0, 0, 0]], [[1, NaN, 1]], [[2, -1, 0]], [[1, 1]]])('refuses %p', (shares) => {
    expect(() => quotaOf(shares, SLICES, 'exact')).toThrow(RangeError);
  });
});
