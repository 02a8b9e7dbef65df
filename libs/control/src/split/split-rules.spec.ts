import fc from 'fast-check';
import { SLICE_TYPES } from '@ricochet/ran-types';
import type { SliceObservation } from '../observation/slice-observation.js';
import { createSplitRule, SPLIT_RULE_NAMES } from './split-rules.js';
import { slice } from '../observation/observations.fixture.js';
import { SHARE_FLOOR } from './split-rule.js';

const amount = fc.double({ min: 0, max: 1e6, noNaN: true });
const measured = fc.record({
  offeredKbit: amount,
  bufferKbit: amount,
  arrivalNeed: amount,
  backlogNeed: amount,
});
const anySlices = fc
  .tuple(measured, measured, measured)
  .map((each) => SLICE_TYPES.map((type, index) => slice(type, each[index])));

const decide = (name: (typeof SPLIT_RULE_NAMES)[number], slices: readonly SliceObservation[]) =>
  createSplitRule(name, { seed: 1 }).decide(slices);

describe('split rules', () => {
  test.each(SPLIT_RULE_NAMES)('%s hands out the whole carrier and keeps the floor', (name) => {
    fc.assert(
      fc.property(anySlices, (slices) => {
        const shares = decide(name, slices);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
        for (const share of shares) expect(share).toBeGreaterThanOrEqual(SHARE_FLOOR);
      }),
    );
  });

  test.each(SPLIT_RULE_NAMES)('%s decides for any number of slices of any type', (name) => {
    expect(decide(name, [])).toEqual([]);
    for (const type of SLICE_TYPES) {
      expect(decide(name, [slice(type, { arrivalNeed: 0.5 })])).toEqual([expect.closeTo(1, 9)]);
    }
  });

  it('need follows PRBs, demand-proportional bits', () => {
    const slices = [
      slice('eMBB', { offeredKbit: 300, arrivalNeed: 0.1 }),
      slice('URLLC', { offeredKbit: 100, arrivalNeed: 0.2, backlogNeed: 0.1 }),
    ];
    expect(decide('need', slices)).toEqual([expect.closeTo(0.26), expect.closeTo(0.74)]);
    expect(decide('demand-proportional', slices)).toEqual([expect.closeTo(0.74), expect.closeTo(0.26)]);
  });

  it('static-demand hardly follows a surge of one period', () => {
    const rule = createSplitRule('static-demand', { seed: 1 });
    const calm = [slice('eMBB', { arrivalNeed: 0.4 }), slice('URLLC', { arrivalNeed: 0.4 })];
    const surge = [slice('eMBB', { arrivalNeed: 0.8 }), slice('URLLC', { arrivalNeed: 0.4 })];
    for (let period = 0; period < 10; period++) rule.decide(calm);
    expect(rule.decide(surge)[0]).toBeCloseTo(0.5, 1);
  });

  it('urllc-first serves URLLC in full when the carrier is too small for all', () => {
    const overload = [
      slice('eMBB', { arrivalNeed: 3 }),
      slice('mMTC', { arrivalNeed: 1 }),
      slice('URLLC', { arrivalNeed: 0.3 }),
    ];
    const [eMBB, mMTC, urllc] = decide('urllc-first', overload);
    expect(urllc).toBeGreaterThan(0.3);
    expect(mMTC).toBeGreaterThan(0.3);
    expect(eMBB).toBeCloseTo(SHARE_FLOOR);
  });

  it('random repeats for a seed and differs for another', () => {
    const slices = SLICE_TYPES.map((type) => slice(type));
    const sequence = (seed: number) => {
      const rule = createSplitRule('random', { seed });
      return [rule.decide(slices), rule.decide(slices)];
    };
    expect(sequence(3)).toEqual(sequence(3));
    expect(sequence(3)).not.toEqual(sequence(4));
  });
});
