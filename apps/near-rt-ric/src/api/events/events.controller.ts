import { Controller, Inject, Req, Res } from '@nestjs/common';
import { xAppNameSchema } from '@ricochet/contracts';
import { beginEventStream, RequestError } from '@ricochet/platform';
import { z } from 'zod';
import { type ApiRequest, type ApiResponse } from '../api-request.js';
import { API_RIC, type ApiRic } from '../api-ric.js';
import { API_ROOT, Door, Question, type Asked } from '../door.js';
import { MAX_READERS } from './event-feed.js';
import { EVENT_TYPES, type EventType } from './event-frame.js';
import { EventTickets, TICKET_LIFE_MS } from './event-tickets.js';

const isType = (text: string): text is EventType => EVENT_TYPES.some((type) => type === text);

export const eventsQuery = z.strictObject({
  /** With commas between. */
  types: z
    .string()
    .transform((text) => [...new Set(text.split(','))])
    .refine((types) => types.every(isType), `expected some of ${EVENT_TYPES.join(', ')}, with commas between`)
    .transform((types) => types.filter(isType))
    .optional(),
  xapp: xAppNameSchema.optional(),
  node: z.string().min(1).max(256).optional(),
  /** In place of the header, for who can not send it. */
  lastEventId: z.string().max(64).optional(),
  /** In place of a key. */
  ticket: z.string().max(64).optional(),
});
export type EventsQuery = z.infer<typeof eventsQuery>;

/** What happens in the RIC, as it happens. */
@Controller(`${API_ROOT}/events`)
export class EventsController {
  constructor(
    @Inject(API_RIC) private readonly ric: ApiRic,
    private readonly tickets: EventTickets,
  ) {}

  @Door({
    method: 'GET',
    path: '/',
    role: 'viewer',
    summary:
      'what happens, as server-sent events, from Last-Event-ID on; a ticket may take the place of the key',
    query: eventsQuery,
    streams: true,
  })
  stream(
    @Question() { query }: Asked<unknown, EventsQuery>,
    @Req() { method, headers }: ApiRequest,
    @Res() response: ApiResponse,
  ): void {
    if (this.ric.events.readers >= MAX_READERS) {
      throw new RequestError(503, `there are ${MAX_READERS} readers of events already, which is the most`);
    }
    if (!beginEventStream(method, response)) return;
    // A browser that comes back by itself keeps the query of the first time.
    const lastEventId = headers['last-event-id'] ?? query.lastEventId;
    this.ric.events.add(response, query, typeof lastEventId === 'string' ? lastEventId : undefined);
  }

  @Door({
    method: 'POST',
    path: 'tickets',
    role: 'viewer',
    summary: 'a ticket that opens the stream once, within half a minute',
    status: 201,
  })
  ticket(@Question() _: Asked): { ticket: string; expiresInMs: number } {
    return { ticket: this.tickets.issue(), expiresInMs: TICKET_LIFE_MS };
  }
}
