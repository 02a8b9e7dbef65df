import { type Bus, type Unsubscribe } from '@ricochet/bus';
import {
  controlConflict,
  indicationsSettled,
  subscriptionNotice,
  xAppConfigure,
  xAppDrain,
  xAppIndication,
  xAppMetrics,
  xAppPolicy,
  xAppPolicyStatus,
  xAppRegister,
  type SubscriptionNotice,
  type XAppIndication,
  type XAppPolicy,
} from '@ricochet/contracts';
import { messageOf, type Logger } from '@ricochet/platform';
import { type z } from 'zod';
import { judgeAppConfig } from './app-config.js';
import { announcementOf } from './announcement.js';
import { ControlDoor } from './control-door.js';
import { type XAppDefinition, type XAppHandlers } from './define-xapp.js';
import { LearningClient } from './learning-client.js';
import { MetricsBook } from './metrics-book.js';
import { ReceivedReport } from './report.js';
import { ReportDispatcher } from './report-dispatcher.js';
import { RicData } from './shared-data.js';
import { SimulationClock } from './simulation-clock.js';
import { type Subscription } from './subscription.js';
import { UnderWay } from './under-way.js';

/** Registering is the xApp's sign of life, too. */
const REGISTER_EVERY_MS = 1_000;
const REQUEST_TIMEOUT_MS = 2_000;
/** In real time: shorter than the backlog that makes the RIC spare an xApp. */
const SETTLED_EVERY_MS = 20;

export interface XAppSessionOptions<S extends z.ZodType, W extends Subscription> {
  readonly definition: XAppDefinition<S, W>;
  readonly config: z.infer<S>;
  readonly bus: Bus;
  readonly log: Logger;
  /** Tells one life of the process from the next. */
  readonly instance: string;
}

/** One life of an xApp on the bus: registers, hands reports to the handlers, carries controls out. */
export class XAppSession<S extends z.ZodType, W extends Subscription> {
  private readonly unsubscribe: Unsubscribe[] = [];
  private readonly handlers: XAppHandlers;
  private readonly controls: ControlDoor;
  private readonly dispatcher: ReportDispatcher;
  private readonly data: RicData;
  private readonly metrics = new MetricsBook();
  /** Reports whose handlers have not settled. */
  private readonly handling = new UnderWay();
  private config: z.infer<S>;
  private registering: NodeJS.Timeout | undefined;
  private registered = false;
  private settled = 0;
  private isTelling = false;
  private policies: Promise<void> = Promise.resolve();
  private refusal: string | undefined;

  /** Makes the handlers. @throws what the definition's `create` throws */
  constructor(private readonly options: XAppSessionOptions<S, W>) {
    const { definition, config, bus, log, instance } = options;
    const { name } = definition;
    const clock = new SimulationClock((error) => log.error(`timer: ${messageOf(error)}`));
    this.config = config;
    this.data = new RicData({ bus, name, instance, log });
    this.controls = new ControlDoor({
      ...{ bus, name, instance, log },
      onEffect: (effect) => this.handlers.onEffect?.(effect),
      onListening: () => {
        if (this.registering !== undefined) void this.register();
      },
    });
    this.handlers = definition.create({
      config,
      log,
      learning: new LearningClient(bus),
      data: this.data.namespace(name),
      metrics: this.metrics,
      every: (periodMs, handler) => clock.every(periodMs, handler),
      after: (delayMs, handler) => clock.after(delayMs, handler),
      node: (nodeId) => ({ control: (control) => this.controls.control(nodeId, control) }),
    });
    this.dispatcher = new ReportDispatcher({
      ...{ handlers: this.handlers, clock },
      onFault: ({ subscription, nodeId }, error) =>
        log.error(`handler of ${subscription} from ${nodeId}: ${messageOf(error)}`),
    });
  }

  start(): void {
    const { bus, instance, definition } = this.options;
    const { name } = definition;
    this.unsubscribe.push(
      bus.subscribe(xAppIndication(name, instance), (indication) => this.take(indication)),
      bus.subscribe(subscriptionNotice(name), (notice) => this.notice(notice)),
      bus.subscribe(xAppPolicy(name, instance), (policy) => {
        this.policies = this.policies.then(() => this.enforce(policy));
      }),
      bus.serve(xAppConfigure(name, instance), ({ config }) => this.configure(config)),
      bus.serve(xAppDrain(name, instance), () => this.drain()),
    );
    if (this.handlers.onConflict !== undefined) {
      const heard = bus.subscribe(controlConflict(name), (conflict) => this.handlers.onConflict?.(conflict));
      this.unsubscribe.push(heard);
    }
    if (this.handlers.onEffect !== undefined) this.controls.listen();
    void this.beat();
    this.registering = setInterval(() => void this.beat(), REGISTER_EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.registering);
    for (const stop of this.unsubscribe) stop();
    this.controls.stop();
    await this.options.bus.close();
  }

