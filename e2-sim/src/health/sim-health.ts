import { performance } from 'node:perf_hooks';
import { type Bus } from '@ricochet/bus';
import { addReadMetrics, type Health, type Registry } from '@ricochet/platform';
import { type Simulation } from '../simulation.js';
import { Pace } from './pace.js';
import { addSliceMetrics } from './slice-metrics.js';

const LOOK_EVERY_MS = 1_000;
const MS_PER_S = 1_000;

/** Lets the simulator be ready while NATS is connected; its nodes are no condition, as they wait for their RIC. */
export function watchSimulation(health: Health, simulation: Simulation, bus: Bus): void {
  health.watchNats(bus);
  addReadMetrics(health.metrics, {
    ricochet_invalid_messages_total: {
      help: 'Messages that could not be read.',
      read: () => bus.invalidMessages,
    },
  });
  addMetricsOfTime(health.metrics, simulation);
  addMetricsOfNodes(health.metrics, simulation);
  addSliceMetrics(health.metrics, simulation.sliceTotals);
}

function addMetricsOfTime(metrics: Registry, simulation: Simulation): void {
  const pace = new Pace();
  const look = (): void => pace.look(simulation.timeMs, performance.now());
  look();
  setInterval(look, LOOK_EVERY_MS).unref();
  addReadMetrics(metrics, {
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

function addMetricsOfNodes(metrics: Registry, { nodes }: Simulation): void {
  const sum = (key: keyof (typeof nodes)[number]['counts']): number =>
    nodes.reduce((total, { counts }) => total + counts[key], 0);
  addReadMetrics(metrics, {
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
