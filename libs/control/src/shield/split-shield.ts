import type { SliceKpis } from '@ricochet/scenario';
import type { SliceObservation } from '../observation/slice-observation.js';
import { SHARE_FLOOR, type SplitRule } from '../split/split-rule.js';
import {
  type Intervention,
  type InterventionCounts,
  noInterventions,
  sliceIntervention,
} from './intervention.js';
import { SlaGuard, type SlaGuardOptions } from './sla-guard.js';

export interface SplitShieldOptions extends SlaGuardOptions {
  /** Decides where the actor can not, and what a slice under SLA guard gets at least; one of its own. */
  readonly fallback: SplitRule;
}

/** One decision period of one DU. */
export interface ShieldedPeriod {
  readonly slices: readonly SliceObservation[];
  /** What the SLA is judged by, in the order of the slices. */
  readonly kpis: readonly SliceKpis[];
}

export interface ShieldedSplit {
  /** In the order of the slices, adding up to 1; none for no slices. */
  readonly shares: number[];
  /** Empty when the proposal stands. */
  readonly interventions: readonly Intervention[];
}

/** A proposal that misses its least by no more than rounding stands. */
const TOLERANCE = 1e-9;

/**
 * Stands between an actor and the quotas of one DU. A proposal that is no split (a value not finite or negative, all
 * 0, or not one a slice) gives way to the fallback rule's. Any other is changed only as far as needed for every slice
 * with UEs to get at least {@link SHARE_FLOOR} and every slice under {@link SlaGuard} at least what the fallback rule
 * gives it; what that takes comes from the others, in proportion to what each has above its own least.
 *
 * Deterministic: the same periods and proposals give the same splits.
 */
export class SplitShield {
  private readonly guard: SlaGuard;
  private readonly fallback: SplitRule;
  private readonly counted = noInterventions();

  constructor({ fallback, ...guard }: SplitShieldOptions) {
    this.fallback = fallback;
    this.guard = new SlaGuard(guard);
  }

  /** Interventions so far. */
  get counts(): Readonly<InterventionCounts> {
    return this.counted;
  }

  /** Judges the proposal of one period; call once a period, for the guard and the fallback rule follow the periods. */
  decide(proposal: ArrayLike<number>, { slices, kpis }: ShieldedPeriod): ShieldedSplit {
    const guarded = this.guard.follow(slices, kpis);
    const safe = this.fallback.decide(slices);
    if (slices.length === 0) return { shares: [], interventions: [] };
    const shares = normalised(proposal, slices.length);
    if (shares === undefined) {
      const reason = `the action [${Array.from(proposal).join(', ')}] is no split of ${slices.length} slices`;
      return this.told(safe, [{ kind: 'invalid', reason }]);
    }
    const floor = Math.min(SHARE_FLOOR, 1 / slices.length);
    const interventions: Intervention[] = [];
    const least = slices.map(({ snssai, connectedUes }, index) => {
      const share = shares[index] ?? 0;
      const owed = guarded[index] === true ? (safe[index] ?? 0) : 0;
      if (share < owed - TOLERANCE) {
        const what = `violates its SLA for ${this.guard.violatedPeriods(snssai)} periods`;
        interventions.push(
          sliceIntervention('sla', snssai, `${what}: ${percent(share)} raised to ${percent(owed)}`),
        );
        return owed;
      }
      const due = connectedUes > 0 ? floor : 0;
      if (share < due - TOLERANCE) {
        interventions.push(sliceIntervention('floor', snssai, `got ${percent(share)}, less than the floor`));
      }
      return Math.max(owed, due);
    });
    return this.told(interventions.length > 0 ? raisedTo(least, shares) : shares, interventions);
  }

  private told(shares: number[], interventions: readonly Intervention[]): ShieldedSplit {
    for (const { kind } of interventions) this.counted[kind]++;
    return { shares, interventions };
  }
}

/** Shares that add up to 1, or `undefined` where there are none to be had. */
function normalised(proposal: ArrayLike<number>, length: number): number[] | undefined {
  const values = Array.from(proposal);
  const total = values.reduce((sum, value) => sum + value, 0);
  if (values.length !== length || !(total > 0 && Number.isFinite(total))) return undefined;
  return values.every((value) => value >= 0) ? values.map((value) => value / total) : undefined;
}

/** Raises shares to their least; what is above the least shrinks in proportion. Minima add up to at most 1. */
function raisedTo(least: readonly number[], shares: readonly number[]): number[] {
  const above = shares.map((share, index) => Math.max(0, share - (least[index] ?? 0)));
  const spare = above.reduce((sum, each) => sum + each, 0);
  const free = Math.max(0, 1 - least.reduce((sum, each) => sum + each, 0));
  return least.map((each, index) => each + (spare > 0 ? (free * (above[index] ?? 0)) / spare : 0));
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
