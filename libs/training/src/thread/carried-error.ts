import { LearningError, type LearningErrorCode } from '@ricochet/rl';
import { ThreadError } from './thread.error.js';

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

/** A {@link LearningError} where it was one there, else a {@link ThreadError} with the thread's stack as cause. */
export function carriedError({ code, message, stack }: CarriedError, threadName: string): Error {
  if (code !== undefined) return new LearningError(code, message);
  const cause = new Error(message);
  if (stack !== undefined) cause.stack = stack;
  return new ThreadError('THREAD_FAILED', `${threadName}: ${message}`, { cause });
}
