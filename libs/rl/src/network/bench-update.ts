import { type UpdateProblem, type Updater } from './update-problem.js';

export interface UpdateBenchOptions {
  /** Updates that count; a quarter as many go before. */
  readonly updates: number;
  /** A clock in ms. */
  readonly now: () => number;
}

export interface UpdateBenchResult {
  /** Median time of one update. */
  readonly updateMs: number;
  /** Median time of one action of the actor, a batch of one. */
  readonly actionUs: number;
  /** Mean squared TD error before the last update: the work was done. */
  readonly criticLoss: number;
}

const ACTIONS_TIMED_TOGETHER = 100;

/** Times what a DDPG agent does over and over: one update of critic and actor, and one action. */
export function benchUpdate(
  updater: Updater,
  { actor, batch }: UpdateProblem,
  { updates, now }: UpdateBenchOptions,
): UpdateBenchResult {
  const state = batch.states.slice(0, actor.inputs);
  let criticLoss = 0;
  const update = (): void => {
    criticLoss = updater.update();
  };
  const act = (): void => {
    for (let i = 0; i < ACTIONS_TIMED_TOGETHER; i++) updater.act(state);
  };
  const updateMs = medianMs(update, updates, now);
  const actionUs = (medianMs(act, updates, now) * 1000) / ACTIONS_TIMED_TOGETHER;
  return { updateMs, actionUs, criticLoss };
}

function medianMs(work: () => void, count: number, now: () => number): number {
  for (let i = 0; i < count / 4; i++) work();
  const times = Array.from({ length: count }, () => {
    const started = now();
    work();
    return now() - started;
  });
  return times.sort((a, b) => a - b)[Math.floor(count / 2)]!;
}
