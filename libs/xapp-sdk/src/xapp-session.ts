import { type Bus, type Unsubscribe } from '@ricochet/bus';
import {
  controlEffect,
  controlRequest,
  indicationsSettled,
  subscriptionNotice,
  xAppIndication,
  xAppPolicy,
  xAppPolicyStatus,
  xAppRegister,
  type RanControl,
  type SubscriptionSpec,
  type XAppIndication,
  type XAppPolicy,
} from '@ricochet/contracts';
import { messageOf, type Logger } from '@ricochet/platform';
import { type ControlResult, type XAppHandlers } from './define-xapp.js';

/** Registering is the xApp's sign of life, too. */
const REGISTER_EVERY_MS = 1_000;
const REQUEST_TIMEOUT_MS = 2_000;
/** In real time: shorter than the backlog that makes the RIC spare an xApp. */
const SETTLED_EVERY_MS = 20;

export interface XAppSessionOptions {
  readonly name: string;
  readonly version: string;
  readonly subscriptions: readonly SubscriptionSpec[];
  /** A1 policy types that the handlers take. */
  readonly policyTypes: readonly number[];
  readonly handlers: XAppHandlers;
  readonly bus: Bus;
  readonly log: Logger;
  /** Tells one life of the process from the next. */
  readonly instance: string;
}

/** One life of an xApp on the bus: registers, hands reports to the handlers, carries controls out. */
export class XAppSession {
  private readonly unsubscribe: Unsubscribe[] = [];
  private registering: NodeJS.Timeout | undefined;
  private registered = false;
  private controls = 0;
  private settled = 0;
  private isTelling = false;
  private policies: Promise<void> = Promise.resolve();
  private refusal: string | undefined;

  constructor(private readonly options: XAppSessionOptions) {}

  start(): void {
    const { bus, name, handlers, instance } = this.options;
    this.unsubscribe.push(
      bus.subscribe(xAppIndication(name, instance), (indication) => void this.handle(indication)),
      bus.subscribe(subscriptionNotice(name), (notice) => {
        if (notice.state === 'failed') {
          this.options.log.warn(`subscription ${notice.subscription} at ${notice.nodeId}: ${notice.cause}`);
        }
        handlers.onSubscription?.(notice);
      }),
    );
    if (this.options.policyTypes.length > 0) {
      this.unsubscribe.push(
        bus.subscribe(xAppPolicy(name, instance), (policy) => {
          this.policies = this.policies.then(() => this.enforce(policy));
        }),
      );
    }
    // Effects come as often as controls go: only to who wants to hear them.
    if (handlers.onEffect !== undefined) {
      this.unsubscribe.push(bus.subscribe(controlEffect(name), (effect) => handlers.onEffect?.(effect)));
    }
    void this.register();
    this.registering = setInterval(() => void this.register(), REGISTER_EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.registering);
    for (const stop of this.unsubscribe) stop();
    await this.options.bus.close();
  }

  private async register(): Promise<void> {
    const { bus, name: xapp, version, instance, log, subscriptions, policyTypes } = this.options;
    try {
      await bus.request(
        xAppRegister(xapp),
        { version, instance, subscriptions: [...subscriptions], policyTypes: [...policyTypes] },
        REQUEST_TIMEOUT_MS,
      );
      if (!this.registered) log.info('registered with the Near-RT RIC');
      this.registered = true;
    } catch (error) {
      if (this.registered) log.warn(`the Near-RT RIC does not answer: ${messageOf(error)}`);
      this.registered = false;
    }
  }

  private async handle(indication: XAppIndication): Promise<void> {
    const { subscription, missed, callProcessId, lockstep, report } = indication;
    const { handlers, log } = this.options;
    if (missed > 0) log.warn(`${missed} reports of ${subscription} from ${report.nodeId} are missing`);
    const ric = { control: (control: RanControl) => this.control(report.nodeId, callProcessId, control) };
    try {
      await handlers.onReport({ ...report, subscription, missed, lockstep }, ric);
    } catch (error) {
      log.error(`handler of ${subscription} from ${report.nodeId}: ${messageOf(error)}`);
    }
    this.settled += 1;
    if (lockstep) this.tellSettledSoon();
    else this.tellSettledAtLeisure();
  }

  private async enforce(policy: XAppPolicy): Promise<void> {
    const { bus, name: xapp, handlers, instance, log } = this.options;
    const about = { instance, ...policy };
    try {
      await handlers.onPolicy?.(policy);
      this.refusal = undefined;
      bus.publish(xAppPolicyStatus(xapp), { ...about, enforceStatus: 'ENFORCED' });
    } catch (error) {
      // The RIC asks again every second.
      if (this.refusal !== messageOf(error)) {
        log.warn(`policy ${policy.policyId} is not enforced: ${messageOf(error)}`);
      }
      this.refusal = messageOf(error);
      bus.publish(xAppPolicyStatus(xapp), {
        ...about,
        enforceStatus: 'NOT_ENFORCED',
        enforceReason: messageOf(error),
      });
    }
  }

  private async control(
    nodeId: string,
    callProcessId: string | undefined,
    control: RanControl,
  ): Promise<ControlResult> {
    const { bus, name: xapp, instance, log } = this.options;
    const sequence = ++this.controls;
    const request = { instance, sequence, nodeId, callProcessId, control };
    const result = await bus
      .request(controlRequest(xapp), request, REQUEST_TIMEOUT_MS)
      .catch((error: unknown): ControlResult => ({
        controlId: `${xapp}-${sequence}`,
        outcome: 'timed-out',
        cause: messageOf(error),
      }));
    if (result.outcome !== 'acknowledged') {
      log.warn(`${control.kind} at ${nodeId} ${result.outcome}: ${result.cause}`);
    }
    return result;
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
    const { bus, name: xapp, instance } = this.options;
    bus.publish(indicationsSettled(xapp), { instance, count: this.settled });
  }
}
