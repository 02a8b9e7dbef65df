import { formatSNssai, rrmPolicyRatioFault, type RrmPolicyRatio } from '@ricochet/ran-types';
import fc from 'fast-check';
import { QuotaArbiter } from './quota-arbiter.js';

const SERVED = [{ sst: 1 }, { sst: 2 }, { sst: 3, sd: '0003e8' }];

const ratio = (slice: number, minRatio: number, maxRatio = 100): RrmPolicyRatio => ({
  snssai: SERVED[slice] ?? { sst: 99 },
  minRatio,
  maxRatio,
  dedicatedRatio: 0,
});

describe('QuotaArbiter', () => {
  it('never lets what is in force over-commit the carrier, whatever is asked', () => {
    const percent = fc.integer({ min: -5, max: 105 });
    const asked = fc.array(
      fc.record({
        snssai: fc.constantFrom(...SERVED, { sst: 9 }),
        minRatio: percent,
        maxRatio: fc.oneof(percent, fc.constant(100)),
        dedicatedRatio: fc.oneof(percent, fc.constant(0)),
      }),
      { minLength: 1, maxLength: 4 },
    );
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 12 }), (requests) => {
        const arbiter = new QuotaArbiter();
        const inForce = new Map<string, RrmPolicyRatio>();
        for (const ratios of requests) {
          if (arbiter.faultOf(ratios, SERVED) !== undefined) continue;
          accepted += 1;
          arbiter.accept(ratios);
          for (const each of ratios) inForce.set(formatSNssai(each.snssai), each);
          expect(rrmPolicyRatioFault([...inForce.values()])).toBeUndefined();
          expect([...inForce.keys()]).not.toContain('9');
        }
      }),
      { numRuns: 500 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it('takes any one sensible quota of a carrier on which nothing is promised', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100), fc.nat(2), (a, b, slice) => {
        const quota = ratio(slice, Math.min(a, b), Math.max(a, b));
        expect(new QuotaArbiter().faultOf([quota], SERVED)).toBeUndefined();
      }),
    );
  });

  it('promises nothing twice while a first asker waits for the node, and gives back what the node refused', () => {
    const arbiter = new QuotaArbiter();
    const settle = arbiter.accept([ratio(0, 80)]);
    expect(arbiter.faultOf([ratio(1, 80)], SERVED)).toContain('160 %');
    settle(false);
    expect(arbiter.faultOf([ratio(1, 80)], SERVED)).toBeUndefined();
  });

  it('gives nothing back that was asked anew since', () => {
    const arbiter = new QuotaArbiter();
    const settle = arbiter.accept([ratio(0, 80)]);
    arbiter.accept([ratio(0, 70)]);
    settle(false);
    expect(arbiter.faultOf([ratio(1, 31)], SERVED)).toContain('101 %');
  });

  it('refuses what over-commits together with the rest, and says what the rest is', () => {
    const arbiter = new QuotaArbiter();
    arbiter.accept([ratio(0, 50), ratio(1, 30)]);
    expect(arbiter.faultOf([ratio(2, 21)], SERVED)).toBe(
      'the minimum ratios add up to 101 %, more than the carrier has (in force beside them: 1: 50 %, 2: 30 %)',
    );
    expect(arbiter.faultOf([ratio(2, 20)], SERVED)).toBeUndefined();
  });

  it('holds a slice that is asked for anew by its new quota', () => {
    const arbiter = new QuotaArbiter();
    arbiter.accept([ratio(0, 90)]);
    expect(arbiter.faultOf([ratio(0, 40), ratio(1, 60)], SERVED)).toBeUndefined();
    arbiter.accept([ratio(0, 40), ratio(1, 60)]);
    expect(arbiter.faultOf([ratio(0, 41)], SERVED)).toContain('101 %');
  });

  it('counts only what the node has acknowledged', () => {
    const arbiter = new QuotaArbiter();
    expect(arbiter.faultOf([ratio(0, 90)], SERVED)).toBeUndefined();
    expect(arbiter.faultOf([ratio(1, 90)], SERVED)).toBeUndefined();
  });

  it('refuses a slice that the node does not serve, and says which it serves', () => {
    expect(new QuotaArbiter().faultOf([ratio(0, 10), ratio(7, 10)], SERVED)).toBe(
      'slice 99 is not served there (it serves 1, 2, 3-0003e8)',
    );
  });

  it('judges the ratios alone when the node does not tell what it serves', () => {
    expect(new QuotaArbiter().faultOf([ratio(7, 10)], undefined)).toBeUndefined();
    expect(new QuotaArbiter().faultOf([ratio(7, 101)], undefined)).toContain('minRatio 101');
  });

  it('refuses a slice that is named twice', () => {
    expect(new QuotaArbiter().faultOf([ratio(0, 10), ratio(0, 20)], SERVED)).toContain(
      'slice 1 is named twice',
    );
  });
});
