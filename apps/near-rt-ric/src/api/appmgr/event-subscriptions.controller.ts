import { Controller, Inject, Res } from '@nestjs/common';
import { type ApiResponse } from '../api-request.js';
import { API_RIC, type ApiRic } from '../api-ric.js';
import { API_ROOT, Door, Question, type Asked } from '../door.js';
import {
  eventSubscriptionBody,
  type EventSubscriptionBody,
  type EventSubscriptionData,
} from './event-subscription-bodies.js';
import { type EventSubscription } from './event-subscriptions.service.js';

/** As appmgr answers; the events that come have greater versions. */
export interface EventSubscriptionAnswer {
  readonly id: string;
  readonly version: number;
  readonly eventType: EventSubscriptionData['eventType'];
}

/** Who is told what becomes of xApps. For operators alone: a URL may hold a secret, and has the RIC ask for it. */
@Controller(`${API_ROOT}/subscriptions`)
export class EventSubscriptionsController {
  constructor(@Inject(API_RIC) private readonly ric: ApiRic) {}

  @Door({ method: 'GET', path: '/', role: 'operator', summary: 'who is told what becomes of xApps' })
  all(@Question() _: Asked): EventSubscription[] {
    return this.ric.subscriptions.all();
  }

  @Door({
    method: 'POST',
    path: '/',
    role: 'operator',
    summary: 'has what becomes of xApps posted to a URL',
    body: eventSubscriptionBody,
    status: 201,
  })
  async add(
    @Question() { body }: Asked<EventSubscriptionBody>,
    @Res({ passthrough: true }) response: ApiResponse,
  ): Promise<EventSubscriptionAnswer> {
    const added = await this.ric.subscriptions.add(body.data);
    response.setHeader('Location', `${API_ROOT}/subscriptions/${added.id}`);
    return this.answerOf(added);
  }

  @Door({ method: 'GET', path: ':id', role: 'operator', summary: 'one of them' })
  one(@Question() { id }: Asked): EventSubscription {
    return this.ric.subscriptions.get(id);
  }

  @Door({
    method: 'PUT',
    path: ':id',
    role: 'operator',
    summary: 'replaces it; what waits for the former URL is dropped',
    body: eventSubscriptionBody,
  })
  async change(@Question() { id, body }: Asked<EventSubscriptionBody>): Promise<EventSubscriptionAnswer> {
    return this.answerOf(await this.ric.subscriptions.change(id, body.data));
  }

  @Door({ method: 'DELETE', path: ':id', role: 'operator', summary: 'tells it no more', status: 204 })
  remove(@Question() { id }: Asked): Promise<void> {
    return this.ric.subscriptions.remove(id);
  }

  private answerOf({ id, data: { eventType } }: EventSubscription): EventSubscriptionAnswer {
    return { id, version: this.ric.subscriptions.version, eventType };
  }
}
