import { formatSNssai, type SNssai } from '@ricochet/ran-types';
import { type Sla, type SliceKpis, slaSatisfied } from '@ricochet/scenario';
import type { SliceObservation } from '../observation/slice-observation.js';

export interface SlaGuardOptions {
  readonly sla: Sla;
  /** Consecutive periods in violation that put a slice under guard; 3 by default. */
  readonly guardAfter?: number;
  /** Consecutive periods within the SLA that release it; 10 by default, 1 s. */
  readonly releaseAfter?: number;
}

/** How a slice has fared of late. */
interface Streak {
  violated: number;
  held: number;
  guarded: boolean;
}

/** Tells which slices of one DU have been violating their SLA for so long that they need help. */
export class SlaGuard {
  private readonly sla: Sla;
  private readonly guardAfter: number;
  private readonly releaseAfter: number;
  private streaks = new Map<string, Streak>();

  constructor({ sla, guardAfter = 3, releaseAfter = 10 }: SlaGuardOptions) {
    this.sla = sla;
    this.guardAfter = guardAfter;
    this.releaseAfter = releaseAfter;
  }

  /**
   * Takes one period in, once: whether each slice is under guard, in their order. A slice that is not reported is
   * forgotten; a period without traffic holds.
   */
  follow(slices: readonly SliceObservation[], kpis: readonly SliceKpis[]): boolean[] {
    const before = this.streaks;
    this.streaks = new Map();
    return slices.map(({ snssai, type }, index) => {
      const streak = before.get(formatSNssai(snssai)) ?? { violated: 0, held: 0, guarded: false };
      const { satisfied } = slaSatisfied(this.sla[type] ?? {}, kpis[index] ?? {});
      streak.violated = satisfied ? 0 : streak.violated + 1;
      streak.held = satisfied ? streak.held + 1 : 0;
      if (streak.violated >= this.guardAfter) streak.guarded = true;
      if (streak.held >= this.releaseAfter) streak.guarded = false;
      this.streaks.set(formatSNssai(snssai), streak);
      return streak.guarded;
    });
  }

  /** How many periods on end a slice has violated its SLA, the last one included. */
  violatedPeriods(snssai: SNssai): number {
    return this.streaks.get(formatSNssai(snssai))?.violated ?? 0;
  }
}
