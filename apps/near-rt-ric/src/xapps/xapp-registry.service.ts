import { Bus } from '@ricochet/bus';
import {
  controlRequest,
  indicationsSettled,
  subscriptionNotice,
  xAppIndication,
  xAppRegister,
  type RequestOf,
} from '@ricochet/contracts';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ControlService } from '../control/control.service.js';
import { LockstepMode } from '../lockstep/lockstep-mode.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { IndicationService, type Delivery } from '../subscriptions/indication.service.js';
import { SubscriptionManager } from '../subscriptions/subscription-manager.service.js';

const CHECK_EVERY_MS = 1_000;
/** No sign of life for so long: the xApp is lost, and nothing more is sent to it. */
const LOST_AFTER_MS = 4_000;
/** Lost for so long: its subscriptions are given up. */
const FORGET_AFTER_MS = 60_000;

/** An xApp that has announced itself. */
export interface RegisteredXApp {
  readonly name: string;
  readonly version: string;
  readonly instance: string;
  state: 'running' | 'lost';
  heardAtMs: number;
  /** Indications handed to this instance, and those whose handlers have settled. */
  delivered: number;
  settled: number;
  controls: number;
}

/** The RIC's door for xApps: registration, indications out, controls in. */
@Injectable()
export class XAppRegistry implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly xapps = new Map<string, RegisteredXApp>();
  private settledListener: (() => void) | undefined;
  private checking: NodeJS.Timeout | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly subscriptions: SubscriptionManager,
    private readonly indications: IndicationService,
    private readonly controls: ControlService,
    private readonly lockstep: LockstepMode,
    private readonly log: OperatorLog,
  ) {}

  onApplicationBootstrap(): void {
    this.indications.deliverWith((delivery) => this.deliver(delivery));
    this.subscriptions.onNotice((xapp, notice) => this.bus.publish(subscriptionNotice(xapp), notice));
    this.bus.serve(xAppRegister, (registration) => this.register(registration));
    this.bus.serve(controlRequest, (request) => {
      const xapp = this.xapps.get(request.xapp);
      if (xapp !== undefined) xapp.controls += 1;
      return this.controls.control(request);
    });
    this.bus.subscribe(indicationsSettled, ({ xapp: name, instance, count }) => {
      const xapp = this.xapps.get(name);
      if (xapp?.instance !== instance) return;
      xapp.settled = count;
      this.settledListener?.();
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

  /** The process is known to have ended: nothing more is sent to it. */
  ended(name: string): void {
    const xapp = this.xapps.get(name);
    if (xapp !== undefined) xapp.state = 'lost';
  }

  private register(registration: RequestOf<typeof xAppRegister>): { accepted: true } {
    const { xapp: name, version, instance, subscriptions } = registration;
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
        state: 'running',
        heardAtMs: nowMs,
        delivered: 0,
        settled: 0,
        controls: known?.controls ?? 0,
      });
      this.log.info(`xApp ${name} ${version} registered`);
    }
    this.subscriptions.want(name, subscriptions);
    return { accepted: true };
  }

  private deliver({ subscriber, ...delivery }: Delivery): void {
    const xapp = this.xapps.get(subscriber.xapp);
    if (xapp?.state !== 'running') return;
    xapp.delivered += 1;
    this.bus.publish(xAppIndication(xapp.name, xapp.instance), {
      subscription: subscriber.name,
      lockstep: this.lockstep.isOn,
      ...delivery,
    });
  }

  private check(): void {
    const nowMs = performance.now();
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
}
