import { SLICE_TYPES } from '@ricochet/ran-types';
import { shareMoved } from '../environment/task-reward.js';
import type { SliceObservation } from '../observation/slice-observation.js';
import type { SplitRule } from '../split/split-rule.js';
import { HIGH_STATE_SIZE, highState } from './high-state.js';
import { RewardModel } from './reward-model.js';

/** Where the base rule's split begins in a {@link ContextState}. */
export const BASE_SPLIT_AT = HIGH_STATE_SIZE;
/** Length of what {@link ContextState} makes. */
export const CONTEXT_STATE_SIZE = HIGH_STATE_SIZE + 3 * SLICE_TYPES.length + 5;

/** Weight of the newest period in the slow mean of the arrivals' needs. */
const EMA_GAIN = 0.1;
/** Needs beyond twice the carrier look alike. */
const NEED_CAP = 2;
/** Rewards whose report is still to come are kept for so many periods. */
const LONGEST_WAIT = 16;

/** The period that a report is about. */
export interface ReportPeriod {
  readonly timeMs: number;
  readonly periodMs: number;
}

/** What a period that ended was worth. */
export interface ToldReward {
  /** End of the period. */
  readonly timeMs: number;
  readonly reward: number;
}

/**
 * What the higher controller of one DU sees when it may remember: {@link highState}, and behind it, by slice type in
 * the order eMBB, mMTC, URLLC,
 *
 * - the base rule's split, at {@link BASE_SPLIT_AT}: what the actor's logits are added to;
 * - its own last split, which may not be in force yet where reports come late;
 * - a slow mean of the arrivals' needs, against which a surge stands out;
 *
 * then what the reward seems to be made of ({@link RewardModel}): three weights, as 3c − 1, the price of share that
 * changes hands, and how much of that is still open. So the task is inferred from the DU's own history.
 */
export class ContextState {
  private readonly arrivals: number[] = SLICE_TYPES.map(() => 0);
  private readonly told = new Map<number, number>();
  private last: { readonly timeMs: number; readonly quotas: readonly number[] } | undefined;
  private ownSplit: ArrayLike<number> = SLICE_TYPES.map(() => 1 / SLICE_TYPES.length);
  private periods = 0;

  /** @param model what is known already of what the reward is made of; it goes on learning */
  constructor(
    private readonly base: SplitRule,
    readonly model = new RewardModel(),
  ) {}

  /** Takes a report in, with the reward of the period that has just ended, and gives the state. */
  observe(period: ReportPeriod, slices: readonly SliceObservation[], told: ToldReward): Float32Array {
    this.told.set(told.timeMs, told.reward);
    if (this.told.size > LONGEST_WAIT) this.told.delete(this.told.keys().next().value!);
    this.learn(period, slices);
    const state = new Float32Array(CONTEXT_STATE_SIZE);
    state.set(highState(slices));
    const gain = Math.max(EMA_GAIN, 1 / ++this.periods);
    const needs = byType(
      slices,
      slices.map(({ arrivalNeed }) => arrivalNeed),
    );
    needs.forEach((need, i) => (this.arrivals[i]! += gain * (Math.min(NEED_CAP, need) - this.arrivals[i]!)));
    const base = byType(slices, this.base.decide(slices));
    const coefficients = this.model.coefficients;
    const weights = coefficients.slice(0, SLICE_TYPES.length).map((weight) => 3 * weight - 1);
    let at = BASE_SPLIT_AT;
    for (const values of [base, this.ownSplit, this.arrivals, weights]) {
      state.set(values, at);
      at += SLICE_TYPES.length;
    }
    state.set([coefficients.at(-1)!, this.model.doubt], at);
    return state;
  }

  /** What was decided on the last report. @param action share of each slice type */
  decided(action: ArrayLike<number>): void {
    this.ownSplit = action;
  }

  private learn({ timeMs, periodMs }: ReportPeriod, slices: readonly SliceObservation[]): void {
    const quotas = slices.map(({ quota }) => quota);
    const reward = this.told.get(timeMs);
    // After a gap nobody knows what moved.
    if (reward !== undefined && this.last?.timeMs === timeMs - periodMs) {
      const counts = byType(
        slices,
        slices.map(() => 1),
      );
      const sums = byType(
        slices,
        slices.map(({ qos }) => qos),
      );
      const qualities = sums.map((sum, i) => sum / Math.max(1, counts[i]!));
      this.model.observe([...qualities, -shareMoved(this.last.quotas, quotas)], reward);
    }
    this.told.delete(timeMs);
    this.last = { timeMs, quotas };
  }
}

/** The sums of values over the slices of each type. */
function byType(slices: readonly SliceObservation[], values: readonly number[]): number[] {
  return SLICE_TYPES.map((type) =>
    slices.reduce((sum, slice, i) => sum + (slice.type === type ? values[i]! : 0), 0),
  );
}
