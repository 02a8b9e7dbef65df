import { type SliceQuotaControl } from '@ricochet/contracts';
import { type MeasurementReport } from '@ricochet/ran-types';
import { profiles } from '@ricochet/e2ap';
import { measureQuotaEffect } from './quota-effect.js';
import { quotaMannerOf } from './quota-manner.js';

const PRBS = 100;
const MEASUREMENTS = ['RRU.PrbUsedDl', 'RCT.BufferDl', 'RCT.RrmPolicyMinDl', 'RCT.RrmPolicyMaxDl'];

/** Of a slice: PRBs used, bytes that wait, and the ratios in force. */
type Values = readonly [used: number | null, buffer: number, min: number | null, max: number];

const CONTROL: SliceQuotaControl = {
  kind: 'slice-quota',
  ratios: [
    { snssai: { sst: 1 }, minRatio: 50, maxRatio: 80, dedicatedRatio: 0 },
    { snssai: { sst: 2, sd: '0003e8' }, minRatio: 30, maxRatio: 100, dedicatedRatio: 0 },
  ],
};

function report(first: Values | undefined, second: Values | undefined): MeasurementReport {
  return {
    nodeId: 'node',
    level: 'slice',
    timeMs: 100,
    periodMs: 100,
    measurements: MEASUREMENTS,
    rows: [
      // Rows come in any order, and of other slices too.
      { snssai: { sst: 2 }, values: [1, 0, 0, 100] },
      ...(second ? [{ snssai: { sst: 2, sd: '0003e8' }, values: second }] : []),
      ...(first ? [{ snssai: { sst: 1 }, values: first }] : []),
    ],
  };
}

const BOTH = [
  { of: '1', asked: 0.5, achieved: 0.6 },
  { of: '2-0003e8', asked: 0.3, achieved: 0.4 },
];

