import fc from 'fast-check';
import { SHARE_FLOOR } from '../split/split-rule.js';
import { shifted, shiftsOf, splitLattice } from './split-lattice.js';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('splitLattice', () => {
  it.each([
    [3, 0.5, 6],
    [3, 0.1, 66],
    [2, 0.25, 5],
    [1, 0.1, 1],
  ])('has for %d slices in steps of %d %d splits, all different', (slices, step, count) => {
    const splits = splitLattice(slices, step);
    expect(splits).toHaveLength(count);
    expect(new Set(splits.map(String)).size).toBe(count);
    for (const shares of splits) {
      expect(shares).toHaveLength(slices);
      expect(sum(shares)).toBeCloseTo(1, 12);
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(SHARE_FLOOR);
    }
  });
});

describe('shifted', () => {
  it('moves the step between two slices, and no more than leaves the floor', () => {
    expect(shiftsOf(3)).toHaveLength(6);
    expect(shifted([0.5, 0.3, 0.2], { from: 0, to: 2 }, 0.1)).toEqual([0.4, 0.3, expect.closeTo(0.3)]);
    expect(shifted([0.96, 0.02, 0.02], { from: 1, to: 0 }, 0.1)).toEqual([0.96, 0.02, 0.02]);
    fc.assert(
      fc.property(
        fc.constantFrom(...splitLattice(3, 0.1)),
        fc.constantFrom(...shiftsOf(3)),
        (shares, shift) => {
          const moved = shifted(shares, shift, 0.07);
          expect(sum(moved)).toBeCloseTo(1, 12);
          expect(Math.min(...moved)).toBeGreaterThanOrEqual(SHARE_FLOOR - 1e-12);
        },
      ),
    );
  });
});
