import type { UeObservation } from '../observation/ue-observation.js';
import { AverageRates } from './average-rates.js';
import type { SchedulerRule } from './scheduler-rule.js';
import { sliceWeights } from './slice-weights.js';

/** Proportional fair: the channel against what the UE got of late. */
export class ProportionalFair implements SchedulerRule {
  private readonly rates = new AverageRates();

  weights(ues: readonly UeObservation[]): number[] {
    this.rates.follow(ues);
    return sliceWeights(
      ues,
      ues.map((ue) => ue.spectralEfficiency / this.rates.of(ue)),
    );
  }
}