describe('measureQuotaEffect', () => {
  it('finds the quotas in force and used', () => {
    const measured = measureQuotaEffect(CONTROL, report([60, 0, 50, 80], [40, 0, 30, 100]), {
      carrierPrbs: PRBS,
    });
    expect(measured).toEqual({ effective: true, shares: BOTH });
  });

  it('is effective when a slice uses less for want of demand, and says so', () => {
    const measured = measureQuotaEffect(CONTROL, report([60, 9, 50, 80], [10, 0, 30, 100]), {
      carrierPrbs: PRBS,
    });
    expect(measured).toMatchObject({ effective: true });
    expect(measured?.reason).toMatch(/want of demand: URLLC$/);
    expect(measured?.shares[1]).toEqual({ of: '2-0003e8', asked: 0.3, achieved: 0.1 });
  });

  it.each([
    [[60, 9, 40, 80] as const, 'slice 1: 40..80 % in force, asked 50..80 %'],
    [[60, 9, 50, 70] as const, 'slice 1: 50..70 % in force, asked 50..80 %'],
    [[60, 9, null, 80] as const, 'slice 1: null..80 % in force, asked 50..80 %'],
  ])('is not effective when other ratios are in force: %j', (first, reason) => {
    const measured = measureQuotaEffect(CONTROL, report(first, [40, 9, 30, 100]), { carrierPrbs: PRBS });
    expect(measured).toMatchObject({ effective: false, reason });
    expect(measured?.shares).toHaveLength(2);
  });

  it('is not effective when a slice uses more than its maximum, but for less than a PRB', () => {
    const used = (prbs: number) =>
      measureQuotaEffect(CONTROL, report([prbs, 9, 50, 80], [40, 9, 30, 100]), { carrierPrbs: PRBS });
    expect(used(81)).toMatchObject({ effective: true });
    expect(used(82)).toMatchObject({
      effective: false,
      reason: 'slice 1 used more than its maximum of 80 %',
    });
  });

  it.each([undefined, [null, 0, 50, 80] as const])(
    'is not effective when a slice is not reported: %j',
    (first) => {
      const measured = measureQuotaEffect(CONTROL, report(first, [40, 9, 30, 100]), { carrierPrbs: PRBS });
      expect(measured).toEqual({
        effective: false,
        cause: 'not-reported',
        reason: 'slice 1 is not reported',
        shares: [{ of: '2-0003e8', asked: 0.3, achieved: 0.4 }],
      });
    },
  );

  it('names every fault', () => {
    const measured = measureQuotaEffect(CONTROL, report(undefined, [40, 9, 0, 100]), { carrierPrbs: PRBS });
    expect(measured?.reason).toBe(
      'slice 1 is not reported; slice 2-0003e8: 0..100 % in force, asked 30..100 %',
    );
  });

  it('tells a control that the node ignores from one in place of which it has another in force', () => {
    const inForce = (minRatio: number) => [{ snssai: { sst: 1 }, minRatio, maxRatio: 80, dedicatedRatio: 0 }];
    const causeAfter = (minRatio: number) =>
      measureQuotaEffect(CONTROL, report([60, 9, 40, 80], [40, 9, 30, 100]), {
        carrierPrbs: PRBS,
        before: inForce(minRatio),
      });
    expect(causeAfter(40)).toMatchObject({
      effective: false,
      cause: 'ignored',
      reason: 'slice 1: 40..80 % in force, asked 50..80 %: ignored by the node',
    });
    expect(causeAfter(45)).toMatchObject({ effective: false, cause: 'other-in-force' });
  });

  describe('says what keeps a slice with more to send at its share', () => {
    const limits = (first: Values, second: Values, dedicated = 0): (string | undefined)[] | undefined => {
      const { rows, measurements, ...rest } = report(first, second);
      const whole = {
        ...rest,
        measurements: [...measurements, 'RCT.RrmPolicyDedicatedDl'],
        rows: rows.map((row) => ({ ...row, values: [...row.values, row.snssai?.sst === 1 ? dedicated : 0] })),
      };
      return measureQuotaEffect(CONTROL, whole, { carrierPrbs: PRBS })?.shares.map(({ limit }) => limit);
    };

    it.each<[string, Values, Values, string | undefined]>([
      ['its own maximum', [80, 9, 50, 80], [20, 0, 30, 100], 'its own maximum'],
      ["others' minima", [59, 9, 50, 80], [40, 0, 30, 100], 'slice 2-0003e8 (min 30 %)'],
      ['the carrier', [59, 9, 50, 80], [40, 0, 0, 100], 'the carrier'],
      ['nothing, where PRBs are left', [40, 9, 50, 80], [40, 0, 30, 100], undefined],
      ['nothing, where nothing waits', [59, 0, 50, 80], [40, 0, 30, 100], undefined],
    ])('%s', (_, first, second, limit) => {
      expect(limits(first, second)?.[0]).toBe(limit);
    });

    it('what is dedicated to others, even when it is idle', () => {
      expect(limits([10, 0, 50, 80], [49, 9, 30, 100], 50)?.[1]).toBe('slice 1 (min 50 %, 50 % dedicated)');
    });

    it('as the reason, when it got less than its minimum', () => {
      const measured = measureQuotaEffect(CONTROL, report([40, 9, 50, 80], [59, 9, 30, 100]), {
        carrierPrbs: PRBS,
      });
      expect(measured).toMatchObject({
        effective: true,
        cause: 'capped',
        reason: 'less used than given: eMBB capped by slice 2-0003e8 (min 30 %)',
      });
    });
  });

  it.each(['RCT.RrmPolicyMinDl', 'RCT.RrmPolicyMaxDl', 'RRU.PrbUsedDl'])(
    'can not tell from a report without %s',
    (missing) => {
      const whole = report([60, 9, 50, 80], [40, 9, 30, 100]);
      const measurements = MEASUREMENTS.map((name) => (name === missing ? 'RRC.ConnMean' : name));
      expect(measureQuotaEffect(CONTROL, { ...whole, measurements }, { carrierPrbs: PRBS })).toBeUndefined();
    },
  );

  it('can not tell when the node did not say how many PRBs it has', () => {
    const whole = report([60, 9, 50, 80], [40, 9, 30, 100]);
    expect(measureQuotaEffect(CONTROL, whole, { carrierPrbs: undefined })).toBeUndefined();
  });

  describe('at a node that applies the maximum alone and does not tell what is in force', () => {
    const manner = quotaMannerOf(profiles['srsran-25.10'], PRBS);
    const measure = (control: SliceQuotaControl, first: number, second: number) =>
      measureQuotaEffect(control, report([first, 0, null, 0], [second, 0, null, 0]), {
        carrierPrbs: PRBS,
        manner,
      });

    it('goes by what was used, and tells the limit', () => {
      expect(measure(CONTROL, 85, 10)).toMatchObject({
        effective: true,
        cause: 'limited',
        reason: 'a srsran-25.10 node applies the maximum ratio alone, no minimum and nothing dedicated',
      });
    });

    it('is not in force where more is used than reckoning can miss by', () => {
      expect(measure(CONTROL, 91, 10)).toMatchObject({ effective: false, cause: 'over-maximum' });
    });

    it('does nothing when minima alone are asked for', () => {
      const ratios = CONTROL.ratios.map((ratio) => ({ ...ratio, maxRatio: 100 }));
      expect(measure({ ...CONTROL, ratios }, 60, 40)).toMatchObject({ effective: false, cause: 'limited' });
    });
  });
});
