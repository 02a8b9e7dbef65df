import { Bus } from '@ricochet/bus';
import {
  controlRequest,
  indicationsSettled,
  RIC_NAME,
  subscriptionNotice,
  xAppIndication,
  xAppOf,
  xAppRegister,
  type ControlReply,
  type SubscriptionSpec,
  type XAppRegistration,
} from '@ricochet/contracts';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ControlService } from '../control/control.service.js';
import { XAppStandings } from '../control/xapp-standings.service.js';
import { PlayedFaults } from '../faults/played-faults.js';
import { ControlLatency } from '../health/control-latency.js';
import { LockstepMode } from '../lockstep/lockstep-mode.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { IndicationService, type Delivery } from '../subscriptions/indication.service.js';
import { SubscriptionManager } from '../subscriptions/subscription-manager.service.js';
import { LeisurelyDeliveries } from './leisurely-deliveries.js';

const CHECK_EVERY_MS = 1_000;
/** No sign of life for so long: the xApp is lost, and nothing more is sent to it. */
const LOST_AFTER_MS = 4_000;
/** Lost for so long: its subscriptions are given up. */
const FORGET_AFTER_MS = 60_000;

/** An xApp that has so many reports of each subscription before it unhandled is behind, and skips the next. */
const MAX_BACKLOG_PER_SUBSCRIPTION = 4;
/** While one version starts beside the other, and for a while after, both are given more time: neither is to lose any. */
const MAX_BACKLOG_IN_CHANGE = 64;
const CHANGE_SETTLES_MS = 5_000;

/** Who asks for reports no more often than that, and has controlled nothing on so many of them, watches. */
const WATCHING_FROM_MS = 1_000;
const WATCHING_AFTER = 10;
/** Watchers get their reports by the handful, of which each subscription has two at most: none is behind by it. */
const WATCHERS_ROUND_MS = 200;
const WATCHERS_HANDFUL_PER_SUBSCRIPTION = 2;

/** Retired instances that are remembered, so that what they said last is not taken for a new beginning. */
const MAX_RETIRED = 256;

/** Whose subscriptions a candidate's are, so that reports can be told from those of the xApp that serves. */
const candidateOf = (name: string): string => `${name}@next`;

/** An xApp that has announced itself. */
export interface RegisteredXApp {
  readonly name: string;
  readonly version: string;
  readonly instance: string;
  state: 'running' | 'lost';
  subscriptions: readonly SubscriptionSpec[];
  /** A1 policy types that it handles. */
  policyTypes: readonly number[];
  /** Why it could not do its work now, in its own words. */
  notReady: string | undefined;
  heardAtMs: number;
  /** When it took over from another one; absent: it began. */
  tookOverAtMs?: number;
  /** Indications handed to this instance, and those whose handlers have settled. */
  delivered: number;
  settled: number;
  controls: number;
  /** Indications that it was spared because it was behind; each shows as missed in the next one's count. */
  skipped: number;
  readonly skippedBy: Map<string, number>;
}

/** An instance that will serve once it is ready. */
interface Candidate {
  readonly instance: string;
  xapp?: RegisteredXApp;
  registration?: XAppRegistration;
}

