export { ApiKeys, apiKeysSchema, readApiKeys, type ApiKey, type ApiRole } from './api-keys.js';
export { BackOff } from './back-off.js';
export { bearerKey } from './bearer-key.js';
export { Cgroup } from './cgroup.js';
export { ChildHost, type ChildHostOptions } from './child-host.js';
export { type ChildSpec } from './child-spec.js';
export { jsonText, readConfig } from './config.js';
export { deploymentSchema, type Deployment } from './deployment.config.js';
export { ConfigError, messageOf, oneLine, RicochetError } from './errors.js';
export { beginEventStream } from './event-stream.js';
export { serveHealth, type HealthCheck, type HealthOptions, type HealthServer } from './health-server.js';
export { Health, type WatchedBus } from './health.js';
export { healthConfig, type HealthConfig, httpAddressSchema, type HttpAddress } from './health.config.js';
export { type HostedChild } from './hosted-process.js';
export { listenHttp } from './http-listen.js';
export { createLogger, type Logger } from './logger.js';
export { makeFolder } from './make-folder.js';
export {
  addReadMetrics,
  createMetrics,
  Histogram,
  Registry,
  type MetricsOptions,
  type ReadMetric,
} from './metrics.js';
export { OperatorLog } from './operator-log.js';
export { clientFault, RequestError, sendProblem, type Problem } from './problem.js';
export { collectAsServices, EXIT_CANNOT_START, runService, SERVICE_NODE_ARGUMENTS } from './process.js';
export { type ProcessUsage } from './process-usage.js';
export { type ResourceLimits } from './resource-watch.js';
export { RareLines } from './rare-lines.js';
export { lastLines } from './rotating-file.js';
export { seriousMessage } from './serious-message.js';
export { ToldMetrics, type ToldMetric } from './told-metrics.js';
