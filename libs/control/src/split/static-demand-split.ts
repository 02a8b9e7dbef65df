import { formatSNssai } from '@ricochet/ran-types';
import type { SliceObservation } from '../observation/slice-observation.js';
import { sharesOf, type SplitRule } from './split-rule.js';

/** Weight of the newest period: an average over about 50 periods, 5 s, so that a surge hardly moves it. */
const EMA_GAIN = 0.02;

/** In proportion to each slice's long-run PRB need of its arrivals: what a planner would configure. */
export class StaticDemandSplit implements SplitRule {
  private readonly needs = new Map<string, number>();

  decide(slices: readonly SliceObservation[]): number[] {
    return sharesOf(slices.map((slice) => this.follow(slice)));
  }

  private follow({ snssai, arrivalNeed }: SliceObservation): number {
    const key = formatSNssai(snssai);
    const before = this.needs.get(key) ?? arrivalNeed;
    const now = before + EMA_GAIN * (arrivalNeed - before);
    this.needs.set(key, now);
    return now;
  }
}
