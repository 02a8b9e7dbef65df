import fc from 'fast-check';
import { SLICE_TYPES } from '@ricochet/ran-types';
import { ue } from '../observation/observations.fixture.js';
import { softmaxWeights } from './low-action.js';

describe('softmaxWeights', () => {
  it('is a softmax inside each slice', () => {
    const weights = softmaxWeights([ue('eMBB'), ue('URLLC'), ue('eMBB')], [0, 5, Math.log(3)]);
    expect(weights).toEqual([0.25, 1, 0.75]);
  });

  it('stays positive and adds up to 1 in each slice, however far apart the scores', () => {
    const scored = fc.array(
      fc.tuple(fc.constantFrom(...SLICE_TYPES), fc.float({ min: -1e6, max: 1e6, noNaN: true })),
      { minLength: 1, maxLength: 50 },
    );
    fc.assert(
      fc.property(scored, (list) => {
        const weights = softmaxWeights(
          list.map(([type]) => ue(type)),
          list.map(([, score]) => score),
        );
        for (const type of new Set(list.map(([each]) => each))) {
          const own = weights.filter((_, index) => list[index]?.[0] === type);
          expect(Math.min(...own)).toBeGreaterThan(0);
          expect(own.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 3);
        }
      }),
    );
  });
});
