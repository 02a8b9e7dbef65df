import { Controller, Inject } from '@nestjs/common';
import { type E2Subscription } from '../../subscriptions/e2-subscription.js';
import { API_RIC, type ApiRic } from '../api-ric.js';
import { API_ROOT, Door, Question, type Asked } from '../door.js';

/** submgr is a service of its own elsewhere, and has a path that appmgr has, too: as behind an ingress, its name is before it. */
const SUBMGR_ROOT = `/submgr${API_ROOT}`;

/** A subscription at an E2 node, as submgr's `SubscriptionData` has it; `State` and `Report` are ours. */
export interface E2SubscriptionAnswer {
  readonly SubscriptionId: number;
  /** The node. */
  readonly Meid: string;
  /** Who hears it: xApps, or `ric` itself. */
  readonly ClientEndpoint: readonly string[];
  readonly SubscriptionInstances: readonly {
    readonly XappEventInstanceId: number;
    readonly E2EventInstanceId: number;
    /** Empty when there is nothing wrong. */
    readonly ErrorCause: string;
  }[];
  readonly State: E2Subscription['state'];
  readonly Report: E2Subscription['spec'];
}

/** What is subscribed to at E2 nodes. Identical wishes of xApps are one subscription with several endpoints. */
@Controller(`${SUBMGR_ROOT}/subscriptions`)
export class E2SubscriptionsController {
  constructor(@Inject(API_RIC) private readonly ric: ApiRic) {}

  @Door({ method: 'GET', path: '/', role: 'viewer', summary: 'what is subscribed to at E2 nodes' })
  all(@Question() _: Asked): E2SubscriptionAnswer[] {
    return this.ric.e2Subscriptions().map(answerOf);
  }
}

function answerOf({
  id,
  nodeId,
  subscribers,
  spec,
  state,
  cause = '',
}: E2Subscription): E2SubscriptionAnswer {
  return {
    SubscriptionId: id,
    Meid: nodeId,
    ClientEndpoint: [...new Set([...subscribers.values()].map(({ xapp }) => xapp))],
    SubscriptionInstances: [{ XappEventInstanceId: id, E2EventInstanceId: id, ErrorCause: cause }],
    State: state,
    Report: spec,
  };
}
