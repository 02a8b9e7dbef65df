import { randomUUID } from 'node:crypto';
import { type Timers } from '@ricochet/e2ap';
import { RequestError } from '@ricochet/platform';
import { Store, type XAppEventSubscriptionRecord } from '@ricochet/store';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { E2_TIMERS } from '../../e2/e2-timers.js';
import { OperatorLog } from '../../status/operator-log.service.js';
import { XAppLifecycle, type XAppEvent } from '../../xapps/xapp-lifecycle.service.js';
import { appmgrXApp } from './appmgr-xapp.js';
import { EventDelivery } from './event-delivery.js';
import { type EventSubscriptionData } from './event-subscription-bodies.js';
import { postJson, shownTarget } from './event-target.js';

const MAX_SUBSCRIPTIONS = 64;

/** Who is told what becomes of xApps. */
export interface EventSubscription {
  readonly id: string;
  readonly data: EventSubscriptionData;
}

interface Served {
  readonly record: XAppEventSubscriptionRecord;
  readonly delivery: EventDelivery;
}

/**
 * Tells receivers outside what becomes of xApps, by HTTP, as appmgr does. Subscriptions outlive the RIC in the store;
 * what waits for a receiver does not.
 */
@Injectable()
export class EventSubscriptions implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly served = new Map<string, Served>();
  private count = 0;
  /** Changes are made one after the other, each first on disk and then here: both have the same whatever fails. */
  private changing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: Store,
    private readonly lifecycle: XAppLifecycle,
    private readonly log: OperatorLog,
    @Inject(E2_TIMERS) private readonly timers: Timers,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const record of await this.store.xAppEventSubscriptions()) this.serve(record);
    this.lifecycle.onEvent((event) => this.tell(event));
  }

  onApplicationShutdown(): void {
    for (const { delivery } of this.served.values()) delivery.stop();
  }

  /** Events so far, in this life of the RIC: the `version` of the latest. */
  get version(): number {
    return this.count;
  }

  all(): EventSubscription[] {
    return [...this.served.values()].map(subscriptionOf);
  }

  /** @throws RequestError 404 */
  get(id: string): EventSubscription {
    return subscriptionOf(this.find(id));
  }

  /** The same target and type again is the same subscription. Resolves when it is on disk. @throws RequestError 409 too many */
  add(data: EventSubscriptionData): Promise<EventSubscription> {
    return this.inTurn(() => {
      const { targetUrl, eventType } = data;
      const same = this.all().find(
        (one) => one.data.targetUrl === targetUrl && one.data.eventType === eventType,
      );
      if (same === undefined && this.served.size >= MAX_SUBSCRIPTIONS) {
        throw new RequestError(
          409,
          `there are ${MAX_SUBSCRIPTIONS} subscriptions to events already, which is the most`,
        );
      }
      return this.save(same?.id ?? randomUUID(), data);
    });
  }

  /** What waits for its receiver is dropped. Resolves when it is on disk. @throws RequestError 404 */
  change(id: string, data: EventSubscriptionData): Promise<EventSubscription> {
    return this.inTurn(() => {
      this.find(id);
      return this.save(id, data);
    });
  }

  /** Resolves when that is on disk. @throws RequestError 404 */
  remove(id: string): Promise<void> {
    return this.inTurn(async () => {
      const { delivery } = this.find(id);
      await this.store.deleteXAppEventSubscription(id);
      delivery.stop();
      this.served.delete(id);
    });
  }

  private inTurn<T>(change: () => Promise<T>): Promise<T> {
    const changed = this.changing.then(change);
    this.changing = changed.catch(ignored);
    return changed;
  }

  private async save(id: string, data: EventSubscriptionData): Promise<EventSubscription> {
    const { eventType, targetUrl, maxRetries, retryTimer: retryTimerS } = data;
    const createdAtMs = this.served.get(id)?.record.createdAtMs ?? Date.now();
    const record = { id, eventType, targetUrl, maxRetries, retryTimerS, createdAtMs };
    await this.store.saveXAppEventSubscription(record);
    this.served.get(id)?.delivery.stop();
    this.serve(record);
    return { id, data };
  }

  /** Deletes a subscription whose receiver takes nothing; on a disk in trouble it goes on, with the next event. */
  private giveUp(record: XAppEventSubscriptionRecord, reason: string): Promise<void> {
    return this.inTurn(async () => {
      const { id, targetUrl, maxRetries } = record;
      // It may have been replaced or ended since.
      if (this.served.get(id)?.record !== record) return;
      try {
        await this.store.deleteXAppEventSubscription(id);
      } catch {
        // The store tells of its own trouble.
        this.serve(record);
        return;
      }
      this.served.delete(id);
      this.log.warn(
        `${shownTarget(targetUrl)} is told of xApps no more, after ${maxRetries} retries: ${reason}`,
      );
    });
  }

  private serve(record: XAppEventSubscriptionRecord): void {
    const { id, targetUrl, maxRetries, retryTimerS } = record;
    const delivery = new EventDelivery({
      timers: this.timers,
      maxRetries,
      retryTimerS,
      post: (text) => postJson(targetUrl, text),
      onBehind: () =>
        this.log.warn(`xApp events for ${shownTarget(targetUrl)} pile up: the oldest are dropped`),
      onGivenUp: (reason) => void this.giveUp(record, reason),
    });
    this.served.set(id, { record, delivery });
  }

  private tell(event: XAppEvent): void {
    const version = ++this.count;
    const { type: eventType, name } = event;
    const interested = [...this.served.values()].filter(({ record }) =>
      ['all', eventType].includes(record.eventType),
    );
    if (interested.length === 0) return;
    const xApps = [
      appmgrXApp(
        event,
        this.lifecycle.status().find((one) => one.name === name),
      ),
    ];
    for (const { record, delivery } of interested) {
      delivery.push(JSON.stringify({ id: record.id, version, eventType, xApps }));
    }
  }

  private find(id: string): Served {
    const found = this.served.get(id);
    if (found === undefined) throw new RequestError(404, `there is no subscription ${id} to events of xApps`);
    return found;
  }
}

function subscriptionOf({ record }: Served): EventSubscription {
  const { id, eventType, maxRetries, retryTimerS: retryTimer, targetUrl } = record;
  return {
    id,
    data: { eventType: eventType as EventSubscriptionData['eventType'], maxRetries, retryTimer, targetUrl },
  };
}

/** Whoever asked for a change hears why it failed; the next one does not care. */
function ignored(): void {}
