import {
  createMetrics,
  serveHealth,
  type HealthCheck,
  type HealthServer,
  type Registry,
} from '@ricochet/platform';
import { type NonRtRicConfig } from '../non-rt-ric.config.js';

/** Serves health and metrics from before the first connection on: who waits for NATS lives, but is not ready. */
export class HealthService {
  /** By name; those of what is not there yet say so. */
  readonly checks: Record<string, HealthCheck> = {
    nats: () => 'no connection yet',
    store: () => 'not open yet',
  };
  readonly metrics: Registry;
  private server: HealthServer | undefined;

  private constructor({ RICOCHET_NODE_METRICS: ofNode }: NonRtRicConfig) {
    this.metrics = createMetrics({ ofNode });
  }

  /** @throws ConfigError the address can not be listened on. */
  static async open(config: NonRtRicConfig): Promise<HealthService> {
    const health = new HealthService(config);
    const { checks, metrics } = health;
    health.server = await serveHealth({ address: config.RICOCHET_HTTP, checks, metrics });
    return health;
  }

  async close(): Promise<void> {
    await this.server?.close();
  }
}
