import type { SliceObservation } from '../observation/slice-observation.js';
import { sharesOf, type SplitRule } from './split-rule.js';

/** Shares in proportion to a demand that one observation tells. */
class ProportionalSplit implements SplitRule {
  constructor(private readonly demandOf: (slice: SliceObservation) => number) {}

  decide(slices: readonly SliceObservation[]): number[] {
    return sharesOf(slices.map(this.demandOf));
  }
}

/** The same share for every slice. */
export function equalSplit(): SplitRule {
  return new ProportionalSplit(() => 1);
}

/** In proportion to the bits that want to be sent: arrivals of the last period and backlog. Blind to the channel. */
export function demandProportionalSplit(): SplitRule {
  return new ProportionalSplit(({ offeredKbit, bufferKbit }) => offeredKbit + bufferKbit);
}

/** In proportion to the PRBs that arrivals like the last and the backlog, within one period, would take. */
export function needSplit(): SplitRule {
  return new ProportionalSplit(({ arrivalNeed, backlogNeed }) => arrivalNeed + backlogNeed);
}
