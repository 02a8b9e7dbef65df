import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { Bus, CalloutIssuer, EmbeddedNats } from '@ricochet/bus';
import { ricStatus, simulationSample, type RicStatus, type SimulationSample } from '@ricochet/contracts';
import { Processes, type Program } from './processes.js';
import { fixture } from './ricochet.js';
import { waitFor } from './wait-for.js';

const PASSWORD = 'of-the-test';
const XAPPS = ['slice-quota', 'slice-scheduler'];
/** DUs of `small.yaml`. */
export const NODES = ['gnb-001-01-1-du-1', 'gnb-001-01-1-du-2'];

/** What the RIC and the simulator are told beside what they always are. */
export interface LiveRicEnvironment {
  readonly ric?: Readonly<Record<string, string>>;
  readonly sim?: Readonly<Record<string, string>>;
}

/**
 * The processes of the emulated RIC, each started and ended by hand: nats-server, the Near-RT RIC with its
 * xApps and the E2 simulator in real time. Watches what they tell on the bus.
 */
export class LiveRic {
  readonly processes = new Processes();
  readonly folder = mkdtempSync(join(tmpdir(), 'ricochet-live-'));
  private readonly issuerSeed = CalloutIssuer.create().seed;
  private nats: EmbeddedNats | undefined;
  private connected: Bus | undefined;
  private readonly statuses: RicStatus[] = [];
  private readonly samples: SimulationSample[] = [];

  private constructor(
    readonly port: number,
    private readonly environment: LiveRicEnvironment,
  ) {}

  /** Nothing runs yet, but the port of the server is chosen. */
  static async create(environment: LiveRicEnvironment = {}): Promise<LiveRic> {
    return new LiveRic(await freePort(), environment);
  }

  /** All is started, and the loop is closed. */
  static async running(): Promise<LiveRic> {
    const live = await LiveRic.create();
    try {
      await live.startNats();
      live.startRic();
      live.startSim();
      await live.loopGoesOn();
    } catch (error) {
      await live.dispose();
      throw error;
    }
    return live;
  }

  get url(): string {
    return `nats://ricochet:${PASSWORD}@127.0.0.1:${this.port}`;
  }

  /** The test's own connection. */
  get bus(): Bus {
    if (this.connected === undefined) throw new Error('nats-server has not been started');
    return this.connected;
  }

  async startNats(): Promise<void> {
    this.nats = await EmbeddedNats.start({
      port: this.port,
      password: PASSWORD,
      issuerSeed: this.issuerSeed,
    });
    if (this.connected !== undefined) return;
    this.connected = await Bus.connect({ url: this.url, name: 'test', onTrouble: () => undefined });
    this.connected.subscribe(ricStatus, (status) => this.statuses.push(status));
    this.connected.subscribe(simulationSample, (sample) => this.samples.push(sample));
    await this.connected.flush();
  }

  async stopNats(): Promise<void> {
    await this.nats?.stop();
  }

  startRic(): Program {
    const xapps = XAPPS.map((name) => ({ name, path: resolve('apps/xapps', name) }));
    return this.start('apps/near-rt-ric/dist/main.js', {
      RICOCHET_STORE: join(this.folder, 'ric.sqlite'),
      RICOCHET_XAPPS: JSON.stringify(xapps),
      RICOCHET_NATS_ISSUER_SEED: this.issuerSeed,
      ...this.environment.ric,
    });
  }

  startSim(scenario = 'small.yaml'): Program {
    return this.start('e2-sim/dist/main.js', {
      RICOCHET_SCENARIO: fixture(scenario),
      ...this.environment.sim,
    });
  }

  /** An xApp without its host. */
  startXApp(name: string): Program {
    return this.start(`apps/xapps/${name}/dist/main.js`, {});
  }

  /** Reads the RIC's store, which may be in use. */
  query<T>(sql: string): T[] {
    const db = new Database(join(this.folder, 'ric.sqlite'), { readonly: true });
    try {
      return db.prepare(sql).all() as T[];
    } finally {
      db.close();
    }
  }

  /** The next status, from now on, that passes. */
  async status(what: string, passes: (status: RicStatus) => boolean, timeoutMs?: number): Promise<RicStatus> {
    const from = this.statuses.length;
    const found = (): RicStatus | undefined => this.statuses.slice(from).find(passes);
    return waitFor(what, found, timeoutMs).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}; last status: ${JSON.stringify(this.statuses.at(-1))}`);
    });
  }

  /** The next sample of the simulator, from now on, that passes. */
  async sample(what: string, passes: (sample: SimulationSample) => boolean): Promise<SimulationSample> {
    const from = this.samples.length;
    return waitFor(what, () => this.samples.slice(from).find(passes));
  }

  /**
   * Waits until all nodes are connected, both xApps run, and controls are acknowledged, take effect and are
   * applied, all from now on.
   */
  async loopGoesOn(timeoutMs?: number): Promise<RicStatus> {
    const first = await this.status('nodes connected and xApps running', isComplete, timeoutMs);
    const { controlsAcknowledged, effectsEffective } = first.counts;
    const [last, { counts, run }] = await Promise.all([
      this.status(
        'controls acknowledged and effective',
        ({ instance, counts: now }) =>
          instance === first.instance &&
          now.controlsAcknowledged >= controlsAcknowledged + 40 &&
          now.effectsEffective >= effectsEffective + 40,
        timeoutMs,
      ),
      this.sample('samples of the simulator', () => true),
    ]);
    await this.sample(
      'controls applied',
      (sample) =>
        sample.run.runId === run.runId && sample.counts.controlsApplied >= counts.controlsApplied + 40,
    );
    return last;
  }

  /** Ends all processes and removes the folder. */
  async dispose(): Promise<void> {
    await this.processes.endAll();
    await this.connected?.close();
    await this.nats?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private start(entry: string, env: Record<string, string>): Program {
    return this.processes.start([resolve(entry)], {
      env: { ...env, RICOCHET_NATS_URL: this.url },
      withParent: true,
    });
  }
}

function isComplete({ nodes, xapps }: RicStatus): boolean {
  const connected = nodes.filter(({ state }) => state === 'connected').map(({ nodeId }) => nodeId);
  return (
    NODES.every((nodeId) => connected.includes(nodeId)) &&
    XAPPS.every((name) => xapps.some((xapp) => xapp.name === name && xapp.state === 'running'))
  );
}

/** A port of the loopback interface that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
