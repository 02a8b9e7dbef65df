import { type SubscriptionNotice } from '@ricochet/contracts';
import { BoundedLines, type RicRequestId, type SubscriptionToRemove, type Timers } from '@ricochet/e2ap';
import { Store } from '@ricochet/store';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { type E2Node } from '../e2/e2-node.js';
import { E2_TIMERS } from '../e2/e2-timers.js';
import { NodeRegistry, type FunctionChanges } from '../e2/node-registry.service.js';
import { OperatorLog } from '../status/operator-log.service.js';
import {
  isWantedOf,
  mergeKeyOf,
  newSubscription,
  noticeOf,
  recordOf,
  REQUESTOR_ID,
  subscriptionOf,
  type E2Subscription,
} from './e2-subscription.js';
import { type ReportSpec, type WantedReports } from './kpm-plan.js';
import { SubscriptionProcedures } from './subscription-procedures.js';

const MAX_INSTANCE_ID = 65_535;

/** A node that is named, and not here so long after, may be misspelt. */
const MISSED_AFTER_MS = 10_000;

/**
 * What an xApp hears, by the state of its E2 subscription. One that it hears by two names counts twice, as each of its
 * reports comes twice.
 */
export type SubscriptionTally = Readonly<Record<E2Subscription['state'], number>>;

const NONE: SubscriptionTally = { pending: 0, active: 0, failed: 0 };

/**
 * What every xApp wants from every node, as E2 subscriptions: identical ones are merged, all are kept in the
 * store and set up again whenever their node connects or resets.
 */
@Injectable()
export class SubscriptionManager implements OnModuleInit {
  private readonly byId = new Map<number, E2Subscription>();
  private readonly wanted = new Map<string, readonly WantedReports[]>();
  private readonly procedures: SubscriptionProcedures;
  /** By xApp; counted anew when asked for after a change, as every report to a watcher asks. */
  private tallies: Map<string, SubscriptionTally> | undefined;
  private nextId = 1;
  private noticeListener: ((xapp: string, notice: SubscriptionNotice) => void) | undefined;

  constructor(
    private readonly registry: NodeRegistry,
    private readonly store: Store,
    private readonly log: OperatorLog,
    @Inject(E2_TIMERS) private readonly timers: Timers,
  ) {
    const lines = new BoundedLines(timers, (line) => log.warn(line));
    this.procedures = new SubscriptionProcedures({
      timers,
      onState: (subscription, state, cause) => this.change(subscription, state, cause),
      nodeOf: (subscription) => (this.isKept(subscription) ? registry.find(subscription.nodeId) : undefined),
      warn: (line) => lines.tell(line),
    });
  }

  async onModuleInit(): Promise<void> {
    for (const record of await this.store.subscriptions()) {
      this.byId.set(record.subscriptionId, subscriptionOf(record));
    }
    this.registry.events
      .on('connected', (node) => this.setUpAll(node))
      .on('reset', (node) => this.setUpAll(node))
      .on('functionsChanged', (node, changes) => this.functionsChanged(node, changes))
      .on('deletionRequired', (node, items) => this.deletionRequired(node, items))
      .on('lost', (node) => this.nodeLost(node))
      .on('forgotten', ({ nodeId }) => {
        for (const subscription of this.ofNode(nodeId)) this.drop(subscription);
      });
  }

  /** Told what becomes of subscriptions. */
  onNotice(listener: (xapp: string, notice: SubscriptionNotice) => void): void {
    this.noticeListener = listener;
  }

  find({ requestorId, instanceId }: RicRequestId): E2Subscription | undefined {
    return requestorId === REQUESTOR_ID ? this.byId.get(instanceId) : undefined;
  }

  /** Whether it is one that the node is being told to delete. */
  isLeaving({ association }: E2Node, requestId: RicRequestId): boolean {
    return requestId.requestorId === REQUESTOR_ID && this.procedures.isLeaving(association, requestId);
  }

  all(): readonly E2Subscription[] {
    return [...this.byId.values()];
  }

