import fc from 'fast-check';
import { SLICE_TYPES, type SliceType } from '@ricochet/ran-types';
import type { Sla, SliceKpis } from '@ricochet/scenario';
import type { SliceObservation } from '../observation/slice-observation.js';
import { SHARE_FLOOR, type SplitRule } from '../split/split-rule.js';
import { createSplitRule } from '../split/split-rules.js';
import { slice as aSlice } from '../observation/observations.fixture.js';
import { SplitShield } from './split-shield.js';

const slice = (type: SliceType, connectedUes = 10): SliceObservation =>
  aSlice(type, { connectedUes, offeredKbit: 10, deliveredKbit: 10, arrivalNeed: 0.1 });

const SLICES = SLICE_TYPES.map((type) => slice(type));
const SAFE: SplitRule = { decide: () => [0.2, 0.3, 0.5] };
const SLA: Sla = { URLLC: { maxDelayMs: 10 }, eMBB: { minQos: 0.5 } };

/** One period: traffic everywhere, the given delay of URLLC and quality of eMBB. */
function kpis(delayMs: number, qos = 1): SliceKpis[] {
  const traffic = { 'DRB.PdcpSduVolumeDL': 10, 'RCT.BufferDl': 0 };
  return [{ ...traffic, 'RCT.QosDl': qos }, traffic, { ...traffic, 'RCT.PacketDelayDl.Max': delayMs }];
}

const near = (values: readonly number[]) => values.map((value): unknown => expect.closeTo(value, 9));
const fine = { slices: SLICES, kpis: kpis(1) };
const late = { slices: SLICES, kpis: kpis(11) };

