import fc from 'fast-check';
import { SLICE_TYPES, sNssaiOf } from '@ricochet/ran-types';
import type { UeObservation } from '../observation/ue-observation.js';
import { ue as anUe } from '../observation/observations.fixture.js';
import { BASE_WEIGHT_AT, lowState, UE_FEATURES } from './low-state.js';

const ue = (measured: Partial<UeObservation> = {}): UeObservation =>
  anUe('eMBB', { spectralEfficiency: 3.7, ...measured });

const near = (values: readonly number[]) => values.map((value): unknown => expect.closeTo(value, 6));

const anyUe = fc
  .record({
    type: fc.constantFrom(...SLICE_TYPES),
    bufferKbit: fc.nat(1e5),
    offeredKbit: fc.nat(1e5),
    deliveredKbit: fc.nat(1e5),
    spectralEfficiency: fc.double({ min: 0.1, max: 7.4, noNaN: true }),
    holDelayMs: fc.double({ min: 0, max: 1e5, noNaN: true }),
  })
  .map(({ type, ...measured }) => ue({ snssai: sNssaiOf(type), ...measured }));

describe('lowState', () => {
  it('tells needs in percent of the carrier times N/30', () => {
    // 20 MHz for 10 ms at 3.7 bit/s/Hz carries 740 kbit: 74 kbit are 10 % of the carrier, 37 kbit are 5 %.
    const first = ue({ bufferKbit: 74, offeredKbit: 37, deliveredKbit: 18.5, holDelayMs: 20 });
    const second = ue({ snssai: sNssaiOf('URLLC'), holDelayMs: 1000, deliveredKbit: 1 });
    const { features, groups, groupCount, count } = lowState(
      [first, second, ue()],
      [
        { snssai: sNssaiOf('eMBB'), quota: 0.6 },
        { snssai: sNssaiOf('URLLC'), quota: 0.1 },
      ],
    );
    expect([...features]).toEqual(
      near([
        ...[Math.log(2) / 2, Math.log(1.5) / 2, 0.5, 0.5, 0.4, 0.6, Math.log(1.25) / 2, 1, 0, 0],
        ...[0, 0, 0.5, 2, 2, 0.1, 0, 0, 0, 1],
        ...[0, 0, 0.5, 1, 0, 0.6, Math.log(1.25) / 2, 1, 0, 0],
      ]),
    );
    expect([...groups]).toEqual([0, 1, 0]);
    expect({ groupCount, count }).toEqual({ groupCount: 2, count: 3 });
  });

  it('keeps slices of one type apart and takes an unknown one for best effort without quota', () => {
    const other = ue({ snssai: { sst: 1, sd: '000001' }, bufferKbit: 7.4 });
    const { features, groups } = lowState(
      [ue(), other, ue({ snssai: { sst: 77 } })],
      [{ snssai: { sst: 1 }, quota: 0.5 }],
    );
    expect([...groups]).toEqual([0, 1, 2]);
    expect([...features.subarray(UE_FEATURES + 5, 2 * UE_FEATURES)]).toEqual(
      near([0, Math.log(1.5) / 2, 1, 0, 0]),
    );
    expect([...features.subarray(2 * UE_FEATURES + 7)]).toEqual([1, 0, 0]);
  });

  it('tells half the logarithm of a base weight over the mean weight of its slice', () => {
    const ues = [ue(), ue({ snssai: sNssaiOf('URLLC') }), ue()];
    const { features, groups } = lowState(ues, [], { baseWeights: [0.75, 1, 0.25] });
    const plain = lowState(ues, []);
    expect(features).toHaveLength(ues.length * (UE_FEATURES + 1));
    [1.5, 1, 0.5].forEach((relative, place) => {
      const row = features.subarray(place * (UE_FEATURES + 1), (place + 1) * (UE_FEATURES + 1));
      expect(row[BASE_WEIGHT_AT]).toBeCloseTo(Math.log(relative) / 2, 6);
      const plainRow = plain.features.subarray(place * UE_FEATURES, (place + 1) * UE_FEATURES);
      expect(row.subarray(0, UE_FEATURES)).toEqual(plainRow);
    });
    expect(groups).toEqual(plain.groups);
  });

  it('does not change when all UEs come k-fold, each with a k-th of the traffic', () => {
    fc.assert(
      fc.property(
        fc.array(anyUe, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 2, max: 5 }),
        (ues, k) => {
          const parts = ues.map((each) => ({
            ...each,
            bufferKbit: each.bufferKbit / k,
            offeredKbit: each.offeredKbit / k,
            deliveredKbit: each.deliveredKbit / k,
          }));
          const many = Array.from({ length: k }, () => parts).flat();
          const { features } = lowState(many, []);
          expect([...features.subarray(0, ues.length * UE_FEATURES)]).toEqual(
            [...lowState(ues, []).features].map((value): unknown => expect.closeTo(value, 4)),
          );
        },
      ),
    );
  });

  it('is finite, not negative and below 10', () => {
    fc.assert(
      fc.property(fc.array(anyUe, { maxLength: 8 }), (ues) => {
        for (const value of lowState(ues, []).features) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThan(10);
        }
      }),
    );
  });
});
