import fc from 'fast-check';
import { SLICE_TYPES, type SliceType, sNssaiOf } from '@ricochet/ran-types';
import type { SliceObservation } from '../observation/slice-observation.js';
import { quotaOf } from '../quota.js';
import { slice as aSlice } from '../observation/observations.fixture.js';
import { sharesOfAction } from './high-action.js';

const slice = (type: SliceType, need = 0, snssai = sNssaiOf(type)): SliceObservation =>
  aSlice(type, { snssai, arrivalNeed: need / 4, backlogNeed: (3 * need) / 4 });

const near = (values: readonly number[]) => values.map((value): unknown => expect.closeTo(value, 9));

describe('sharesOfAction', () => {
  it('follows the order of the report', () => {
    const slices = [slice('URLLC'), slice('eMBB'), slice('mMTC')];
    expect(sharesOfAction([0.5, 0.3, 0.2], slices)).toEqual(near([0.2, 0.5, 0.3]));
  });

  it('divides a share among the slices of a type by need', () => {
    const slices = [slice('eMBB', 0.1), slice('eMBB', 0.3, { sst: 9 }), slice('URLLC', 5)];
    expect(sharesOfAction([0.8, 0, 0.2], slices)).toEqual(near([0.2, 0.6, 0.2]));
    const idle = [slice('eMBB'), slice('eMBB', 0, { sst: 9 }), slice('URLLC', 5)];
    expect(sharesOfAction([0.8, 0, 0.2], idle)).toEqual(near([0.4, 0.4, 0.2]));
  });

  it('hands the share of a missing type to the others in proportion', () => {
    expect(sharesOfAction([0.2, 0.6, 0.2], [slice('eMBB'), slice('URLLC')])).toEqual(near([0.5, 0.5]));
    expect(sharesOfAction([0, 1, 0], [slice('eMBB'), slice('URLLC')])).toEqual(near([0.5, 0.5]));
    expect(sharesOfAction([0, 1, 0], [])).toEqual([]);
  });

  test.each([[[NaN, 1, 1]], [[1, -0.1, 1]], [[1, 1, Infinity]], [[1, 1]]])(
    'makes no split of %p',
    (action) => {
      expect(sharesOfAction(action, [slice('eMBB')])).toEqual([NaN]);
    },
  );

  it('of any action is a split that becomes ratios', () => {
    const action = fc.tuple(...SLICE_TYPES.map(() => fc.float({ min: 0, max: 1, noNaN: true })));
    const reported = fc.array(fc.tuple(fc.constantFrom(...SLICE_TYPES), fc.nat(5)), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(action, reported, (shares, list) => {
        const slices = list.map(([type, need], index) => slice(type, need, { sst: index }));
        const ratios = quotaOf(sharesOfAction(shares, slices), slices, 'exact');
        expect(ratios.reduce((sum, { minRatio }) => sum + minRatio, 0)).toBe(100);
      }),
    );
  });
});
