import { type Bus } from '@ricochet/bus';
import {
  type ControlConflict,
  type ControlEffect,
  type RanControl,
  type SubscriptionNotice,
  type XAppMetric,
  type XAppPolicy,
} from '@ricochet/contracts';
import { createLogger, messageOf } from '@ricochet/platform';
import { type MeasurementRow, type SNssai } from '@ricochet/ran-types';
import { type z } from 'zod';
import { judgeAppConfig } from './app-config.js';
import { controlOf, type Control, type ControlResult } from './control.js';
import { type XAppDefinition, type XAppHandlers } from './define-xapp.js';
import { EffectBook } from './effect-book.js';
import { LearningClient } from './learning-client.js';
import { MemoryData } from './memory-data.js';
import { MetricsBook } from './metrics-book.js';
import { ReceivedReport } from './report.js';
import { ReportDispatcher } from './report-dispatcher.js';
import { type SharedData } from './shared-data.js';
import { SimulationClock } from './simulation-clock.js';
import { type Subscription } from './subscription.js';

const NODE = 'gnb-001-01-1';

/** A row of a report that a test makes up; a measurement that it does not name has no value. */
export interface TestRow<M extends string = string> {
  readonly snssai?: SNssai;
  readonly ueId?: number;
  readonly values: Readonly<Partial<Record<M, number>>>;
}

export interface TestReport<M extends string = string> {
  readonly nodeId?: string;
  /** Simulation time at the end of its period; absent: a period after the report before. */
  readonly timeMs?: number;
  readonly missed?: number;
  readonly lockstep?: boolean;
  readonly a1Out?: boolean;
  readonly rows: readonly TestRow<M>[];
}

/** A control that the xApp asked for. */
export interface TestControl {
  readonly controlId: string;
  readonly nodeId: string;
  readonly control: RanControl;
}

export interface XAppTestOptions<S extends z.ZodType> {
  /** As a deployment gives it; absent: the schema's defaults. */
  readonly config?: z.input<S>;
  /** For who uses models and learning rounds. */
  readonly learning?: LearningClient;
}

type NameOf<W> = W extends Subscription<infer N> ? N : never;
type MeasurementOf<W, N> =
  W extends Subscription<infer Name, infer _, infer M> ? (N extends Name ? M : never) : never;

/** An xApp in a test: no RIC and no NATS; simulation time is what its reports say. */
export class XAppTest<S extends z.ZodType, W extends Subscription> {
  /** All that the xApp asked for, in order. */
  readonly controls: TestControl[] = [];
  /** How its controls are answered: they are acknowledged, unless a test says otherwise. */
  answer: (control: TestControl) => Omit<ControlResult, 'controlId'> = () => ({ outcome: 'acknowledged' });
  /** Its own shared data. */
  readonly data: SharedData;
  private readonly handlers: XAppHandlers;
  private readonly dispatcher: ReportDispatcher;
  private readonly clock: SimulationClock;
  private readonly effects = new EffectBook();
  private readonly book = new MetricsBook();
  private readonly faults: Error[] = [];
  private config: z.infer<S>;
  private nowMs = 0;

  constructor(
    private readonly definition: XAppDefinition<S, W>,
    { config, learning = new LearningClient(NO_BUS) }: XAppTestOptions<S>,
  ) {
    const { name, permissions = [] } = definition;
    this.clock = new SimulationClock((error) => this.faults.push(errorOf(error)));
    const granted = permissions.map((permission) => permission.replace(/^sdl:/, ''));
    this.data = new MemoryData([name, ...granted]).namespace(name);
    this.config = this.judge(config ?? {});
    this.handlers = definition.create({
      ...{ config: this.config, log: createLogger(name), learning, data: this.data, metrics: this.book },
      every: (periodMs, handler) => this.clock.every(periodMs, handler),
      after: (delayMs, handler) => this.clock.after(delayMs, handler),
      node: (nodeId) => ({ control: (control) => this.ask(nodeId, control) }),
    });
    const { handlers, clock } = this;
    this.dispatcher = new ReportDispatcher({
      handlers,
      clock,
      onFault: (_, error) => this.faults.push(errorOf(error)),
    });
  }

