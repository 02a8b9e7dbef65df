import type { UeObservation } from '../observation/ue-observation.js';

/** Weight of the newest report: an average over about 20 reports, 200 ms. */
const EMA_GAIN = 0.05;

/** Keeps a division finite for a UE that never got anything. */
const LEAST_KBIT = 0.01;

/** Each UE's average delivered volume a report; forgets UEs that left. */
export class AverageRates {
  private averages = new Map<number, number>();

  /** Takes one report in. */
  follow(ues: readonly UeObservation[]): void {
    const next = new Map<number, number>();
    for (const { ueId, deliveredKbit } of ues) {
      const before = this.averages.get(ueId) ?? deliveredKbit;
      next.set(ueId, before + EMA_GAIN * (deliveredKbit - before));
    }
    this.averages = next;
  }

  /** kbit a report, positive. */
  of({ ueId }: UeObservation): number {
    return Math.max(LEAST_KBIT, this.averages.get(ueId) ?? 0);
  }
}
