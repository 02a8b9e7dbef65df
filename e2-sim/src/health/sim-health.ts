import { performance } from 'node:perf_hooks';
import { type Bus } from '@ricochet/bus';
import { addReadMetrics, createMetrics, serveHealth, type HealthCheck } from '@ricochet/platform';
import { type SimConfig } from '../sim.config.js';
import { type Simulation } from '../simulation.js';
import { Pace } from './pace.js';

const LOOK_EVERY_MS = 1_000;
const MS_PER_S = 1_000;

/** Health and metrics of the simulator: served from before the first connection to NATS on. */
export class SimHealth {
  private readonly checks: Record<string, HealthCheck> = { nats: () => 'no connection yet' };
  private readonly metrics;

  private constructor({ RICOCHET_NODE_METRICS: ofNode }: SimConfig) {
    this.metrics = createMetrics({ ofNode });
  }

  /** @throws ConfigError the address can not be listened on. */
  static async open(config: SimConfig): Promise<SimHealth> {
    const health = new SimHealth(config);
    const { checks, metrics } = health;
    await serveHealth({ address: config.RICOCHET_HTTP, checks, metrics });
    return health;
  }

  /** Ready while NATS is connected; connected nodes are no condition, as they wait for their RIC. */
  watch(simulation: Simulation, bus: Bus): void {
    this.checks['nats'] = () => (bus.isUp ? undefined : 'not connected');
    this.addMetricsOfNats(bus);
    this.addMetricsOfTime(simulation);
    this.addMetricsOfNodes(simulation);
  }

  private addMetricsOfNats(bus: Bus): void {
    let reconnects = 0;
    bus.onConnection((up) => {
      if (up) reconnects += 1;
    });
    addReadMetrics(this.metrics, {
      ricochet_nats_up: { help: 'Whether NATS is connected.', read: () => Number(bus.isUp) },
      ricochet_nats_reconnects_total: { help: 'Times that NATS was there again.', read: () => reconnects },
      ricochet_invalid_messages_total: {
        help: 'Messages that could not be read.',
        read: () => bus.invalidMessages,
      },
    });
  }

  private addMetricsOfTime(simulation: Simulation): void {
    const pace = new Pace();
    const look = (): void => pace.look(simulation.timeMs, performance.now());
    look();
    setInterval(look, LOOK_EVERY_MS).unref();
    addReadMetrics(this.metrics, {
      ricochet_sim_time_seconds: { help: 'Simulation time.', read: () => simulation.timeMs / MS_PER_S },
      ricochet_sim_real_time_ratio: {
        help: 'Simulated over wall time, of late.',
        read: () => pace.factor,
      },
      ricochet_sim_loop_latency_seconds: {
        help: 'From an indication sent to the control that answers it applied, over the last seconds.',
        by: 'quantile',
        read: () => {
          const { count, p50Ms, p90Ms, p99Ms, maxMs } = simulation.latency.ofLate;
          const quantiles = { '0.5': p50Ms, '0.9': p90Ms, '0.99': p99Ms, '1': maxMs };
          if (count === 0) return {};
          return Object.fromEntries(Object.entries(quantiles).map(([q, ms]) => [q, ms / MS_PER_S]));
        },
      },
    });
  }

  private addMetricsOfNodes({ nodes }: Simulation): void {
    const sum = (key: keyof (typeof nodes)[number]['counts']): number =>
      nodes.reduce((total, { counts }) => total + counts[key], 0);
    addReadMetrics(this.metrics, {
      ricochet_sim_e2_nodes: {
        help: 'Simulated E2 nodes, by state.',
        by: 'state',
        read: () => {
          const connected = nodes.filter(({ isConnected }) => isConnected).length;
          return { connected, disconnected: nodes.length - connected };
        },
      },
      ricochet_sim_indications_total: { help: 'Indications sent.', read: () => sum('indications') },
      ricochet_sim_controls_total: {
        help: 'Controls received, by result.',
        by: 'result',
        read: () => ({ applied: sum('controlsApplied'), failed: sum('controlsFailed') }),
      },
    });
  }
}
