import { type IncomingMessage, type ServerResponse } from 'node:http';
import { Body, Controller, Get, Header, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { Bus } from '@ricochet/bus';
import { type ReplyOf, type simulationInject } from '@ricochet/contracts';
import { beginEventStream, RequestError } from '@ricochet/platform';
import { FeedService } from '../feed.service.js';
import { MAX_PAGES } from '../stream/stream-hub.js';
import { inject } from './inject.js';

const JSON_TYPE = 'application/json; charset=utf-8';

/** What the page asks for. */
@Controller('api')
export class ApiController {
  constructor(
    private readonly feed: FeedService,
    private readonly bus: Bus,
  ) {}

  /** Server-Sent Events, for as long as the page is open. */
  @Get('events')
  events(@Req() { method }: IncomingMessage, @Res() response: ServerResponse): void {
    if (this.feed.isFull)
      throw new RequestError(503, `there are ${MAX_PAGES} pages already, which is the most`);
    if (!beginEventStream(method, response)) return;
    response.write('retry: 1000\n\n');
    response.once('close', this.feed.listen(response));
  }

  @Get('history')
  @Header('Content-Type', JSON_TYPE)
  history(): string {
    return this.feed.history();
  }

  /** @param time simulation time, ms */
  @Get('at')
  @Header('Content-Type', JSON_TYPE)
  at(@Query('time') time: unknown): string {
    const timeMs = typeof time === 'string' && time !== '' ? Number(time) : NaN;
    if (!Number.isFinite(timeMs)) throw new RequestError(400, 'time: expected simulation time in ms');
    return this.feed.at(timeMs);
  }

  /** Who has come here bears an operator's key. */
  @Get('access')
  access(): { role: 'operator' } {
    return { role: 'operator' };
  }

  @Post('inject')
  @HttpCode(200)
  inject(@Body() event: unknown): Promise<ReplyOf<typeof simulationInject>> {
    return inject(this.bus, event);
  }
}
