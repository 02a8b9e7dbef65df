import type { UeObservation } from '../observation/ue-observation.js';
import type { SchedulerRule } from './scheduler-rule.js';
import { sliceWeights } from './slice-weights.js';

/** Scores each UE by its last period alone. */
class MemorylessRule implements SchedulerRule {
  constructor(private readonly score: (ue: UeObservation) => number) {}

  weights(ues: readonly UeObservation[]): number[] {
    return sliceWeights(ues, ues.map(this.score));
  }
}

/** Round robin: all alike. */
export function roundRobin(): SchedulerRule {
  return new MemorylessRule(() => 1);
}

/** Makes the best channel take nearly all as long as it has data: 4 against 3 bit/s/Hz weighs 10 times. */
const GREED = 8;

/** Max-CQI: the best channels first, whoever starves. */
export function maxCqi(): SchedulerRule {
  return new MemorylessRule(({ spectralEfficiency }) => spectralEfficiency ** GREED);
}

/** In proportion to the PRBs that a UE's backlog and arrivals like the last take: all drain alike. */
export function needProportional(): SchedulerRule {
  return new MemorylessRule(workOf);
}

/** About one small packet at a middling channel: what less work than this is makes no difference. */
const LEAST_WORK = 0.5;

/**
 * Shortest remaining processing time first: the less work, the more weight, so that most UEs are served well
 * and the heaviest wait. Half the work weighs twice: as weights stand for 10 ms, a steeper preference gains
 * nothing, since by its end the shortest job is another.
 */
export function shortestRemainingFirst(): SchedulerRule {
  return new MemorylessRule((ue) => 1 / Math.max(LEAST_WORK, workOf(ue)));
}

/** Time on the air that a UE's backlog and arrivals like the last take: kHz · s. */
function workOf({ bufferKbit, offeredKbit, spectralEfficiency }: UeObservation): number {
  return (bufferKbit + offeredKbit) / spectralEfficiency;
}
