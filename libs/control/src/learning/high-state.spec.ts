import fc from 'fast-check';
import { SLICE_TYPES, type SliceType } from '@ricochet/ran-types';
import { slice } from '../observation/observations.fixture.js';
import { HIGH_STATE_SIZE, highReward, highState } from './high-state.js';

const near = (values: readonly number[]) => values.map((value): unknown => expect.closeTo(value, 6));

const anySlice = (type: SliceType) =>
  fc
    .record({
      qos: fc.double({ min: 0, max: 1, noNaN: true }),
      connectedUes: fc.nat(300),
      quota: fc.double({ min: 0, max: 1, noNaN: true }),
      arrivalNeed: fc.double({ min: 0, max: 1e3, noNaN: true }),
      backlogNeed: fc.double({ min: 0, max: 1e3, noNaN: true }),
    })
    .map((measured) => slice(type, measured));

const anySlices = fc.tuple(...SLICE_TYPES.map(anySlice));

describe('highState', () => {
  it('has the values of each type, then the totals', () => {
    const state = highState([
      slice('eMBB', { qos: 0.8, connectedUes: 6, quota: 0.5, arrivalNeed: 0.6, backlogNeed: 3 }),
      slice('mMTC', { qos: 0.9, connectedUes: 12, quota: 0.3, arrivalNeed: 0.2, backlogNeed: 0.5 }),
      slice('URLLC', { qos: 0.7, connectedUes: 12, quota: 0.2, arrivalNeed: 0.19, backlogNeed: 1.49 }),
    ]);
    expect([...state]).toEqual(
      near([
        ...[0.8, 0.2, 0.5, 0.6, 2],
        ...[0.9, 0.4, 0.3, 0.2, 0.5],
        ...[0.7, 0.4, 0.2, 0.19, 1.49],
        ...[0, Math.log(5), -0.01, 3],
      ]),
    );
  });

  it('sees several slices of a type as one, and nothing of a type that is missing', () => {
    const other = { ...slice('eMBB', { qos: 0.5, quota: 0.1, arrivalNeed: 0.2 }), snssai: { sst: 9 } };
    const state = highState([slice('eMBB', { arrivalNeed: 0.1 }), other, slice('URLLC')]);
    expect([...state.subarray(0, 15)]).toEqual(
      near([...[0.75, 2 / 3, 0.4, 0.3, 0], ...[0, 0, 0, 0, 0], ...[1, 1 / 3, 0.3, 0, 0]]),
    );
  });

  it('does not depend on the order of the report', () => {
    fc.assert(
      fc.property(anySlices, (slices) => {
        expect(highState(slices.toReversed())).toEqual(highState(slices));
      }),
    );
  });

  it('is finite and bounded, however great the load', () => {
    fc.assert(
      fc.property(anySlices, (slices) => {
        const state = highState(slices);
        expect(state).toHaveLength(HIGH_STATE_SIZE);
        for (const value of state) expect(Math.abs(value)).toBeLessThanOrEqual(9);
      }),
    );
  });

  it('of no slices is that of an idle carrier', () => {
    expect([...highState([])]).toEqual(
      near([...Array<number>(15).fill(0), Math.log(0.01), Math.log(0.01), -1, -1]),
    );
  });
});

describe('highReward', () => {
  it('is the mean over the types, not over the slices', () => {
    const slices = [slice('eMBB', { qos: 0.5 }), slice('eMBB', { qos: 0.7 }), slice('URLLC', { qos: 0.2 })];
    expect(highReward(slices)).toBeCloseTo(0.4, 12);
    expect(highReward([])).toBe(1);
  });

  it('stays in 0..1 whatever a node calls quality', () => {
    expect(highReward([slice('eMBB', { qos: 7 }), slice('URLLC', { qos: -1 })])).toBe(0.5);
  });
});
