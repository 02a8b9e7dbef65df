import {
  type E2apAssociation,
  formatCause,
  NoAnswer,
  requestSubscription,
  requestSubscriptionDelete,
  type Cause,
  type RicRequestId,
  type Timers,
} from '@ricochet/e2ap';
import { kpm } from '@ricochet/e2sm';
import { BackOff, messageOf } from '@ricochet/platform';
import { type E2Node } from '../e2/e2-node.js';
import { type E2Subscription, requestIdOf } from './e2-subscription.js';
import { planKpmSubscription } from './kpm-plan.js';

const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 16_000;
const REPORT_ACTION_ID = 1;

export interface SubscriptionProceduresOptions {
  readonly timers: Timers;
  /** A subscription has another state; `cause` goes with `failed`, and with a `pending` that its node has asked for. */
  readonly onState: (subscription: E2Subscription, state: E2Subscription['state'], cause?: string) => void;
  /** The node that a subscription is to be tried at again: `undefined` when either has gone meanwhile. */
  readonly nodeOf: (subscription: E2Subscription) => E2Node | undefined;
  readonly warn: (line: string) => void;
}

/** What is under way for one subscription. */
interface Attempt {
  /** The association over which a set-up is under way. */
  over?: E2apAssociation | undefined;
  /** What is under way may be forgotten by the node, or not be what is wanted now: it is to be renewed. */
  isStale?: boolean;
  readonly backOff: BackOff;
  cancelRetry?: (() => void) | undefined;
  /** The latest trouble that was told, until it is active. */
  told?: string | undefined;
}

/** Sets subscriptions up at their nodes, again where that takes several attempts, and deletes them. */
export class SubscriptionProcedures {
  private readonly attempts = new WeakMap<E2Subscription, Attempt>();
  /** By association, the instance ids of the subscriptions that are being deleted there. */
  private readonly leaving = new WeakMap<E2apAssociation, Set<number>>();

  constructor(private readonly options: SubscriptionProceduresOptions) {}

  /** Whether reports may still come of a subscription that is being deleted. */
  isLeaving(association: E2apAssociation | undefined, { instanceId }: RicRequestId): boolean {
    return association !== undefined && this.leaving.get(association)?.has(instanceId) === true;
  }

  /** The node has connected: its earlier ways are forgotten. */
  begin(node: E2Node, subscription: E2Subscription): void {
    this.attemptOf(subscription).backOff.reset();
    void this.setUp(node, subscription);
  }

  /** RIC Subscription procedure (E2AP clause 8.2.1), tried again while the node does not answer. */
  async setUp(node: E2Node, subscription: E2Subscription): Promise<void> {
    const { association } = node;
    const attempt = this.attemptOf(subscription);
    if (association === undefined) return;
    if (attempt.over === association) {
      attempt.isStale = true;
      return;
    }
    attempt.cancelRetry?.();
    attempt.over = association;
    attempt.isStale = false;
    this.options.onState(subscription, 'pending');
    try {
      subscription.plan = planKpmSubscription(node, subscription.spec);
      const { ranFunctionId, eventTrigger, action } = subscription.plan;
      // A deletion of the same id that waits for its turn must not hit what is set up now.
      await association.deletes.run(association.profile.deletesAtOnce, () => Promise.resolve());
      if (this.options.nodeOf(subscription) === node) {
        await requestSubscription(association, {
          ricRequestId: requestIdOf(subscription),
          ranFunctionId,
          ricEventTriggerDefinition: kpm.eventTrigger.encode(eventTrigger),
          ricActionsToBeSetup: [
            {
              ricActionId: REPORT_ACTION_ID,
              ricActionType: 'report',
              ricActionDefinition: kpm.actionDefinition.encode(action),
            },
          ],
        });
        attempt.told = undefined;
        this.options.onState(subscription, 'active');
      }
    } catch (error) {
      this.failed(subscription, error);
    }
    if (attempt.over !== association) return;
    attempt.over = undefined;
    const current = attempt.isStale ? this.options.nodeOf(subscription) : undefined;
    if (current !== undefined) await this.renew(current, subscription);
  }

  /** The node asks for the deletion of what it has admitted: it gets that, and is asked again later. */
  async renewLater(node: E2Node, subscription: E2Subscription, cause: Cause): Promise<void> {
    if (subscription.state !== 'active') return;
    const words = `the node wants it deleted: ${formatCause(cause)}`;
    this.tell(subscription, words);
    this.options.onState(subscription, 'pending', words);
    await this.remove(node, subscription);
    this.retryLater(subscription);
  }

  /** What the subscription is of has changed at the node. */
  async renew(node: E2Node, subscription: E2Subscription): Promise<void> {
    if (subscription.state === 'active') await this.remove(node, subscription);
    await this.setUp(node, subscription);
  }

  /** RIC Subscription Delete procedure (E2AP clause 8.2.2) for what the node may have. */
  async remove({ association }: E2Node, subscription: E2Subscription): Promise<void> {
    const { plan, id, nodeId, state } = subscription;
    this.attempts.get(subscription)?.cancelRetry?.();
    if (association === undefined || plan === undefined || state === 'failed') return;
    const leaving = this.leaving.get(association) ?? new Set();
    this.leaving.set(association, leaving.add(id));
    try {
      const { ranFunctionId } = plan;
      await requestSubscriptionDelete(association, {
        ricRequestId: requestIdOf(subscription),
        ranFunctionId,
      });
    } catch (error) {
      this.options.warn(`subscription ${id} at ${nodeId} not deleted: ${messageOf(error)}`);
    }
    leaving.delete(id);
  }

  private failed(subscription: E2Subscription, error: unknown): void {
    const words = messageOf(error);
    if (error instanceof NoAnswer) {
      // At the close there is nothing to do: the node comes again, or does not.
      if (error.reason === 'closed') return;
      this.tell(subscription, words);
      this.retryLater(subscription);
      return;
    }
    this.tell(subscription, words);
    this.options.onState(subscription, 'failed', words);
  }

  private retryLater(subscription: E2Subscription): void {
    const attempt = this.attemptOf(subscription);
    attempt.cancelRetry?.();
    attempt.cancelRetry = this.options.timers.after(attempt.backOff.next(), () => {
      const node = this.options.nodeOf(subscription);
      const isDue = subscription.state === 'pending' && attempt.over !== node?.association;
      if (node !== undefined && isDue) void this.setUp(node, subscription);
    });
  }

  /** The same trouble again and again is one line. */
  private tell(subscription: E2Subscription, words: string): void {
    const attempt = this.attemptOf(subscription);
    if (attempt.told === words) return;
    attempt.told = words;
    this.options.warn(`subscription ${subscription.id} at ${subscription.nodeId} failed: ${words}`);
  }

  private attemptOf(subscription: E2Subscription): Attempt {
    let attempt = this.attempts.get(subscription);
    if (attempt === undefined) {
      attempt = { backOff: new BackOff(FIRST_RETRY_MS, MAX_RETRY_MS) };
      this.attempts.set(subscription, attempt);
    }
    return attempt;
  }
}
