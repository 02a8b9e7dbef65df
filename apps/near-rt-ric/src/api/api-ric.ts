import { type NodeStatus, type RicControls, type RequestOf, type ricControls } from '@ricochet/contracts';
import { type E2Subscription } from '../subscriptions/e2-subscription.js';
import { type XAppLifecycle } from '../xapps/xapp-lifecycle.service.js';
import { type EventSubscriptions } from './appmgr/event-subscriptions.service.js';
import { type EventFeed } from './events/event-feed.js';

/** What of the RIC the API opens to operators. */
export interface ApiRic {
  readonly lifecycle: Pick<
    XAppLifecycle,
    | 'onboard'
    | 'packages'
    | 'deploy'
    | 'undeploy'
    | 'configure'
    | 'upgrade'
    | 'rollback'
    | 'status'
    | 'logs'
    | 'remove'
  >;
  readonly subscriptions: Pick<EventSubscriptions, 'add' | 'all' | 'change' | 'get' | 'remove' | 'version'>;
  readonly events: Pick<EventFeed, 'add' | 'close' | 'readers'>;
  nodes(): NodeStatus[];
  e2Subscriptions(): readonly E2Subscription[];
  controls(asked: RequestOf<typeof ricControls>): Promise<RicControls>;
  /** One line, when it can not work. */
  fault(): string | undefined;
}

export const API_RIC = Symbol('ApiRic');
