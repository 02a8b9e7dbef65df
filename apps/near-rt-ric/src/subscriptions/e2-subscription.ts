import { type SubscriptionNotice } from '@ricochet/contracts';
import { type RicRequestId } from '@ricochet/e2ap';
import { kpm } from '@ricochet/e2sm';
import { type SubscriptionRecord } from '@ricochet/store';
import { type KpmPlan, type ReportSpec, type WantedReports } from './kpm-plan.js';
import { SequenceTracker } from './sequence-tracker.js';

/** Our requestor id towards nodes, for subscriptions. */
export const REQUESTOR_ID = 1;

/** Who hears a subscription's reports: an xApp under the name that it gave, or the RIC itself. */
export interface Subscriber {
  readonly xapp: string;
  readonly name: string;
}

/** What is wanted of one node, whether it is there or not. */
export interface E2Subscription {
  /** The instance id of its RIC request id. */
  readonly id: number;
  readonly nodeId: string;
  readonly spec: ReportSpec;
  readonly subscribers: Map<string, Subscriber>;
  readonly sequence: SequenceTracker;
  state: SubscriptionRecord['state'];
  /** Present while the node has admitted it, or is about to. */
  plan?: KpmPlan | undefined;
  cause?: string | undefined;
}

export function newSubscription(id: number, nodeId: string, spec: ReportSpec): E2Subscription {
  return { id, nodeId, spec, subscribers: new Map(), sequence: new SequenceTracker(), state: 'pending' };
}

export function requestIdOf({ id }: E2Subscription): RicRequestId {
  return { requestorId: REQUESTOR_ID, instanceId: id };
}

/** What its subscribers are told of the state that it is in. */
export function noticeOf({ state, cause }: E2Subscription): Pick<SubscriptionNotice, 'state' | 'cause'> {
  const because = cause === undefined ? {} : { cause };
  return { state: state === 'pending' ? 'lost' : state, ...because };
}

/** Whether it is wanted of that node. */
export function isWantedOf(nodeId: string, { nodes }: WantedReports): boolean {
  return nodes === undefined || nodes.includes(nodeId);
}

/** What identical wishes have in common. */
export function mergeKeyOf({ name: _, nodes: __, ...spec }: WantedReports): string {
  return JSON.stringify(spec);
}

export function recordOf({ id, nodeId, spec, subscribers, state, plan }: E2Subscription): SubscriptionRecord {
  return {
    subscriptionId: id,
    nodeId,
    ranFunctionId: plan?.ranFunctionId ?? kpm.ranFunctionId,
    eventTrigger: plan?.eventTrigger ?? {},
    action: plan?.action ?? {},
    mergeKey: JSON.stringify(spec),
    subscribers: [...subscribers.keys()],
    state,
  };
}

/** Reverse of {@link recordOf}: it waits for its node. */
export function subscriptionOf(record: SubscriptionRecord): E2Subscription {
  const { subscriptionId, nodeId, mergeKey, subscribers } = record;
  const subscription = newSubscription(subscriptionId, nodeId, JSON.parse(mergeKey) as ReportSpec);
  for (const text of subscribers) {
    const slash = text.indexOf('/');
    subscription.subscribers.set(text, { xapp: text.slice(0, slash), name: text.slice(slash + 1) });
  }
  return subscription;
}
