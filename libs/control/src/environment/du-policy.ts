import type { MeasurementReport } from '@ricochet/ran-types';
import type { RuleController } from '../controller.js';
import { type Carrier, observeSlices, PAPER_CARRIER } from '../observation/slice-observation.js';
import { observeUes } from '../observation/ue-observation.js';
import type { ToldReward } from '../learning/context-state.js';
import type { RuleOptions } from '../rule-options.js';
import type { SchedulerRule } from '../scheduler/scheduler-rule.js';
import { createSchedulerRule } from '../scheduler/scheduler-rules.js';
import type { SplitRule } from '../split/split-rule.js';
import { createSplitRule } from '../split/split-rules.js';

/** Both levels of control of one DU. */
export interface DuPolicy {
  /**
   * The high level: shares of the carrier in the order of the report's rows.
   * @param told what the period that has just ended was worth
   */
  split(report: MeasurementReport, told: ToldReward): readonly number[];
  /** The low level: scheduling weights in the order of the report's rows. */
  weigh(report: MeasurementReport): readonly number[];
}

/** A pair of rules. */
export class RulePolicy implements DuPolicy {
  constructor(
    private readonly rules: { readonly split: SplitRule; readonly scheduler: SchedulerRule },
    private readonly carrier: Carrier = PAPER_CARRIER,
  ) {}

  split(report: MeasurementReport): readonly number[] {
    return this.rules.split.decide(observeSlices(report, this.carrier));
  }

  weigh(report: MeasurementReport): readonly number[] {
    return this.rules.scheduler.weights(observeUes(report));
  }
}

/** The rules of a controller, for one DU. */
export function createRules({ split, scheduler }: RuleController, options: RuleOptions) {
  return { split: createSplitRule(split, options), scheduler: createSchedulerRule(scheduler, options) };
}