  /** The sign of life, and what goes with it. */
  private async beat(): Promise<void> {
    const { bus, instance, definition } = this.options;
    this.data.renew();
    const metrics = this.metrics.all();
    if (metrics.length > 0) bus.publish(xAppMetrics(definition.name), { instance, metrics });
    await this.register();
  }

  private async register(): Promise<void> {
    const { bus, definition, instance, log } = this.options;
    try {
      const notReady = await this.notReady();
      const effects = this.controls.isListening;
      const announcement = announcementOf(definition, { config: this.config, instance, effects, notReady });
      await bus.request(xAppRegister(definition.name), announcement, REQUEST_TIMEOUT_MS);
      if (!this.registered) log.info('registered with the Near-RT RIC');
      this.registered = true;
    } catch (error) {
      if (this.registered) log.warn(`the Near-RT RIC does not answer: ${messageOf(error)}`);
      this.registered = false;
    }
  }

  private async notReady(): Promise<string | undefined> {
    try {
      return await this.handlers.onHealth?.();
    } catch (error) {
      return messageOf(error);
    }
  }

  private take(indication: XAppIndication): void {
    this.handling.add(this.handle(indication));
  }

  private async handle({ callProcessId, lockstep, report, ...placed }: XAppIndication): Promise<void> {
    const { subscription, missed, a1Out = false } = placed;
    const { nodeId } = report;
    if (missed > 0) this.options.log.warn(`${missed} reports of ${subscription} from ${nodeId} are missing`);
    const asked: Promise<unknown>[] = [];
    await this.dispatcher.dispatch(new ReceivedReport(report, { subscription, missed, lockstep, a1Out }), {
      control: (control) => {
        const answered = this.controls.control(nodeId, control, { callProcessId, lockstep });
        asked.push(answered);
        return answered;
      },
    });
    // The RIC tells by it who may still ask for something at this instant.
    if (lockstep) await Promise.all(asked);
    this.settled += 1;
    if (lockstep) this.tellSettledSoon();
    else this.tellSettledAtLeisure();
  }

  private notice(notice: SubscriptionNotice): void {
    if (notice.state === 'failed') {
      this.options.log.warn(`subscription ${notice.subscription} at ${notice.nodeId}: ${notice.cause}`);
    }
    this.handlers.onSubscription?.(notice);
  }

  private async enforce(policy: XAppPolicy): Promise<void> {
    const { bus, definition, instance, log } = this.options;
    const status = xAppPolicyStatus(definition.name);
    const about = { instance, ...policy };
    try {
      await this.handlers.onPolicy?.(policy);
      this.refusal = undefined;
      bus.publish(status, { ...about, enforceStatus: 'ENFORCED' });
    } catch (error) {
      // The RIC asks again every second.
      if (this.refusal !== messageOf(error)) {
        log.warn(`policy ${policy.policyId} is not enforced: ${messageOf(error)}`);
      }
      this.refusal = messageOf(error);
      bus.publish(status, { ...about, enforceStatus: 'NOT_ENFORCED', enforceReason: messageOf(error) });
    }
  }

  private async configure(config: unknown): Promise<{ applied: boolean }> {
    const { definition, log } = this.options;
    const judged = judgeAppConfig(config, { app: `xApp ${definition.name}`, schema: definition.config });
    if (this.handlers.onConfig === undefined) return { applied: false };
    await this.handlers.onConfig(judged);
    this.config = judged;
    log.info('works by another configuration');
    // What it subscribes to may depend on it.
    void this.register();
    return { applied: true };
  }

  private async drain(): Promise<{ settled: number }> {
    // It gives no more signs of life: the RIC has another in its place.
    clearInterval(this.registering);
    await this.handling.idle();
    await this.policies;
    await this.handlers.onDrain?.();
    await this.controls.idle();
    this.options.log.info(`drained after ${this.settled} reports`);
    return { settled: this.settled };
  }

  /** Handlers that settle in one turn of the event loop are told of in one message. */
  private tellSettledSoon(): void {
    if (this.isTelling) return;
    this.isTelling = true;
    setImmediate(() => this.tellSettled());
  }

  /** In real time nobody waits for it. */
  private tellSettledAtLeisure(): void {
    if (this.isTelling) return;
    this.isTelling = true;
    setTimeout(() => this.tellSettled(), SETTLED_EVERY_MS).unref();
  }

  private tellSettled(): void {
    this.isTelling = false;
    const { bus, definition, instance } = this.options;
    bus.publish(indicationsSettled(definition.name), { instance, count: this.settled });
  }
}
