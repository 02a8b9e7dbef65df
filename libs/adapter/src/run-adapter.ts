import { Bus } from '@ricochet/bus';
import { RanNodes } from '@ricochet/e2-node';
import { connectE2, nodeTimers, requireSctp } from '@ricochet/e2-transport';
import { e2apCodecs, profiles } from '@ricochet/e2ap';
import {
  addReadMetrics,
  ConfigError,
  createLogger,
  Health,
  readConfig,
  runService,
} from '@ricochet/platform';
import { adaptedGnb } from './adapted-gnb.js';
import { type AdapterConfig } from './adapter.config.js';
import { type Adapter, type Surroundings } from './adapter.js';
import { ASSUMED_WORDS } from './gnb.config.js';

const CONNECT_TIMEOUT_MS = 2_000;

/** Runs an adapter as this process: from its environment until it is told to stop. */
export function runAdapter<C extends AdapterConfig>(adapter: Adapter<C>): Promise<void> {
  const log = createLogger(`${adapter.name}-adapter`);
  return runService(log, async (leaveBy) => {
    const { nodes, bus } = await start(adapter, log);
    leaveBy(async () => {
      await nodes.stop();
      await bus?.close();
    });
  });
}

async function start<C extends AdapterConfig>(
  adapter: Adapter<C>,
  log: ReturnType<typeof createLogger>,
): Promise<{ nodes: RanNodes; bus: Bus | undefined }> {
  const config = readConfig(adapter.schema, process.env) as C;
  const { RICOCHET_E2: address, RICOCHET_NATS_URL: url, RICOCHET_E2_CODEC: codec } = config;
  if (address.kind === 'sctp') await requireSctp();
  else if (url === undefined) throw new ConfigError('environment: RICOCHET_NATS_URL: E2 goes over NATS');
  const gnb = adaptedGnb(adapter, config);
  if (config.RICOCHET_GNB_CONFIG === undefined) {
    log.warn(`the gNB is not described: ${ASSUMED_WORDS} is assumed`);
  }
  const surroundings: Surroundings = {
    timers: nodeTimers,
    nowMs: () => Date.now(),
    monotonicMs: () => performance.now(),
  };
  const ran = adapter.createRan(config, gnb, surroundings);
  const health = await Health.open(config, []);
  const bus =
    address.kind === 'nats' && url !== undefined
      ? await Bus.connect({
          url,
          name: `${adapter.name}-adapter`,
          waitForServer: true,
          onTrouble: (line) => log.warn(line),
        })
      : undefined;
  const profile = profiles[gnb.profile ?? adapter.profilesOf(config)[0]];
  const nodes = new RanNodes({
    ran,
    cells: gnb.cells.map((cell, place) => ({ cell, globalId: gnb.nodeIds[place]! })),
    profile,
    connect: (nodeId) =>
      connectE2({ address, bus, nodeId, ppid: profile.ppid, timeoutMs: CONNECT_TIMEOUT_MS }),
    timers: nodeTimers,
    codec: e2apCodecs[codec],
    log: { info: (line) => log.info(line), warn: (line) => log.warn(line) },
  });
  if (bus !== undefined) health.watchNats(bus);
  health.check('gnb', () => (nodes.state.isUp ? undefined : 'not there'));
  addReadMetrics(health.metrics, {
    ricochet_adapter_gnb_up: { help: 'Whether the gNB is there.', read: () => Number(nodes.state.isUp) },
    ricochet_adapter_samples_total: { help: 'Reports of the gNB.', read: () => nodes.state.samples },
    ricochet_adapter_unsent_reports_total: {
      help: 'Reports to the RIC that could not be written.',
      read: () => nodes.state.unsent,
    },
    ricochet_adapter_notices_total: {
      help: 'What of the gNB was refused or odd, by kind, told or not.',
      by: 'kind',
      read: () => ran.counts ?? {},
    },
    ricochet_adapter_nodes_connected: { help: 'E2 nodes set up.', read: () => nodes.state.connected },
  });
  nodes.start();
  health.begun();
  return { nodes, bus };
}
