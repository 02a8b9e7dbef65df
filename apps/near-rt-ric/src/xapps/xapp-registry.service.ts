import { Bus } from '@ricochet/bus';
import {
  controlRequest,
  indicationsSettled,
  subscriptionNotice,
  xAppIndication,
  xAppOf,
  xAppRegister,
  type XAppRegistration,
} from '@ricochet/contracts';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { RIC_SUBSCRIBER } from '../control/effect.service.js';
import { ControlService } from '../control/control.service.js';
import { ControlLatency } from '../health/control-latency.js';
import { LockstepMode } from '../lockstep/lockstep-mode.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { IndicationService, type Delivery } from '../subscriptions/indication.service.js';
import { SubscriptionManager } from '../subscriptions/subscription-manager.service.js';

const CHECK_EVERY_MS = 1_000;
/** No sign of life for so long: the xApp is lost, and nothing more is sent to it. */
const LOST_AFTER_MS = 4_000;
/** Lost for so long: its subscriptions are given up. */
const FORGET_AFTER_MS = 60_000;

/** An xApp that has so many reports of each subscription before it unhandled is behind, and skips the next. */
const MAX_BACKLOG_PER_SUBSCRIPTION = 4;

/** An xApp that has announced itself. */
export interface RegisteredXApp {
  readonly name: string;
  readonly version: string;
  readonly instance: string;
  state: 'running' | 'lost';
  /** A1 policy types that it handles. */
  readonly policyTypes: readonly number[];
  heardAtMs: number;
  /** Indications handed to this instance, and those whose handlers have settled. */
  delivered: number;
  settled: number;
  controls: number;
  /** Indications that it was spared because it was behind; each shows as missed in the next one's count. */
  skipped: number;
  readonly skippedBy: Map<string, number>;
}

/** The RIC's door for xApps: registration, indications out, controls in. */
@Injectable()
export class XAppRegistry implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly xapps = new Map<string, RegisteredXApp>();
  private settledListener: (() => void) | undefined;
  private heardListener: ((xapp: RegisteredXApp) => void) | undefined;
  private checking: NodeJS.Timeout | undefined;
  private readonly startedMs = performance.now();

  constructor(
    private readonly bus: Bus,
    private readonly subscriptions: SubscriptionManager,
    private readonly indications: IndicationService,
    private readonly controls: ControlService,
    private readonly latency: ControlLatency,
    private readonly lockstep: LockstepMode,
    private readonly log: OperatorLog,
  ) {}

  onApplicationBootstrap(): void {
    this.indications.deliverWith((delivery) => this.deliver(delivery));
    this.subscriptions.onNotice((xapp, notice) => this.bus.publish(subscriptionNotice(xapp), notice));
    this.bus.serve(xAppRegister('*'), (registration, subject) => {
      this.register(xAppOf(subject), registration);
      return { accepted: true as const };
    });
    this.bus.serve(controlRequest('*'), (request, subject) => {
      const name = xAppOf(subject);
      const xapp = this.xapps.get(name);
      if (xapp !== undefined) xapp.controls += 1;
      return this.latency.measure(this.controls.control({ xapp: name, ...request }));
    });
    this.bus.subscribe(indicationsSettled('*'), ({ instance, count }, subject) => {
      const xapp = this.xapps.get(xAppOf(subject));
      if (xapp?.instance !== instance) return;
      xapp.settled = count;
      this.settledListener?.();
    });
    this.bus.onConnection(() => {
      // What was on its way when the bus went away will never be settled.
      for (const xapp of this.xapps.values()) xapp.delivered = xapp.settled;
    });
    this.checking = setInterval(() => this.check(), CHECK_EVERY_MS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.checking);
  }

  all(): readonly RegisteredXApp[] {
    return [...this.xapps.values()];
  }

  find(name: string): RegisteredXApp | undefined {
    return this.xapps.get(name);
  }

  /** Told whenever handlers of some xApp have settled. */
  onSettled(listener: () => void): void {
    this.settledListener = listener;
  }

  /** Told whenever an xApp announces itself, which it does every second. */
  onHeard(listener: (xapp: RegisteredXApp) => void): void {
    this.heardListener = listener;
  }

  /** The process is known to have ended: nothing more is sent to it. */
  ended(name: string): void {
    const xapp = this.xapps.get(name);
    if (xapp !== undefined) xapp.state = 'lost';
  }

  /** An xApp announces itself, for the first time or again. */
  private register(name: string, registration: XAppRegistration): void {
    const { version, instance, subscriptions, policyTypes } = registration;
    const known = this.xapps.get(name);
    const nowMs = performance.now();
    if (known?.instance === instance) {
      if (known.state === 'lost') this.log.info(`xApp ${name} is heard again`);
      known.state = 'running';
      known.heardAtMs = nowMs;
    } else {
      this.xapps.set(name, {
        name,
        version,
        instance,
        policyTypes,
        state: 'running',
        heardAtMs: nowMs,
        delivered: 0,
        settled: 0,
        controls: known?.controls ?? 0,
        skipped: known?.skipped ?? 0,
        skippedBy: new Map(),
      });
      this.log.info(`xApp ${name} ${version} registered`);
    }
    this.subscriptions.want(name, subscriptions);
    const heard = this.xapps.get(name);
    if (heard !== undefined) this.heardListener?.(heard);
  }

  /**
   * Hands a report to its xApp. In real time an xApp that is behind is spared the newest until it has caught up:
   * old reports would make it decide on a network of long ago, and ever later.
   */
  private deliver({ subscriber, missed, ...delivery }: Delivery): void {
    const xapp = this.xapps.get(subscriber.xapp);
    if (xapp === undefined) return;
    const key = `${subscriber.name} ${delivery.report.nodeId}`;
    const skipped = xapp.skippedBy.get(key) ?? 0;
    const heard = xapp.state === 'running';
    if (!heard || (!this.lockstep.isOn && this.isBehind(xapp))) {
      if (heard) xapp.skipped += 1;
      xapp.skippedBy.set(key, skipped + missed + 1);
      return;
    }
    xapp.skippedBy.delete(key);
    xapp.delivered += 1;
    this.bus.publish(xAppIndication(xapp.name, xapp.instance), {
      subscription: subscriber.name,
      missed: missed + skipped,
      lockstep: this.lockstep.isOn,
      ...delivery,
    });
  }

  private isBehind({ name, delivered, settled }: RegisteredXApp): boolean {
    if (delivered - settled < MAX_BACKLOG_PER_SUBSCRIPTION) return false;
    const subscriptions = this.subscriptions.countOf(name);
    return delivered - settled >= MAX_BACKLOG_PER_SUBSCRIPTION * subscriptions;
  }

  private check(): void {
    const nowMs = performance.now();
    if (nowMs - this.startedMs > FORGET_AFTER_MS) this.forgetStrangers();
    for (const xapp of this.xapps.values()) {
      const silentMs = nowMs - xapp.heardAtMs;
      if (silentMs > LOST_AFTER_MS && xapp.state === 'running') {
        xapp.state = 'lost';
        this.log.warn(`xApp ${xapp.name} is lost: not heard for ${Math.round(silentMs / 1000)} s`);
      }
      if (silentMs > FORGET_AFTER_MS) {
        this.subscriptions.release(xapp.name);
        this.xapps.delete(xapp.name);
      }
    }
  }

  /** Subscriptions that the store kept for xApps that have not come again. */
  private forgetStrangers(): void {
    for (const name of this.subscriptions.subscriberNames()) {
      if (name !== RIC_SUBSCRIBER && !this.xapps.has(name)) this.subscriptions.release(name);
    }
  }
}
