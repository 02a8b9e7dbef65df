import { ApiKeys, listenHttp, messageOf, type HttpAddress, type OperatorLog } from '@ricochet/platform';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { type DashboardConfig } from '../dashboard.config.js';
import { requireOperator } from './operator-keys.js';
import { pageFiles } from './page-files.js';
import { ProblemFilter } from './problem.js';
import { requireHost, securityHeaders } from './security.js';

const MAX_JSON_BYTES = 16_384;
const REQUEST_TIMEOUT_MS = 10_000;

/** What `serveDashboard` needs of the environment. */
export type ServeConfig = Pick<
  DashboardConfig,
  'RICOCHET_DASHBOARD' | 'RICOCHET_DASHBOARD_KEYS' | 'RICOCHET_DASHBOARD_HOSTS'
>;

export interface ServeOptions {
  readonly log: Pick<OperatorLog, 'warn'>;
  /** Of the built page. */
  readonly pageFolder: string;
}

/**
 * Puts the doors before the application and opens it.
 * @returns where it is served. @throws ConfigError the address can not be listened on
 */
export function serveDashboard(
  app: NestExpressApplication,
  config: ServeConfig,
  { log, pageFolder }: ServeOptions,
): Promise<HttpAddress> {
  const {
    RICOCHET_DASHBOARD: address,
    RICOCHET_DASHBOARD_KEYS: keys,
    RICOCHET_DASHBOARD_HOSTS: names,
  } = config;
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(securityHeaders);
  app.use(requireHost([address.host, ...names]));
  app.use(pageFiles(pageFolder));
  app.use(['/api/access', '/api/inject'], requireOperator(new ApiKeys(keys)));
  app.useBodyParser('json', { limit: MAX_JSON_BYTES });
  app.useGlobalFilters(new ProblemFilter((error) => log.warn(messageOf(error))));
  return listenHttp(app, { name: 'page', address, requestTimeoutMs: REQUEST_TIMEOUT_MS });
}