describe('SplitShield', () => {
  it('lets a sound proposal stand, made to add up to 1', () => {
    const shield = new SplitShield({ sla: SLA, fallback: SAFE });
    expect(shield.decide([6, 3, 1], fine)).toEqual({ shares: near([0.6, 0.3, 0.1]), interventions: [] });
    expect(shield.counts).toEqual({ invalid: 0, floor: 0, sla: 0 });
  });

  test.each([[[NaN, 0.5, 0.5]], [[-0.1, 0.6, 0.5]], [[Infinity, 0.5, 0.5]], [[0, 0, 0]], [[0.5, 0.5]], [[]]])(
    'puts the fallback split in place of %p',
    (proposal) => {
      const shield = new SplitShield({ sla: SLA, fallback: SAFE });
      const { shares, interventions } = shield.decide(proposal, fine);
      expect(shares).toEqual([0.2, 0.3, 0.5]);
      expect(interventions).toEqual([
        { kind: 'invalid', reason: `the action [${proposal.join(', ')}] is no split of 3 slices` },
      ]);
      expect(shield.counts).toEqual({ invalid: 1, floor: 0, sla: 0 });
    },
  );

  it('keeps the floor of slices with UEs, at the expense of what others have above theirs', () => {
    const shield = new SplitShield({ sla: SLA, fallback: SAFE });
    const { shares, interventions } = shield.decide([0.01, 0.99, 0], fine);
    expect(shares).toEqual(near([0.02, 0.96, 0.02]));
    expect(interventions.map(({ kind, snssai }) => [kind, snssai])).toEqual([
      ['floor', { sst: 1 }],
      ['floor', { sst: 2 }],
    ]);
    const slices = [slice('eMBB'), slice('mMTC', 0), slice('URLLC')];
    expect(shield.decide([0.5, 0, 0.5], { ...fine, slices }).shares).toEqual([0.5, 0, 0.5]);
  });

  it('guards a slice from its third violation on until it has held its SLA', () => {
    const shield = new SplitShield({ sla: SLA, fallback: SAFE, releaseAfter: 2 });
    const proposal = [0.5, 0.4, 0.1];
    const urllc = (period: typeof fine) => shield.decide(proposal, period).shares[2];
    const played = [late, late, fine, late, late, late, late, fine, late, fine, fine, late].map(urllc);
    const [free, guarded] = [expect.closeTo(0.1, 9), expect.closeTo(0.5, 9)] as unknown[];
    expect(played).toEqual([
      ...[free, free, free, free, free],
      ...[guarded, guarded, guarded, guarded, guarded],
      ...[free, free],
    ]);
    expect(shield.counts).toEqual({ invalid: 0, floor: 0, sla: 5 });
  });

  it('takes what a guarded slice needs from the others alone, and says so', () => {
    const shield = new SplitShield({ sla: SLA, fallback: SAFE, guardAfter: 1 });
    const { shares, interventions } = shield.decide([0.52, 0.27, 0.21], late);
    // Above the floor eMBB has .5 and mMTC .25; of the carrier, 1 - .5 - .04 = .46 is free.
    expect(shares).toEqual(near([0.02 + (0.46 * 2) / 3, 0.02 + 0.46 / 3, 0.5]));
    expect(interventions).toEqual([
      {
        kind: 'sla',
        snssai: { sst: 2 },
        reason: 'slice 2 violates its SLA for 1 periods: 21.0 % raised to 50.0 %',
      },
    ]);
    expect(shield.decide([0.2, 0.2, 0.6], late)).toEqual({
      shares: near([0.2, 0.2, 0.6]),
      interventions: [],
    });
  });

  it('gives the fallback split when all are under guard and all get too little but one', () => {
    const sla: Sla = { eMBB: { minQos: 1 }, mMTC: { minQos: 1 }, URLLC: { minQos: 1 } };
    const starved = { slices: SLICES, kpis: SLICES.map(() => ({ 'RCT.BufferDl': 9, 'RCT.QosDl': 0 })) };
    const shield = new SplitShield({ sla, fallback: SAFE, guardAfter: 1 });
    expect(shield.decide([1, 0, 0], starved).shares).toEqual(near([0.2, 0.3, 0.5]));
  });

  it('forgets a slice that is not reported any more, and decides nothing for none', () => {
    const shield = new SplitShield({ sla: SLA, fallback: createSplitRule('urllc-first', { seed: 1 }) });
    for (let period = 0; period < 3; period++) shield.decide([0.5, 0.4, 0.1], late);
    expect(shield.decide([], { slices: [], kpis: [] })).toEqual({ shares: [], interventions: [] });
    expect(shield.decide([0.5, 0.4, 0.1], late).interventions).toEqual([]);
  });

  it('always hands out the whole carrier, keeps every floor and helps whom it guards; repeats itself', () => {
    const value = fc.oneof(fc.double({ min: 0, max: 1 }), fc.constantFrom(0, -1, NaN, Infinity));
    const period = fc.record({
      proposal: fc.tuple(value, value, value),
      delayMs: fc.constantFrom(1, 11),
      qos: fc.constantFrom(0.4, 0.6),
    });
    fc.assert(
      fc.property(fc.array(period, { maxLength: 20 }), (periods) => {
        const play = () => {
          const shield = new SplitShield({ sla: SLA, fallback: createSplitRule('need', { seed: 1 }) });
          return periods.map(({ proposal, delayMs, qos }) =>
            shield.decide(proposal, { slices: SLICES, kpis: kpis(delayMs, qos) }),
          );
        };
        const played = play();
        for (const { shares } of played) {
          expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
          for (const share of shares) expect(share).toBeGreaterThanOrEqual(SHARE_FLOOR - 1e-9);
        }
        periods.forEach((_, last) => {
          const latest = periods.slice(Math.max(0, last - 2), last + 1);
          if (latest.length < 3 || latest.some(({ delayMs }) => delayMs < 10)) return;
          expect(played[last]?.shares[2]).toBeGreaterThanOrEqual(1 / 3 - 1e-8);
        });
        expect(play()).toEqual(played);
      }),
    );
  });
});
