import { type ApiKeys, type HttpAddress, listenHttp } from '@ricochet/platform';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { RoleGuard, requireKey } from './access.js';
import { API_RIC, type ApiRic } from './api-ric.js';
import { doorsOf } from './door.js';
import { EventTickets } from './events/event-tickets.js';
import { knownMethods } from './methods.js';
import { API_CONTROLLERS } from './openapi.controller.js';
import { ProblemFilter } from './problem.js';

const MAX_JSON_BYTES = 262_144;
/** A package on a slow line. */
const REQUEST_TIMEOUT_MS = 120_000;

export interface ApiServerOptions {
  readonly address: HttpAddress;
  readonly keys: ApiKeys;
  readonly ric: ApiRic;
  /** Hears of what was not a client's fault. */
  readonly onFault: (error: unknown) => void;
}

export interface ApiServer {
  /** Where it is served. */
  readonly address: HttpAddress;
  close(): Promise<void>;
}

@Module({})
class ApiModule {
  static of(ric: ApiRic, tickets: EventTickets): DynamicModule {
    return {
      module: ApiModule,
      controllers: API_CONTROLLERS,
      providers: [
        { provide: API_RIC, useValue: ric },
        { provide: EventTickets, useValue: tickets },
      ],
    };
  }
}

/**
 * Serves the API: an application of its own, so that the RIC is none of HTTP's and starts and stops as it does without.
 * @throws ConfigError the address can not be listened on
 */
export async function serveApi({ address, keys, ric, onFault }: ApiServerOptions): Promise<ApiServer> {
  const tickets = new EventTickets();
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.of(ric, tickets), {
    logger: false,
    abortOnError: false,
    bodyParser: false,
    forceCloseConnections: true,
  });
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(noStore);
  app.use(requireKey(keys, tickets));
  app.use(knownMethods(doorsOf(API_CONTROLLERS)));
  app.useBodyParser('json', { limit: MAX_JSON_BYTES });
  app.useGlobalGuards(new RoleGuard());
  app.useGlobalFilters(new ProblemFilter(onFault));
  const listening = await listenHttp(app, { name: 'API', address, requestTimeoutMs: REQUEST_TIMEOUT_MS });
  return {
    address: listening,
    close: () => {
      ric.events.close();
      return app.close();
    },
  };
}

function noStore(
  _: unknown,
  response: { setHeader(name: string, value: string): unknown },
  next: () => void,
): void {
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  next();
}
