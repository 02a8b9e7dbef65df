export { BackOff } from './back-off.js';
export { ChildHost, type ChildHostOptions, type HostedChild } from './child-host.js';
export { jsonText, readConfig } from './config.js';
export { deploymentSchema, type Deployment } from './deployment.config.js';
export { ConfigError, messageOf, oneLine, RicochetError } from './errors.js';
export { serveHealth, type HealthCheck, type HealthOptions, type HealthServer } from './health-server.js';
export { Health, type WatchedBus } from './health.js';
export { healthConfig, type HealthConfig, httpAddressSchema, type HttpAddress } from './health.config.js';
export { createLogger, type Logger } from './logger.js';
export {
  addReadMetrics,
  createMetrics,
  Histogram,
  Registry,
  type MetricsOptions,
  type ReadMetric,
} from './metrics.js';
export { OperatorLog } from './operator-log.js';
export { EXIT_CANNOT_START, SERVICE_NODE_ARGUMENTS, stopOnSignals } from './process.js';
export { seriousMessage } from './serious-message.js';
