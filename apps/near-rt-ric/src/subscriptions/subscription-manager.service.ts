import { type SubscriptionNotice, type SubscriptionSpec } from '@ricochet/contracts';
import { type E2apAssociation, NoAnswer, type RicRequestId } from '@ricochet/e2ap';
import { kpm } from '@ricochet/e2sm';
import { messageOf } from '@ricochet/platform';
import { Store, type SubscriptionRecord } from '@ricochet/store';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type E2Node } from '../e2/e2-node.js';
import { NodeRegistry } from '../e2/node-registry.service.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { planKpmSubscription, type KpmPlan, type ReportSpec } from './kpm-plan.js';
import { SequenceTracker } from './sequence-tracker.js';

/** Our requestor id towards nodes, for subscriptions. */
const REQUESTOR_ID = 1;
const MAX_INSTANCE_ID = 65_535;
const ANSWER_TIMEOUT_MS = 2_000;
const RETRY_AFTER_MS = 1_000;

/** Who hears a subscription's reports: an xApp under the name that it gave, or the RIC itself. */
export interface Subscriber {
  readonly xapp: string;
  readonly name: string;
}

export interface E2Subscription {
  readonly id: number;
  readonly nodeId: string;
  readonly spec: ReportSpec;
  readonly subscribers: Map<string, Subscriber>;
  readonly sequence: SequenceTracker;
  state: SubscriptionRecord['state'];
  /** The association over which a set-up is under way. */
  settingUpOver?: E2apAssociation | undefined;
  /** Present while the node has admitted it, or is about to. */
  plan?: KpmPlan | undefined;
  cause?: string | undefined;
}

/**
 * What every xApp wants from every node, as E2 subscriptions: identical ones are merged, all are kept in the
 * store and set up again whenever their node connects or resets.
 */
@Injectable()
export class SubscriptionManager implements OnModuleInit {
  private readonly byId = new Map<number, E2Subscription>();
  private readonly wanted = new Map<string, readonly SubscriptionSpec[]>();
  private nextId = 1;
  private noticeListener: ((xapp: string, notice: SubscriptionNotice) => void) | undefined;

  constructor(
    private readonly registry: NodeRegistry,
    private readonly store: Store,
    private readonly log: OperatorLog,
  ) {}

  async onModuleInit(): Promise<void> {
    for (const record of await this.store.subscriptions()) this.restore(record);
    this.registry.events
      .on('connected', (node) => this.setUpAll(node))
      .on('reset', (node) => this.setUpAll(node))
      .on('lost', (node) => this.nodeLost(node));
  }

  /** Told what becomes of subscriptions. */
  onNotice(listener: (xapp: string, notice: SubscriptionNotice) => void): void {
    this.noticeListener = listener;
  }

  find(requestId: RicRequestId): E2Subscription | undefined {
    return requestId.requestorId === REQUESTOR_ID ? this.byId.get(requestId.instanceId) : undefined;
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

  /** E2 subscriptions that an xApp hears. */
  countOf(xapp: string): number {
    let count = 0;
    for (const { subscribers } of this.byId.values()) {
      for (const subscriber of subscribers.values()) if (subscriber.xapp === xapp) count += 1;
    }
    return count;
  }

  /** Replaces what an xApp wants; nothing happens when it is the same as before. */
  want(xapp: string, specs: readonly SubscriptionSpec[]): void {
    const before = this.wanted.get(xapp);
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(specs)) return;
    this.wanted.set(xapp, specs);
    this.releaseUnwanted(xapp, specs);
    for (const node of this.registry.all()) this.subscribe(node, xapp, specs);
  }

  /** Forgets what an xApp wants. */
  release(xapp: string): void {
    this.wanted.delete(xapp);
    this.releaseUnwanted(xapp, []);
  }

  private restore(record: SubscriptionRecord): void {
    const subscribers = record.subscribers.map((text): [string, Subscriber] => {
      const slash = text.indexOf('/');
      return [text, { xapp: text.slice(0, slash), name: text.slice(slash + 1) }];
    });
    this.byId.set(record.subscriptionId, {
      id: record.subscriptionId,
      nodeId: record.nodeId,
      spec: JSON.parse(record.mergeKey) as ReportSpec,
      subscribers: new Map(subscribers),
      sequence: new SequenceTracker(),
      state: 'pending',
    });
  }

  private setUpAll(node: E2Node): void {
    for (const [xapp, specs] of this.wanted) this.attachAll(node, xapp, specs);
    for (const subscription of this.ofNode(node.nodeId)) void this.setUp(node, subscription);
  }

  private nodeLost(node: E2Node): void {
    for (const subscription of this.ofNode(node.nodeId)) {
      this.change(subscription, 'pending');
      this.notify(subscription, { state: 'lost' });
    }
  }

  private subscribe(node: E2Node, xapp: string, specs: readonly SubscriptionSpec[]): void {
    for (const subscription of this.attachAll(node, xapp, specs)) void this.setUp(node, subscription);
  }

  /** Adds the xApp to the subscriptions that it wants at the node; gives those that are new. */
  private attachAll(node: E2Node, xapp: string, specs: readonly SubscriptionSpec[]): E2Subscription[] {
    const fresh: E2Subscription[] = [];
    for (const { name, ...spec } of specs) {
      const key = JSON.stringify(spec);
      let subscription = this.ofNode(node.nodeId).find((candidate) => JSON.stringify(candidate.spec) === key);
      if (subscription === undefined) {
        subscription = this.create(node.nodeId, spec);
        fresh.push(subscription);
      }
      subscription.subscribers.set(`${xapp}/${name}`, { xapp, name });
      if (subscription.state !== 'pending') this.notify(subscription, this.stateOf(subscription));
      this.save(subscription);
    }
    return fresh;
  }

