import { SLICE_TYPES } from '@ricochet/ran-types';
import type { SliceObservation } from '../observation/slice-observation.js';

/** Values a slice type contributes to {@link highState}. */
const VALUES_PER_TYPE = 5;

/** Length of {@link highState}. */
export const HIGH_STATE_SIZE = VALUES_PER_TYPE * SLICE_TYPES.length + 4;

/** Needs of one slice type beyond twice the carrier look alike, */
const NEED_CAP = 2;
/** as do needs of all together beyond four carriers. */
const TOTAL_CAP = 4;
/** Keeps the logarithm of an idle carrier finite. */
const LOG_OFFSET = 0.01;

/** The slices of one type as one. */
interface TypeView {
  readonly qos: number;
  readonly connectedUes: number;
  readonly quota: number;
  readonly arrivalNeed: number;
  readonly backlogNeed: number;
}

/**
 * What the higher controller sees of one DU: the core paper's state of section IV.B.1, {Q_l, N_l, a_(t−1)}, and
 * the needs, without which it can not know who starves.
 *
 * Per slice type l in the order eMBB, mMTC, URLLC, at 5 l: quality Q_l; share of the DU's UEs; quota in force; RB
 * need of the arrivals and of the backlog, each a share of the carrier capped at 2. Then, with A and B the uncapped
 * needs of all slices for arrivals and backlog: ln(A + .01), ln(B + .01), min(A, 4) − 1, min(B, 4) − 1. Of several
 * slices of a type, the mean quality and the sums of the rest; a type that is not reported has zeros.
 */
export function highState(slices: readonly SliceObservation[]): Float32Array {
  const state = new Float32Array(HIGH_STATE_SIZE);
  const ues = sumOf(slices, ({ connectedUes }) => connectedUes);
  SLICE_TYPES.forEach((type, index) => {
    const view = viewOf(slices.filter((slice) => slice.type === type));
    if (view === undefined) return;
    const share = ues > 0 ? view.connectedUes / ues : 0;
    const needs = [Math.min(NEED_CAP, view.arrivalNeed), Math.min(NEED_CAP, view.backlogNeed)];
    state.set([view.qos, share, view.quota, ...needs], VALUES_PER_TYPE * index);
  });
  const totals = [
    sumOf(slices, ({ arrivalNeed }) => arrivalNeed),
    sumOf(slices, ({ backlogNeed }) => backlogNeed),
  ];
  const logs = totals.map((total) => Math.log(total + LOG_OFFSET));
  state.set([...logs, ...totals.map((total) => Math.min(TOTAL_CAP, total) - 1)], HIGH_STATE_SIZE - 4);
  return state;
}

/**
 * What the higher controller maximises, (8) made commensurable: the mean over the reported slice types of their
 * quality, 0..1; 1 without slices.
 */
export function highReward(slices: readonly SliceObservation[]): number {
  const qualities = SLICE_TYPES.flatMap((type) => {
    const view = viewOf(slices.filter((slice) => slice.type === type));
    return view === undefined ? [] : [Math.min(1, Math.max(0, view.qos))];
  });
  return qualities.length === 0 ? 1 : sumOf(qualities, (quality) => quality) / qualities.length;
}

function viewOf(slices: readonly SliceObservation[]): TypeView | undefined {
  if (slices.length === 0) return undefined;
  return {
    qos: sumOf(slices, ({ qos }) => qos) / slices.length,
    connectedUes: sumOf(slices, ({ connectedUes }) => connectedUes),
    quota: sumOf(slices, ({ quota }) => quota),
    arrivalNeed: sumOf(slices, ({ arrivalNeed }) => arrivalNeed),
    backlogNeed: sumOf(slices, ({ backlogNeed }) => backlogNeed),
  };
}

function sumOf<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}
