import { ue } from '../observation/observations.fixture.js';
import { createSchedulerRule } from '../scheduler/scheduler-rules.js';
import { WeightShield } from './weight-shield.js';

const UES = [1, 3].map((bufferKbit, ueId) => ue('eMBB', { ueId, bufferKbit, spectralEfficiency: 1 }));

describe('WeightShield', () => {
  it('makes weights of sound scores', () => {
    const shield = new WeightShield(createSchedulerRule('need', { seed: 1 }));
    expect(shield.decide([0, 0], UES)).toEqual({ weights: [0.5, 0.5], interventions: [] });
    expect(shield.counts.invalid).toBe(0);
  });

  test.each([
    [[0, NaN], '1 finite of 2 scores for 2 UEs'],
    [[-Infinity, 0], '1 finite of 2 scores for 2 UEs'],
    [[0], '1 finite of 1 scores for 2 UEs'],
    [[0, 0, 0], '3 finite of 3 scores for 2 UEs'],
  ])('puts the fallback rule in place of %p', (scores, reason) => {
    const shield = new WeightShield(createSchedulerRule('need', { seed: 1 }));
    expect(shield.decide(scores, UES)).toEqual({
      weights: [0.25, 0.75],
      interventions: [{ kind: 'invalid', reason }],
    });
    expect(shield.counts.invalid).toBe(1);
  });
});
