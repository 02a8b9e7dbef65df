import type { UeObservation } from '../observation/ue-observation.js';
import { AverageRates } from './average-rates.js';
import type { SchedulerRule } from './scheduler-rule.js';
import { sliceWeights } from './slice-weights.js';

/** A UE whose queue was just empty counts as one slot late, so that its next packet is not the last of all. */
const LEAST_DELAY_MS = 1;

/**
 * Modified largest weighted delay first (Andrews et al., 2001): the age of the oldest packet times the
 * proportional fair metric. The delay targets of the original cancel, since a slice has one for all.
 */
export class MLwdf implements SchedulerRule {
  private readonly rates = new AverageRates();

  weights(ues: readonly UeObservation[]): number[] {
    this.rates.follow(ues);
    return sliceWeights(
      ues,
      ues.map((ue) => {
        const delayMs = Math.max(LEAST_DELAY_MS, ue.holDelayMs);
        return (delayMs * ue.spectralEfficiency) / this.rates.of(ue);
      }),
    );
  }
}
