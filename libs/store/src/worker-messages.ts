import type { RetentionOptions } from './retention.js';
import type { StoreLocation } from './store-location.js';
import type { Operation } from './store-operations.js';
import { StoreError, type StoreErrorCode } from './store.error.js';

/** What the worker is started with. */
export interface WorkerStart {
  readonly location: StoreLocation;
  /** What messages name it by. */
  readonly place: string;
  readonly retention?: RetentionOptions | undefined;
}

export interface WorkerRequest {
  readonly id: number;
  readonly operation: Operation;
  readonly argument: unknown;
}

/** The answer to a request; the first one, with the id {@link OPENED}, tells how opening went. */
export type WorkerResponse =
  { readonly id: number; readonly result: unknown } | { readonly id: number; readonly error: CarriedError };

export const OPENED = 0;

/** A {@link StoreError} in a form that keeps its code across threads. */
export interface CarriedError {
  readonly code: StoreErrorCode;
  readonly message: string;
  /** Stack of the cause. */
  readonly cause: string;
}

export function carryError(error: StoreError): CarriedError {
  const { code, message, cause } = error;
  return { code, message, cause: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) };
}

export function carriedError({ code, message, cause }: CarriedError): StoreError {
  return new StoreError(code, message, { cause: new Error(cause) });
}
