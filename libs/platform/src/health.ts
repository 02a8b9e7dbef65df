import { type HealthConfig } from './health.config.js';
import { serveHealth, type HealthCheck, type HealthServer } from './health-server.js';
import { addReadMetrics, createMetrics, type Registry } from './metrics.js';

/** A connection to NATS, as far as health looks at it: our bus. */
export interface WatchedBus {
  readonly isUp: boolean;
  onConnection(handler: (up: boolean) => void): unknown;
}

/** The health and the metrics of a service, served from its first moment on: who waits for NATS lives, but is not ready. */
export class Health {
  readonly metrics: Registry;
  private readonly checks: Record<string, HealthCheck> = {};
  private server: HealthServer | undefined;

  private constructor({ RICOCHET_NODE_METRICS: ofNode }: HealthConfig) {
    this.metrics = createMetrics({ ofNode });
  }

  /**
   * Serves where the configuration says. What is `awaited` is a fault until {@link check} says otherwise, and the start
   * is one until it is {@link begun}.
   * @throws ConfigError the address can not be listened on.
   */
  static async open(config: HealthConfig, awaited: readonly string[]): Promise<Health> {
    const health = new Health(config);
    const { checks, metrics } = health;
    for (const name of awaited) checks[name] = () => 'not there yet';
    checks['start'] = () => 'not over yet';
    health.server = await serveHealth({ address: config.RICOCHET_HTTP, checks, metrics });
    return health;
  }

  /** The service is ready when this, too, finds no fault. */
  check(name: string, faultOf: HealthCheck): void {
    this.checks[name] = faultOf;
  }

  /** All of the service serves. */
  begun(): void {
    delete this.checks['start'];
  }

  /** Ready while NATS is connected, and how often it came back. */
  watchNats(bus: WatchedBus): void {
    let reconnects = 0;
    bus.onConnection((up) => {
      if (up) reconnects += 1;
    });
    this.check('nats', () => (bus.isUp ? undefined : 'not connected'));
    addReadMetrics(this.metrics, {
      ricochet_nats_up: { help: 'Whether NATS is connected.', read: () => Number(bus.isUp) },
      ricochet_nats_reconnects_total: { help: 'Times that NATS was there again.', read: () => reconnects },
    });
  }

  async close(): Promise<void> {
    await this.server?.close();
  }
}
