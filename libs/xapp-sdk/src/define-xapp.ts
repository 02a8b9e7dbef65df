import {
  type ControlEffect,
  type ControlOutcome,
  type RanControl,
  type SubscriptionNotice,
  type SubscriptionSpec,
  type XAppPolicy,
} from '@ricochet/contracts';
import { type Logger } from '@ricochet/platform';
import { type MeasurementReport } from '@ricochet/ran-types';
import { type z } from 'zod';
import { type LearningClient } from './learning-client.js';

/** What the RIC says to a control at once; what the control did comes later, to `onEffect`. */
export interface ControlResult {
  readonly controlId: string;
  readonly outcome: ControlOutcome;
  /** Why it was refused, failed or timed out. */
  readonly cause?: string | undefined;
}

/** The RIC as one report's handler sees it. */
export interface Ric {
  /**
   * Controls the node that sent the report. Never throws: what went wrong is the outcome, and is logged. A handler
   * that needs no answer need not await it: in lockstep simulation time waits for it all the same.
   */
  control(control: RanControl): Promise<ControlResult>;
}

/** A report and where it stands among its kin. */
export interface Report extends MeasurementReport {
  /** Name of the subscription that it answers. */
  readonly subscription: string;
  /** Reports of this subscription and node that were lost directly before this one. */
  readonly missed: number;
  /** Simulation time waits until the handler has settled. */
  readonly lockstep: boolean;
}

export interface XAppHandlers {
  /** Called in order for every report; in lockstep simulation time waits until the promise settles. */
  onReport(report: Report, ric: Ric): Promise<void> | void;
  /** What a control of ours did, measured in the first report after it. */
  onEffect?(effect: ControlEffect): void;
  /** What became of a subscription at one node. */
  onSubscription?(notice: SubscriptionNotice): void;
  /**
   * A policy of one of the definition's types, one after the other; the same one may come again. Once the promise
   * settles it counts as enforced; what is thrown is the reason why it is not.
   */
  onPolicy?(policy: XAppPolicy): Promise<void> | void;
}

export interface XAppContext<C> {
  readonly config: C;
  readonly log: Logger;
  /** Models and learning rounds of the Non-RT RIC. */
  readonly learning: LearningClient;
}

export interface XAppDefinition<S extends z.ZodType> {
  readonly name: string;
  /** Semantic version. */
  readonly version: string;
  /** Schema of the configuration that a deployment may set. */
  readonly config: S;
  /** What every node that offers it shall report under a configuration. */
  subscriptions(config: z.infer<S>): readonly SubscriptionSpec[];
  /** A1 policy types that it handles under a configuration; none when absent. */
  policyTypes?(config: z.infer<S>): readonly number[];
  /** Makes the handlers, once a process. */
  create(context: XAppContext<z.infer<S>>): XAppHandlers;
}

/** Declares an xApp; for its types alone. */
export function defineXApp<S extends z.ZodType>(definition: XAppDefinition<S>): XAppDefinition<S> {
  return definition;
}
