import type { MeasurementReport, SNssai } from '@ricochet/ran-types';
import { type QuotaMode, quotaOf } from '../quota.js';
import type { DuPolicy } from './du-policy.js';
import type { DuAction, EnvironmentStep, SlicingEnvironment } from './environment.js';

export interface PlayOptions {
  /** One a DU. */
  readonly policies: readonly DuPolicy[];
  readonly quotaMode: QuotaMode;
  /** Simulation time at which to stop. */
  readonly untilMs: number;
  /** Sees each new step before it is acted on. */
  readonly onStep?: (step: EnvironmentStep) => void;
}

/** Lets the policies act from a step on, until the time; gives the last step, which nobody has acted on yet. */
export function play(
  environment: SlicingEnvironment,
  from: EnvironmentStep,
  { policies, quotaMode, untilMs, onStep }: PlayOptions,
): EnvironmentStep {
  let step = from;
  while (step.timeMs < untilMs) {
    const { split, ueReports } = step;
    step = environment.step(
      policies.map((policy, du): DuAction => {
        // UEs first: as in lockstep, a weight decision does not know the split of the same instant.
        const ueReport = ueReports[du];
        const weights = ueReport && weightsOf(policy, ueReport);
        const sliceReport = split?.reports[du];
        const told = { timeMs: step.timeMs, reward: split?.rewards[du] ?? NaN };
        const quotas =
          sliceReport && quotaOf(policy.split(sliceReport, told), slicesOf(sliceReport), quotaMode);
        return { ...(quotas && { quotas }), ...(weights && { weights }) };
      }),
    );
    onStep?.(step);
  }
  return step;
}

function weightsOf(policy: DuPolicy, report: MeasurementReport): DuAction['weights'] {
  const weights = policy.weigh(report);
  return report.rows.map(({ ueId = -1 }, place) => ({ ueId, weight: weights[place] ?? 1 }));
}

function slicesOf({ rows }: MeasurementReport): { readonly snssai: SNssai }[] {
  return rows.map(({ snssai = { sst: 0 } }) => ({ snssai }));
}