/** The RIC's door for xApps: registration, indications out, controls in. */
@Injectable()
export class XAppRegistry implements OnApplicationBootstrap, OnApplicationShutdown {
  /** Those that serve, by name. */
  private readonly xapps = new Map<string, RegisteredXApp>();
  private readonly candidates = new Map<string, Candidate>();
  /** Those that served, by instance: what they were given is not settled yet. */
  private readonly leaving = new Map<string, RegisteredXApp>();
  private readonly retired = new Set<string>();
  private readonly leisurely = new LeisurelyDeliveries(WATCHERS_ROUND_MS);
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
    private readonly standings: XAppStandings,
    private readonly lockstep: LockstepMode,
    private readonly faults: PlayedFaults,
    private readonly log: OperatorLog,
  ) {}

  onApplicationBootstrap(): void {
    this.indications.deliverWith((delivery) => this.deliver(delivery));
    this.subscriptions.onNotice((xapp, notice) => {
      // A candidate is told when it takes over.
      if (!this.isCandidate(xapp)) this.bus.publish(subscriptionNotice(xapp), notice);
    });
    this.bus.serve(xAppRegister('*'), (registration, subject) => {
      this.register(xAppOf(subject), registration);
      return { accepted: true as const };
    });
    this.bus.serve(
      controlRequest('*'),
      (request, subject): ControlReply | Promise<ControlReply> => {
        const name = xAppOf(subject);
        const { instance, sequence } = request;
        if (this.candidates.get(name)?.instance === instance) {
          return {
            controlId: `${name}-${instance}-${sequence}`,
            outcome: 'refused',
            cause: 'it does not serve yet',
          };
        }
        const xapp = this.xapps.get(name);
        if (xapp !== undefined) xapp.controls += 1;
        return this.latency.measure(name, this.controls.control({ xapp: name, ...request }));
      },
      { canWait: true },
    );
    this.bus.subscribe(indicationsSettled('*'), ({ instance, count }, subject) => {
      const serving = this.xapps.get(xAppOf(subject));
      const xapp = serving?.instance === instance ? serving : this.leaving.get(instance);
      if (xapp?.name !== xAppOf(subject)) return;
      xapp.settled = count;
      this.settledListener?.();
    });
    this.bus.onConnection(() => {
      // What was on its way when the bus went away will never be settled.
      for (const xapp of [...this.xapps.values(), ...this.leaving.values()]) xapp.delivered = xapp.settled;
    });
    this.checking = setInterval(() => this.check(), CHECK_EVERY_MS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.checking);
    this.leisurely.flushAll();
  }

  /** Whether what it does can wait: its reports are a second apart or more, and it has never controlled anything. */
  isWatcher({ subscriptions, controls, settled }: RegisteredXApp): boolean {
    if (this.lockstep.isOn || controls > 0 || settled < WATCHING_AFTER) return false;
    return subscriptions.every(({ periodMs }) => periodMs >= WATCHING_FROM_MS);
  }

  all(): readonly RegisteredXApp[] {
    return [...this.xapps.values()];
  }

  find(name: string): RegisteredXApp | undefined {
    return this.xapps.get(name);
  }

  /** Those that get no more reports, while what they got is not settled. */
  leavers(): readonly RegisteredXApp[] {
    return [...this.leaving.values()];
  }

  /** The xApp's next instance, once it has announced itself. */
  candidate(name: string): RegisteredXApp | undefined {
    return this.candidates.get(name)?.xapp;
  }

  /** Whether all that a candidate subscribed to is settled, at the nodes that are there. */
  hasItsSubscriptions(candidate: RegisteredXApp): boolean {
    return !this.subscriptions.isPending(candidateOf(candidate.name));
  }

  /** Told whenever handlers of some xApp have settled. */
  onSettled(listener: () => void): void {
    this.settledListener = listener;
  }

  /** Told whenever an xApp announces itself, which it does every second. */
  onHeard(listener: (xapp: RegisteredXApp) => void): void {
    this.heardListener = listener;
  }

  /** An instance of that name will come beside the one that serves; until {@link handOver} it is given no reports. */
  expect(name: string, instance: string): void {
    this.candidates.set(name, { instance });
  }

  /**
   * The candidate serves from the next report on, and who served gets no more: no report comes between. Reports that
   * he was spared count as missed for his successor.
   * @throws Error the candidate has not announced itself
   */
  handOver(name: string): void {
    const { xapp: next, registration } = this.candidates.get(name) ?? {};
    if (next === undefined || registration === undefined) throw new Error(`xApp ${name} has no candidate`);
    next.tookOverAtMs = performance.now();
    const former = this.xapps.get(name);
    if (former !== undefined) {
      this.leisurely.flush(former.instance);
      this.leaving.set(former.instance, former);
      next.controls = former.controls;
      next.skipped = former.skipped;
      for (const [key, count] of former.skippedBy) next.skippedBy.set(key, count);
    }
    this.xapps.set(name, next);
    this.standings.declare(name, registration);
    this.subscriptions.want(name, next.subscriptions);
    this.subscriptions.release(candidateOf(name));
    this.candidates.delete(name);
  }

  /** Nobody of that name is given reports any more. */
  leave(name: string): void {
    const xapp = this.xapps.get(name);
    if (xapp !== undefined) {
      this.leisurely.flush(xapp.instance);
      this.leaving.set(xapp.instance, xapp);
    }
    this.xapps.delete(name);
    this.subscriptions.release(name);
  }

  /** The process is known to have ended: nothing more is sent to it, and one that did not serve is forgotten. */
  ended(name: string, instance: string): void {
    this.retired.add(instance);
    for (const oldest of this.retired) {
      if (this.retired.size <= MAX_RETIRED) break;
      this.retired.delete(oldest);
    }
    this.leaving.delete(instance);
    if (this.candidates.get(name)?.instance === instance) {
      this.candidates.delete(name);
      this.subscriptions.release(candidateOf(name));
    }
    const xapp = this.xapps.get(name);
    if (xapp?.instance === instance) xapp.state = 'lost';
    this.settledListener?.();
  }

  /** An xApp announces itself, for the first time or again. */
  private register(name: string, registration: XAppRegistration): void {
    const { instance, subscriptions } = registration;
    if (this.retired.has(instance) || this.leaving.has(instance)) return;
    const candidate = this.candidates.get(name);
    const isCandidate = candidate?.instance === instance;
    const xapp = this.announced(name, registration, isCandidate ? candidate.xapp : this.xapps.get(name));
    if (isCandidate) Object.assign(candidate, { xapp, registration });
    else {
      this.xapps.set(name, xapp);
      this.standings.declare(name, registration);
    }
    this.subscriptions.want(isCandidate ? candidateOf(name) : name, subscriptions);
    this.heardListener?.(xapp);
  }

  private announced(
    name: string,
    { version, instance, subscriptions, policyTypes, notReady }: XAppRegistration,
    known: RegisteredXApp | undefined,
  ): RegisteredXApp {
    const heardAtMs = performance.now();
    if (known?.instance === instance) {
      if (known.state === 'lost') this.log.info(`xApp ${name} is heard again`);
      const heard = { state: 'running' as const, heardAtMs, notReady };
      // Another configuration may have changed these.
      return Object.assign(known, { ...heard, subscriptions, policyTypes });
    }
    this.log.info(`xApp ${name} ${version} registered`);
    return {
      name,
      version,
      instance,
      subscriptions,
      policyTypes,
      notReady,
      state: 'running',
      heardAtMs,
      delivered: 0,
      settled: 0,
      controls: known?.controls ?? 0,
      skipped: known?.skipped ?? 0,
      skippedBy: new Map(),
    };
  }

  /**
   * Hands a report to its xApp. In real time an xApp that is behind is spared the newest until it has caught up:
   * old reports would make it decide on a network of long ago, and ever later.
   */
  private deliver(delivery: Delivery): void {
    const xapp = this.xapps.get(delivery.subscriber.xapp);
    if (xapp === undefined) return;
    const { name, instance } = xapp;
    const isBehind = !this.lockstep.isOn && this.isBehind(xapp);
    if (!isBehind && this.isWatcher(xapp)) {
      const atMost = WATCHERS_HANDFUL_PER_SUBSCRIPTION * this.subscriptions.countOf(name);
      this.leisurely.hold(instance, atMost, () => this.send(xapp, delivery));
      return;
    }
    // In their order.
    this.leisurely.flush(instance);
    if (!isBehind) return this.send(xapp, delivery);
    if (this.hears(xapp)) xapp.skipped += 1;
    spare(xapp, delivery);
  }

  private send(xapp: RegisteredXApp, delivery: Delivery): void {
    if (!this.hears(xapp)) return spare(xapp, delivery);
    const { subscriber, missed, ...told } = delivery;
    const key = keyOf(delivery);
    const skipped = xapp.skippedBy.get(key) ?? 0;
    xapp.skippedBy.delete(key);
    xapp.delivered += 1;
    this.bus.publish(xAppIndication(xapp.name, xapp.instance), {
      subscription: subscriber.name,
      missed: missed + skipped,
      lockstep: this.lockstep.isOn,
      ...(this.faults.a1Out && { a1Out: true }),
      ...told,
    });
  }

  private hears({ name, state }: RegisteredXApp): boolean {
    return state === 'running' && this.bus.isUp && !this.faults.isCutOff(name);
  }

  private isBehind({ name, delivered, settled, tookOverAtMs }: RegisteredXApp): boolean {
    const backlog = delivered - settled;
    if (backlog < MAX_BACKLOG_PER_SUBSCRIPTION) return false;
    const hasJustTakenOver =
      tookOverAtMs !== undefined && performance.now() - tookOverAtMs < CHANGE_SETTLES_MS;
    const isChanging = this.candidates.has(name) || hasJustTakenOver;
    const allowed = isChanging ? MAX_BACKLOG_IN_CHANGE : MAX_BACKLOG_PER_SUBSCRIPTION;
    return backlog >= allowed * this.subscriptions.countOf(name);
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
      const isKnown = this.xapps.has(name) || this.isCandidate(name);
      if (name !== RIC_NAME && !isKnown) this.subscriptions.release(name);
    }
  }

  private isCandidate(subscriber: string): boolean {
    return [...this.candidates.keys()].some((name) => candidateOf(name) === subscriber);
  }
}

/** A subscription at a node. */
function keyOf({ subscriber, report }: Delivery): string {
  return `${subscriber.name} ${report.nodeId}`;
}

/** The xApp does not get it: it counts as missed with the next one. */
function spare({ skippedBy }: RegisteredXApp, delivery: Delivery): void {
  const key = keyOf(delivery);
  skippedBy.set(key, (skippedBy.get(key) ?? 0) + delivery.missed + 1);
}
