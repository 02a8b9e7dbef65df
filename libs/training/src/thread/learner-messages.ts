import { type EngineKind, LearningError, type LearningErrorCode, type TransitionBatch } from '@ricochet/rl';
import { type Adaptation } from '../learner/du-adapters.js';
import { type Contribution, type LearnerOptions } from '../learner/level-learner.js';
import { LearnerThreadError } from './learner-thread.error.js';

/** What the worker is started with. */
export interface LearnerStart {
  readonly options: LearnerOptions;
  readonly engine: EngineKind;
  /** Sizes of the engine's arena and of the tape in it, MiB. */
  readonly mebibytes: { readonly engine: number; readonly tape: number };
}

/** The calls that cross to the thread: argument and result of each. */
export interface LearnerCalls {
  adopt: { argument: { modelVersion: number; parameters: Float32Array }; result: void };
  record: { argument: { nodeId: string; batch: TransitionBatch }; result: boolean };
  contribute: { argument: { nodeId: string; round: number }; result: Contribution };
  adapt: { argument: { nodeId: string; round: number }; result: Adaptation };
  forget: { argument: { nodeId: string }; result: void };
}

export type LearnerOperation = keyof LearnerCalls;
export type Argument<O extends LearnerOperation> = LearnerCalls[O]['argument'];
export type Result<O extends LearnerOperation> = LearnerCalls[O]['result'];

/** An operation with the argument that belongs to it. */
export type LearnerCall = {
  [O in LearnerOperation]: { readonly operation: O; readonly argument: Argument<O> };
}[LearnerOperation];

export type LearnerRequest = LearnerCall & { readonly id: number };

/** The answer to a request; the first one, with the id {@link STARTED}, tells how starting went. */
export type LearnerResponse =
  { readonly id: number; readonly result: unknown } | { readonly id: number; readonly error: CarriedError };

export const STARTED = 0;

/** An error in a form that keeps its code across threads. */
export interface CarriedError {
  readonly code: LearningErrorCode | undefined;
  readonly message: string;
  readonly stack: string | undefined;
}

export function carryError(error: unknown): CarriedError {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { code: error instanceof LearningError ? error.code : undefined, message, stack };
}

/** A {@link LearningError} where it was one there, else a {@link LearnerThreadError} with the thread's stack as cause. */
export function carriedError({ code, message, stack }: CarriedError): Error {
  if (code !== undefined) return new LearningError(code, message);
  const cause = new Error(message);
  if (stack !== undefined) cause.stack = stack;
  return new LearnerThreadError('LEARNER_FAILED', `learner: ${message}`, { cause });
}
