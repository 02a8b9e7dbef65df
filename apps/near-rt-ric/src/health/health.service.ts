import {
  createMetrics,
  serveHealth,
  type HealthCheck,
  type HealthServer,
  type Registry,
} from '@ricochet/platform';
import { type RicConfig } from '../ric.config.js';

/** Serves health and metrics from before the first connection on: a RIC that waits for NATS lives, but is not ready. */
export class HealthService {
  /** By name; those of what is not there yet say so. */
  readonly checks: Record<string, HealthCheck> = {
    nats: () => 'no connection yet',
    store: () => 'not open yet',
  };
  readonly metrics: Registry;
  private server: HealthServer | undefined;

  private constructor({ RICOCHET_NODE_METRICS: ofNode }: RicConfig) {
    this.metrics = createMetrics({ ofNode });
  }

  /** @throws ConfigError the address can not be listened on. */
  static async open(config: RicConfig): Promise<HealthService> {
    const health = new HealthService(config);
    const { checks, metrics } = health;
    health.server = await serveHealth({ address: config.RICOCHET_HTTP, checks, metrics });
    return health;
  }

  async close(): Promise<void> {
    await this.server?.close();
  }
}
