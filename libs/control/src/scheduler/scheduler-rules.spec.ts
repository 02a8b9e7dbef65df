import fc from 'fast-check';
import { sNssaiOf, SLICE_TYPES } from '@ricochet/ran-types';
import type { UeObservation } from '../observation/ue-observation.js';
import { ue as anUe } from '../observation/observations.fixture.js';
import { createSchedulerRule, SCHEDULER_RULE_NAMES } from './scheduler-rules.js';

const ue = (ueId: number, measured: Partial<UeObservation> = {}): UeObservation =>
  anUe('eMBB', {
    ...{ ueId, bufferKbit: 10, deliveredKbit: 1, spectralEfficiency: 2, holDelayMs: 5 },
    ...measured,
  });

const amount = fc.double({ min: 0, max: 1e6, noNaN: true });
const anyUe = fc.record({
  snssai: fc.constantFrom(...SLICE_TYPES).map(sNssaiOf),
  bufferKbit: amount,
  offeredKbit: amount,
  deliveredKbit: amount,
  spectralEfficiency: fc.double({ min: 0.1, max: 7.4, noNaN: true }),
  holDelayMs: amount,
});
const anyUes = fc.array(anyUe, { maxLength: 12 }).map((list) => list.map((measured, id) => ue(id, measured)));

const weigh = (name: (typeof SCHEDULER_RULE_NAMES)[number], ues: readonly UeObservation[]) =>
  createSchedulerRule(name, { seed: 1 }).weights(ues);

describe('scheduler rules', () => {
  test.each(SCHEDULER_RULE_NAMES)(
    '%s gives weights of whole millionths that add up to 1 in each slice',
    (name) => {
      fc.assert(
        fc.property(anyUes, (ues) => {
          const weights = weigh(name, ues);
          for (const type of SLICE_TYPES) {
            const own = weights.filter((_, index) => ues[index]?.snssai.sst === sNssaiOf(type).sst);
            for (const weight of own) {
              expect(weight).toBeGreaterThan(0);
              expect(weight * 1e6).toBeCloseTo(Math.round(weight * 1e6), 6);
            }
            // Each is rounded, or lifted to one millionth, by itself.
            const sum = own.reduce((total, weight) => total + weight, 0);
            if (own.length > 0) expect(Math.abs(sum - 1)).toBeLessThanOrEqual(own.length * 1e-6);
          }
        }),
      );
    },
  );

  const strong = ue(1, { spectralEfficiency: 6, bufferKbit: 20 });
  const weak = ue(2, { spectralEfficiency: 1, bufferKbit: 20 });
  const late = ue(3, { holDelayMs: 50, bufferKbit: 60 });

  it('rr weighs all alike', () => {
    expect(weigh('rr', [strong, weak, late])).toEqual([0.333333, 0.333333, 0.333333]);
  });

  it('max-cqi and srpt prefer the strong channel, need the weak one', () => {
    const share = (name: (typeof SCHEDULER_RULE_NAMES)[number]) => weigh(name, [strong, weak])[0];
    expect(share('max-cqi')).toBeGreaterThan(0.99);
    expect(share('srpt')).toBeCloseTo(6 / 7);
    expect(share('need')).toBeCloseTo(1 / 7);
  });

  it('m-lwdf prefers the late, pf does not see it', () => {
    expect(weigh('m-lwdf', [ue(1), late])[1]).toBeGreaterThan(0.9);
    expect(weigh('pf', [ue(1), late])[1]).toBeCloseTo(0.5);
  });

  it('pf turns to the UE that got less of late, and forgets UEs that left', () => {
    const rule = createSchedulerRule('pf', { seed: 1 });
    for (let report = 0; report < 100; report++) {
      rule.weights([ue(1, { deliveredKbit: 9 }), ue(2, { deliveredKbit: 1 })]);
    }
    expect(rule.weights([ue(1), ue(2)])[1]).toBeGreaterThan(0.8);
    rule.weights([ue(2)]);
    expect(rule.weights([ue(1), ue(2)])[0]).toBeCloseTo(0.5, 1);
  });

  it('random repeats for a seed', () => {
    expect(weigh('random', [strong, weak])).toEqual(weigh('random', [strong, weak]));
  });
});
