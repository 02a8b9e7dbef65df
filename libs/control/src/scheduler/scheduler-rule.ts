import type { UeObservation } from '../observation/ue-observation.js';

/**
 * Weighs the UEs of one DU inside their slices, once a decision period (10 ms). The MAC shares each
 * slice's PRBs in proportion to weight among the UEs with data, each no more than it needs, and hands
 * on the rest; the weights stay in force until the next decision. Holds the state of one DU.
 */
export interface SchedulerRule {
  /** Positive weights in the order of the UEs; inside each slice they add up to 1. */
  weights(ues: readonly UeObservation[]): number[];
}
