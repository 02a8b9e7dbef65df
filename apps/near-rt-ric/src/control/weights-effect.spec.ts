import { type UeWeightsControl } from '@ricochet/contracts';
import { type MeasurementReport } from '@ricochet/ran-types';
import { measureWeightsEffect } from './weights-effect.js';

const CONTROL: UeWeightsControl = {
  kind: 'ue-weights',
  slices: [
    {
      snssai: { sst: 1 },
      weights: [
        { ueId: 4, weight: 0.5 },
        { ueId: 5, weight: 2 },
      ],
    },
    { snssai: { sst: 2 }, weights: [{ ueId: 9, weight: 0 }] },
  ],
};

function report(weights: Readonly<Record<number, number | null>>): MeasurementReport {
  return {
    nodeId: 'node',
    level: 'ue',
    timeMs: 100,
    periodMs: 100,
    measurements: ['RRU.PrbUsedDl', 'RCT.SchedulingWeightDl'],
    rows: Object.entries(weights).map(([ueId, weight]) => ({ ueId: Number(ueId), values: [77, weight] })),
  };
}

describe('measureWeightsEffect', () => {
  it('finds the weights in force', () => {
    expect(measureWeightsEffect(CONTROL, report({ 1: 3, 4: 0.5, 5: 2, 9: 0 }))).toEqual({
      effective: true,
      shares: [
        { of: '1', asked: 1, achieved: 1 },
        { of: '2', asked: 1, achieved: 1 },
      ],
    });
  });

  it('takes a weight that differs in its last decimals alone for the same', () => {
    expect(measureWeightsEffect(CONTROL, report({ 4: 0.5 + 1e-7, 5: 2, 9: 0 }))).toMatchObject({
      effective: true,
    });
    expect(measureWeightsEffect(CONTROL, report({ 4: 0.5001, 5: 2, 9: 0 }))).toMatchObject({
      effective: false,
    });
  });

  it('names the UEs whose weight is another', () => {
    expect(measureWeightsEffect(CONTROL, report({ 4: 1, 5: 2, 9: 0.1 }))).toEqual({
      effective: false,
      cause: 'other-in-force',
      reason: 'UE 4 with another weight in force; UE 9 with another weight in force',
      shares: [
        { of: '1', asked: 1, achieved: 0.5 },
        { of: '2', asked: 1, achieved: 0 },
      ],
    });
  });

  it('names the UEs that are gone', () => {
    expect(measureWeightsEffect(CONTROL, report({ 5: null, 9: 0 }))).toMatchObject({
      effective: false,
      cause: 'ue-gone',
      reason: 'UE 4, 5 gone',
      shares: [{ achieved: 0 }, { achieved: 1 }],
    });
  });

  it('says that the node ignores the control when the weights are those of before', () => {
    const before = report({ 4: 1, 5: 2, 9: 0.1 });
    expect(measureWeightsEffect(CONTROL, report({ 4: 1, 5: 2, 9: 0.1 }), before)).toMatchObject({
      effective: false,
      cause: 'ignored',
      reason: expect.stringMatching(/: ignored by the node$/),
    });
    expect(measureWeightsEffect(CONTROL, report({ 4: 3, 5: 2, 9: 0.1 }), before)).toMatchObject({
      cause: 'other-in-force',
    });
  });

  it('is effective when nothing was asked of a slice', () => {
    const slices = [{ snssai: { sst: 1 }, weights: [] }];
    expect(measureWeightsEffect({ ...CONTROL, slices }, report({}))).toEqual({
      effective: true,
      shares: [{ of: '1', asked: 1, achieved: 1 }],
    });
  });

  it('can not tell from a report without weights', () => {
    const measurements = ['RRU.PrbUsedDl', 'RCT.BufferDl'];
    expect(measureWeightsEffect(CONTROL, { ...report({ 4: 0.5 }), measurements })).toBeUndefined();
  });
});