  /** Names of all who hear subscriptions. */
  subscriberNames(): ReadonlySet<string> {
    return new Set(
      this.all().flatMap(({ subscribers }) => [...subscribers.values()].map(({ xapp }) => xapp)),
    );
  }

  /** E2 subscriptions that an xApp hears, in any state. */
  countOf(xapp: string): number {
    const { pending, active, failed } = this.tallyOf(xapp);
    return pending + active + failed;
  }

  tallyOf(xapp: string): SubscriptionTally {
    return (this.tallies ??= this.tally()).get(xapp) ?? NONE;
  }

  /** Whether something that an xApp wants of a node that is there has neither been admitted nor refused yet. */
  isPending(xapp: string): boolean {
    return this.all().some(
      ({ state, nodeId, subscribers }) =>
        state === 'pending' &&
        this.registry.find(nodeId)?.association !== undefined &&
        [...subscribers.values()].some((subscriber) => subscriber.xapp === xapp),
    );
  }

  /** Replaces what an xApp wants; nothing happens when it is the same as before. */
  want(xapp: string, specs: readonly WantedReports[]): void {
    const before = this.wanted.get(xapp);
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(specs)) return;
    this.wanted.set(xapp, specs);
    this.releaseUnwanted(xapp, specs);
    for (const node of this.registry.all()) {
      for (const subscription of this.attachAll(node, xapp, specs)) this.procedures.begin(node, subscription);
    }
    if (this.missing(specs).length > 0) {
      this.timers.after(MISSED_AFTER_MS, () => this.tellMissing(xapp, specs));
    }
  }

  /** Forgets what an xApp wants. */
  release(xapp: string): void {
    this.wanted.delete(xapp);
    this.releaseUnwanted(xapp, []);
  }

  /** Nodes that are named and not here. */
  private missing(specs: readonly WantedReports[]): string[] {
    const named = new Set(specs.flatMap(({ nodes }) => nodes ?? []));
    return [...named].filter((nodeId) => this.registry.find(nodeId) === undefined);
  }

  private tellMissing(xapp: string, specs: readonly WantedReports[]): void {
    const missing = this.missing(specs);
    if (this.wanted.get(xapp) !== specs || missing.length === 0) return;
    this.log.warn(`xApp ${xapp} wants reports of nodes that are not here: ${missing.join(', ')}`);
  }

  private tally(): Map<string, SubscriptionTally> {
    const tallies = new Map<string, Record<E2Subscription['state'], number>>();
    for (const { state, subscribers } of this.byId.values()) {
      for (const { xapp } of subscribers.values()) {
        const tally = tallies.get(xapp) ?? { ...NONE };
        tally[state] += 1;
        tallies.set(xapp, tally);
      }
    }
    return tallies;
  }

  private setUpAll(node: E2Node): void {
    for (const [xapp, specs] of this.wanted) this.attachAll(node, xapp, specs);
    for (const subscription of this.ofNode(node.nodeId)) this.procedures.begin(node, subscription);
  }

  private nodeLost(node: E2Node): void {
    for (const subscription of this.ofNode(node.nodeId)) {
      this.change(subscription, 'pending');
      this.notify(subscription);
    }
  }

  /** What was of a function that is gone ends; what could not be had may be had now. */
  private functionsChanged(node: E2Node, { modified, deleted }: FunctionChanges): void {
    for (const subscription of this.ofNode(node.nodeId)) {
      const of = subscription.plan?.ranFunctionId;
      const isGone = of !== undefined && deleted.has(of);
      if (isGone) subscription.plan = undefined;
      const isStale = isGone || (of !== undefined && modified.has(of));
      if (isStale || subscription.state !== 'active') void this.procedures.renew(node, subscription);
    }
  }

  /** The node wants subscriptions deleted (E2AP clause 8.2.7): they are asked for again, after a while. */
  private deletionRequired(node: E2Node, items: readonly SubscriptionToRemove[]): void {
    for (const { ricRequestId, cause } of items) {
      const subscription = this.find(ricRequestId);
      if (subscription?.nodeId === node.nodeId) void this.procedures.renewLater(node, subscription, cause);
    }
  }

  /** Adds the xApp to the subscriptions that it wants at the node; gives those that are new. */
  private attachAll(node: E2Node, xapp: string, specs: readonly WantedReports[]): E2Subscription[] {
    const fresh: E2Subscription[] = [];
    const byKey = new Map(this.ofNode(node.nodeId).map((known) => [JSON.stringify(known.spec), known]));
    for (const { name, nodes: _, ...spec } of specs.filter((one) => isWantedOf(node.nodeId, one))) {
      const key = JSON.stringify(spec);
      let subscription = byKey.get(key);
      if (subscription === undefined) {
        if (this.byId.size >= MAX_INSTANCE_ID) {
          node.tell(`there are ${MAX_INSTANCE_ID} subscriptions already, which is the most`);
          break;
        }
        subscription = this.create(node.nodeId, spec);
        byKey.set(key, subscription);
        fresh.push(subscription);
      }
      subscription.subscribers.set(`${xapp}/${name}`, { xapp, name });
      this.tallies = undefined;
      if (subscription.state !== 'pending') this.notify(subscription);
      this.save(subscription);
    }
    return fresh;
  }

  /** Ids go round, so that what is still under way for a removed subscription is not taken for the next one's. */
  private create(nodeId: string, spec: ReportSpec): E2Subscription {
    while (this.byId.has(this.nextId)) this.nextId = (this.nextId % MAX_INSTANCE_ID) + 1;
    const subscription = newSubscription(this.nextId, nodeId, spec);
    this.nextId = (this.nextId % MAX_INSTANCE_ID) + 1;
    this.byId.set(subscription.id, subscription);
    return subscription;
  }

  private releaseUnwanted(xapp: string, specs: readonly WantedReports[]): void {
    const wishes = new Map(specs.map((spec) => [`${spec.name} ${mergeKeyOf(spec)}`, spec]));
    for (const subscription of this.all()) {
      for (const [key, subscriber] of subscription.subscribers) {
        if (subscriber.xapp !== xapp) continue;
        const wish = wishes.get(`${subscriber.name} ${JSON.stringify(subscription.spec)}`);
        if (wish !== undefined && isWantedOf(subscription.nodeId, wish)) continue;
        subscription.subscribers.delete(key);
        this.tallies = undefined;
        if (subscription.subscribers.size === 0) this.remove(subscription);
        else this.save(subscription);
      }
    }
  }

  /** Nobody wants it any more. */
  private remove(subscription: E2Subscription): void {
    this.drop(subscription);
    const node = this.registry.find(subscription.nodeId);
    if (node !== undefined) void this.procedures.remove(node, subscription);
  }

  private drop({ id }: E2Subscription): void {
    this.byId.delete(id);
    this.tallies = undefined;
    this.store.deleteSubscription(id).catch(ignored);
  }

  /** Removed ones may still be under way. */
  private isKept(subscription: E2Subscription): boolean {
    return this.byId.get(subscription.id) === subscription;
  }

  private ofNode(nodeId: string): E2Subscription[] {
    return this.all().filter((subscription) => subscription.nodeId === nodeId);
  }

  private change(subscription: E2Subscription, state: E2Subscription['state'], cause?: string): void {
    const isNews = subscription.state !== state;
    subscription.state = state;
    subscription.cause = cause;
    this.tallies = undefined;
    if (state === 'pending') subscription.sequence.resume();
    if (isNews) this.save(subscription);
    if (state !== 'pending' || cause !== undefined) this.notify(subscription);
  }

  private notify(subscription: E2Subscription): void {
    const { nodeId, subscribers } = subscription;
    for (const { xapp, name } of subscribers.values()) {
      this.noticeListener?.(xapp, { nodeId, subscription: name, ...noticeOf(subscription) });
    }
  }

  private save(subscription: E2Subscription): void {
    if (this.isKept(subscription)) this.store.saveSubscription(recordOf(subscription)).catch(ignored);
  }
}

/** The store tells of its own trouble, once an episode. */
function ignored(): void {}
