import {
  type ControlConflict,
  type ControlEffect,
  type ControlKind,
  type KpiGuard,
  type SubscriptionNotice,
  type XAppPolicy,
} from '@ricochet/contracts';
import { type Logger } from '@ricochet/platform';
import { type KpiName } from '@ricochet/ran-types';
import { type z } from 'zod';
import { type Ric } from './control.js';
import { type LearningClient } from './learning-client.js';
import { type Metrics } from './metrics-book.js';
import { type Report, type ReportOf } from './report.js';
import { type SharedData } from './shared-data.js';
import { type Cancel, type TimerHandler } from './simulation-clock.js';
import { type Subscription } from './subscription.js';

/** @typeParam R reports of its subscriptions @typeParam C its configuration */
export interface XAppHandlers<R = Report, C = unknown> {
  /** Called in order for every report; in lockstep simulation time waits until the promise settles. */
  onReport(report: R, ric: Ric): Promise<void> | void;
  /** What a control of ours did, measured in the reports after it. */
  onEffect?(effect: ControlEffect): void;
  /** Another xApp and this one are in each other's way. */
  onConflict?(conflict: ControlConflict): void;
  /** What became of a subscription at one node. */
  onSubscription?(notice: SubscriptionNotice): void;
  /**
   * A policy of one of the definition's types, one after the other; the same one may come again. Once the promise
   * settles it counts as enforced; what is thrown is the reason why it is not.
   */
  onPolicy?(policy: XAppPolicy): Promise<void> | void;
  /** Asked every second: why it can not do its work now, `undefined` when it can. Absent: it always can. */
  onHealth?(): Promise<string | undefined> | string | undefined;
  /** Another configuration, while it runs; what is thrown refuses it. Absent: the RIC starts the xApp anew. */
  onConfig?(config: C): Promise<void> | void;
  /** No more reports will come, and the handlers of those that came have settled: puts its affairs in order. */
  onDrain?(): Promise<void> | void;
}

export interface XAppContext<C> {
  readonly config: C;
  readonly log: Logger;
  /** Models and learning rounds of the Non-RT RIC, for who has the permission `learning`. */
  readonly learning: LearningClient;
  /** Keys and values of its own, that outlive its process. */
  readonly data: SharedData;
  readonly metrics: Metrics;
  /** A timer that fires at the multiples of a period of simulation time, before the handler of the report then. */
  every(periodMs: number, handler: TimerHandler): Cancel;
  /** A timer that fires once, so much simulation time from now, or from the first report. */
  after(delayMs: number, handler: TimerHandler): Cancel;
  /** To control a node outside the handler of a report. */
  node(nodeId: string): Ric;
}

export interface XAppDefinition<S extends z.ZodType, W extends Subscription = Subscription> {
  readonly name: string;
  /** Semantic version. */
  readonly version: string;
  /** One line for operators. */
  readonly description?: string;
  /** Schema of the configuration that a deployment may set. */
  readonly config: S;
  /** `learning`: models and learning rounds; `sdl:<xapp>`: the shared data of another xApp. */
  readonly permissions?: readonly ('learning' | `sdl:${string}`)[];
  /** 0..100, 50 when absent: the greater one wins a conflict. */
  readonly priority?: number;
  /** KPIs that its controls of a kind are known to move. */
  readonly influences?: Readonly<Partial<Record<ControlKind, readonly KpiName[]>>>;
  /** A bound on a KPI that must hold for a while after each of its controls. */
  readonly guard?: KpiGuard;
  /** What every node that offers it shall report under a configuration. */
  subscriptions(config: z.infer<S>): readonly W[];
  /** A1 policy types that it handles under a configuration; none when absent. */
  policyTypes?(config: z.infer<S>): readonly number[];
  /** Makes the handlers, once a process. */
  create(context: XAppContext<z.infer<S>>): XAppHandlers<ReportOf<W>, z.infer<S>>;
}

/** Declares an xApp; for its types alone. */
export function defineXApp<S extends z.ZodType, const W extends Subscription>(
  definition: XAppDefinition<S, W>,
): XAppDefinition<S, W> {
  return definition;
}
