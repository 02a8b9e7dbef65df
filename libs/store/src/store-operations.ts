import type {
  ControlQuery,
  KpiQuery,
  KpiRecord,
  NodeRecord,
  RunEnd,
  RunStart,
  StoredControl,
  StoredRun,
  SubscriptionRecord,
} from './records.js';
import type { AppendResult } from './series-writer.js';
import type { SeriesBatch } from './series.js';

/** What the database side does, by name: argument and result of each, both fit for a structured clone. */
export interface StoreOperations {
  saveNode: { argument: NodeRecord; result: void };
  nodes: { argument: void; result: NodeRecord[] };
  saveSubscription: { argument: SubscriptionRecord; result: void };
  deleteSubscription: { argument: number; result: void };
  subscriptions: { argument: void; result: SubscriptionRecord[] };
  startRun: { argument: RunStart; result: number };
  finishRun: { argument: RunEnd & { readonly runId: number }; result: void };
  runs: { argument: void; result: StoredRun[] };
  append: { argument: readonly SeriesBatch[]; result: AppendResult };
  controls: { argument: ControlQuery; result: StoredControl[] };
  kpis: { argument: KpiQuery; result: KpiRecord[] };
  close: { argument: void; result: void };
}

export type Operation = keyof StoreOperations;
export type Argument<O extends Operation> = StoreOperations[O]['argument'];
export type Result<O extends Operation> = StoreOperations[O]['result'];

/** The operations that write one record, each in its turn. */
export type RecordOperation =
  'saveNode' | 'saveSubscription' | 'deleteSubscription' | 'startRun' | 'finishRun';

/** Whoever carries operations out: the worker thread, or a database in the same thread. */
export interface StoreBackend {
  /** @throws {StoreError} */
  call<O extends Operation>(operation: O, argument: Argument<O>): Promise<Result<O>>;
}
