import { softmaxWeights } from '../learning/low-action.js';
import type { UeObservation } from '../observation/ue-observation.js';
import type { SchedulerRule } from '../scheduler/scheduler-rule.js';
import { type Intervention, type InterventionCounts, noInterventions } from './intervention.js';

export interface ShieldedWeights {
  /** In the order of the UEs; inside each slice they add up to 1. */
  readonly weights: number[];
  /** Empty when the scores stand. */
  readonly interventions: readonly Intervention[];
}

/**
 * Stands between an actor and the scheduling weights of one DU: scores that are none (a value not finite, or not one
 * a UE) give way to the fallback rule. That rule is asked only then, so it should be one without memory, as `srpt`.
 */
export class WeightShield {
  private readonly counted = noInterventions();

  constructor(private readonly fallback: SchedulerRule) {}

  /** Interventions so far. */
  get counts(): Readonly<InterventionCounts> {
    return this.counted;
  }

  decide(scores: ArrayLike<number>, ues: readonly UeObservation[]): ShieldedWeights {
    let finite = 0;
    for (let place = 0; place < scores.length; place++) if (Number.isFinite(scores[place])) finite++;
    if (scores.length === ues.length && finite === ues.length) {
      return { weights: softmaxWeights(ues, scores), interventions: [] };
    }
    this.counted.invalid++;
    const reason = `${finite} finite of ${scores.length} scores for ${ues.length} UEs`;
    return { weights: this.fallback.weights(ues), interventions: [{ kind: 'invalid', reason }] };
  }
}