  /** Ids go round, so that what is still under way for a removed subscription is not taken for the next one's. */
  private create(nodeId: string, spec: ReportSpec): E2Subscription {
    while (this.byId.has(this.nextId)) this.nextId = (this.nextId % MAX_INSTANCE_ID) + 1;
    const id = this.nextId;
    this.nextId = (id % MAX_INSTANCE_ID) + 1;
    const subscription: E2Subscription = {
      id,
      nodeId,
      spec,
      subscribers: new Map(),
      sequence: new SequenceTracker(),
      state: 'pending',
    };
    this.byId.set(id, subscription);
    return subscription;
  }

  /** RIC Subscription procedure (E2AP clause 8.2.1), tried again while the node does not answer. */
  private async setUp(node: E2Node, subscription: E2Subscription): Promise<void> {
    const { association } = node;
    if (association === undefined || subscription.settingUpOver === association) return;
    subscription.settingUpOver = association;
    this.change(subscription, 'pending');
    try {
      subscription.plan = planKpmSubscription(node, subscription.spec);
      const { ranFunctionId, eventTrigger, action } = subscription.plan;
      await association.call(
        'RICsubscription',
        {
          ricRequestId: { requestorId: REQUESTOR_ID, instanceId: subscription.id },
          ranFunctionId,
          ricEventTriggerDefinition: kpm.eventTrigger.encode(eventTrigger),
          ricActionsToBeSetup: [
            {
              ricActionId: 1,
              ricActionType: 'report',
              ricActionDefinition: kpm.actionDefinition.encode(action),
            },
          ],
        },
        ANSWER_TIMEOUT_MS,
      );
      this.change(subscription, 'active');
      this.notify(subscription, { state: 'active' });
    } catch (error) {
      this.failed(node, subscription, error);
    } finally {
      if (subscription.settingUpOver === association) subscription.settingUpOver = undefined;
    }
  }

  private failed(node: E2Node, subscription: E2Subscription, error: unknown): void {
    if (error instanceof NoAnswer) {
      const again = (): void => {
        const current = this.registry.find(node.nodeId);
        if (current === node && subscription.state === 'pending' && this.byId.has(subscription.id)) {
          void this.setUp(node, subscription);
        }
      };
      if (error.reason === 'timed-out') setTimeout(again, RETRY_AFTER_MS).unref();
      return;
    }
    subscription.cause = messageOf(error);
    this.log.warn(`subscription ${subscription.id} at ${node.nodeId} failed: ${subscription.cause}`);
    this.change(subscription, 'failed');
    this.notify(subscription, this.stateOf(subscription));
  }

  private releaseUnwanted(xapp: string, specs: readonly SubscriptionSpec[]): void {
    const kept = new Set(specs.map(({ name, ...spec }) => `${name} ${JSON.stringify(spec)}`));
    for (const subscription of this.all()) {
      for (const [key, subscriber] of subscription.subscribers) {
        if (subscriber.xapp !== xapp || kept.has(`${subscriber.name} ${JSON.stringify(subscription.spec)}`))
          continue;
        subscription.subscribers.delete(key);
        if (subscription.subscribers.size === 0) this.remove(subscription);
        else this.save(subscription);
      }
    }
  }

  /** RIC Subscription Delete procedure (E2AP clause 8.2.2). */
  private remove(subscription: E2Subscription): void {
    this.byId.delete(subscription.id);
    this.store.deleteSubscription(subscription.id).catch(ignored);
    const association = this.registry.find(subscription.nodeId)?.association;
    if (association === undefined || subscription.plan === undefined || subscription.state === 'failed')
      return;
    const ricRequestId = { requestorId: REQUESTOR_ID, instanceId: subscription.id };
    const { ranFunctionId } = subscription.plan;
    association
      .call('RICsubscriptionDelete', { ricRequestId, ranFunctionId }, ANSWER_TIMEOUT_MS)
      .catch((error: unknown) =>
        this.log.warn(
          `subscription ${subscription.id} at ${subscription.nodeId} not deleted: ${messageOf(error)}`,
        ),
      );
  }

  private ofNode(nodeId: string): E2Subscription[] {
    return this.all().filter((subscription) => subscription.nodeId === nodeId);
  }

  private change(subscription: E2Subscription, state: E2Subscription['state']): void {
    if (subscription.state === state) return;
    subscription.state = state;
    if (state !== 'failed') subscription.cause = undefined;
    this.save(subscription);
  }

  private stateOf({ state, cause }: E2Subscription): Pick<SubscriptionNotice, 'state' | 'cause'> {
    return state === 'failed'
      ? { state: 'failed', cause }
      : { state: state === 'active' ? 'active' : 'lost' };
  }

  private notify(
    { nodeId, subscribers }: E2Subscription,
    notice: Pick<SubscriptionNotice, 'state' | 'cause'>,
  ): void {
    for (const { xapp, name } of subscribers.values()) {
      this.noticeListener?.(xapp, { nodeId, subscription: name, ...notice });
    }
  }

  private save(subscription: E2Subscription): void {
    const { id, nodeId, spec, subscribers, state, plan } = subscription;
    // Removed while its set-up was under way.
    if (this.byId.get(id) !== subscription) return;
    const record: SubscriptionRecord = {
      subscriptionId: id,
      nodeId,
      ranFunctionId: plan?.ranFunctionId ?? kpm.ranFunctionId,
      eventTrigger: plan?.eventTrigger ?? {},
      action: plan?.action ?? {},
      mergeKey: JSON.stringify(spec),
      subscribers: [...subscribers.keys()],
      state,
    };
    this.store.saveSubscription(record).catch(ignored);
  }
}

/** The store tells of its own trouble, once an episode. */
function ignored(): void {}
