import { type HealthConfig } from './health.config.js';
import { serveHealth, type HealthCheck, type HealthServer } from './health-server.js';
import { createMetrics, type Registry } from './metrics.js';

/** The health and the metrics of a service, served from its first moment on: who waits for NATS lives, but is not ready. */
export class Health {
  readonly metrics: Registry;
  private readonly checks: Record<string, HealthCheck> = {};
  private server: HealthServer | undefined;

  private constructor({ RICOCHET_NODE_METRICS: ofNode }: HealthConfig) {
    this.metrics = createMetrics({ ofNode });
  }

  /**
   * Serves where the configuration says. What is `awaited` is a fault until {@link check} says otherwise.
   * @throws ConfigError the address can not be listened on.
   */
  static async open(config: HealthConfig, awaited: readonly string[]): Promise<Health> {
    const health = new Health(config);
    const { checks, metrics } = health;
    for (const name of awaited) checks[name] = () => 'not there yet';
    health.server = await serveHealth({ address: config.RICOCHET_HTTP, checks, metrics });
    return health;
  }

  /** The service is ready when this, too, finds no fault. */
  check(name: string, faultOf: HealthCheck): void {
    this.checks[name] = faultOf;
  }

  async close(): Promise<void> {
    await this.server?.close();
  }
}