  /**
   * Gives it a report of one of its subscriptions.
   * @returns the controls that it asked for until all that the report set off had settled
   * @throws what a handler threw
   */
  async report<N extends NameOf<W>>(
    name: N,
    report: TestReport<MeasurementOf<W, N>>,
  ): Promise<readonly TestControl[]> {
    const asked = this.controls.length;
    const subscribed = this.definition.subscriptions(this.config).find((wanted) => wanted.name === name);
    if (subscribed === undefined) throw new RangeError(`the xApp has no subscription ${name}`);
    const { level, periodMs, measurements } = subscribed;
    const {
      nodeId = NODE,
      timeMs = this.nowMs + periodMs,
      missed = 0,
      lockstep = true,
      a1Out = false,
      rows,
    } = report;
    this.nowMs = Math.max(this.nowMs, timeMs);
    const received = new ReceivedReport(
      { nodeId, level, timeMs, periodMs, measurements, rows: rows.map((row) => rowOf(row, measurements)) },
      { subscription: name, missed, lockstep, a1Out },
    );
    await this.dispatcher.dispatch(received, { control: (control) => this.ask(nodeId, control) });
    const [fault] = this.faults.splice(0);
    if (fault !== undefined) throw fault;
    return this.controls.slice(asked);
  }

  /** Tells what a control of it did. */
  effect({ controlId, nodeId, control }: TestControl, effect: Partial<ControlEffect> = {}): void {
    const measured = { measuredAtMs: this.nowMs, shares: [], effective: true, ...effect };
    const told = { controlId, nodeId, kind: control.kind, ...measured };
    this.effects.take(told);
    this.handlers.onEffect?.(told);
  }

  conflict(conflict: ControlConflict): void {
    this.handlers.onConflict?.(conflict);
  }

  subscriptionNotice(notice: SubscriptionNotice): void {
    this.handlers.onSubscription?.(notice);
  }

  /** Gives it a policy; settles when it enforces it. @throws its reason not to */
  async policy(policy: XAppPolicy): Promise<void> {
    await this.handlers.onPolicy?.(policy);
  }

  /** Gives it another configuration. @returns whether it took it while running @throws ConfigError, or its refusal */
  async configure(config: z.input<S>): Promise<boolean> {
    const judged = this.judge(config);
    if (this.handlers.onConfig === undefined) return false;
    await this.handlers.onConfig(judged);
    this.config = judged;
    return true;
  }

  /** Why it is not ready, if it is not. */
  async health(): Promise<string | undefined> {
    return this.handlers.onHealth?.();
  }

  async drain(): Promise<void> {
    await this.handlers.onDrain?.();
  }

  /** Its metrics as they stand. */
  metrics(): Readonly<Record<string, XAppMetric>> {
    return Object.fromEntries(this.book.all().map((metric) => [metric.name, metric]));
  }

  private ask(nodeId: string, control: RanControl): Control {
    const asked = { controlId: `test-${this.controls.length + 1}`, nodeId, control };
    this.controls.push(asked);
    const { controlId } = asked;
    const acknowledgement = Promise.resolve().then(() => ({ controlId, ...this.answer(asked) }));
    return controlOf(acknowledgement, () => this.effects.of({ nodeId, kind: control.kind, acknowledgement }));
  }

  private judge(config: unknown): z.infer<S> {
    const { name, config: schema } = this.definition;
    return judgeAppConfig(config, { app: `xApp ${name}`, schema });
  }
}

/** Makes the xApp, for a test. @throws ConfigError for a configuration that its schema refuses */
export function testXApp<S extends z.ZodType, W extends Subscription>(
  definition: XAppDefinition<S, W>,
  options: XAppTestOptions<S> = {},
): XAppTest<S, W> {
  return new XAppTest(definition, options);
}

function rowOf({ snssai, ueId, values }: TestRow, measurements: readonly string[]): MeasurementRow {
  const unknown = Object.keys(values).find((name) => !measurements.includes(name));
  if (unknown !== undefined) throw new RangeError(`the subscription does not ask for ${unknown}`);
  return { snssai, ueId, values: measurements.map((name) => values[name] ?? null) };
}

function errorOf(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(messageOf(thrown));
}

const NO_BUS = {
  request: () => Promise.reject(new Error('there is no Non-RT RIC in a test: hand `learning` in')),
  subscribe: () => () => undefined,
} as unknown as Bus;
