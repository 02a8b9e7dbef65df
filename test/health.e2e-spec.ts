import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { freePort, LiveRic } from './support/live-ric.js';
import { type Program } from './support/processes.js';
import { fixture } from './support/ricochet.js';
import { waitFor } from './support/wait-for.js';

const TIMEOUT_MS = 600_000;
const XAPPS = ['slice-quota', 'slice-scheduler'].map((name) => ({ name, path: resolve('apps/xapps', name) }));

/** A service and where it tells how it is. */
interface Service {
  readonly program: Program;
  readonly url: string;
}

let live: LiveRic;
beforeEach(async () => {
  live = await LiveRic.create();
});
afterEach(() => live.dispose());

async function start(entry: string, env: Record<string, string>): Promise<Service> {
  const address = `127.0.0.1:${await freePort()}`;
  const program = live.processes.start([resolve(entry)], {
    env: { RICOCHET_NATS_URL: live.url, RICOCHET_HTTP: address, ...env },
    withParent: true,
  });
  return { program, url: `http://${address}` };
}

const startRic = (env: Record<string, string> = {}): Promise<Service> =>
  start('apps/near-rt-ric/dist/main.js', {
    RICOCHET_STORE: join(live.folder, 'ric.sqlite'),
    RICOCHET_XAPPS: JSON.stringify(XAPPS),
    ...env,
  });
const startNonRtRic = (): Promise<Service> =>
  start('apps/non-rt-ric/dist/main.js', { RICOCHET_STORE: join(live.folder, 'non-rt-ric.sqlite') });
const startDashboard = async (port?: number): Promise<Service> =>
  start('apps/dashboard/dist/main.js', { RICOCHET_DASHBOARD: `127.0.0.1:${port ?? (await freePort())}` });
const startSim = (): Promise<Service> =>
  start('e2-sim/dist/main.js', { RICOCHET_SCENARIO: fixture('small.yaml') });

interface Readiness {
  readonly http: number;
  readonly status: string;
  readonly checks: Readonly<Record<string, string>>;
}

async function readiness({ url }: Service): Promise<Readiness> {
  const response = await fetch(`${url}/health/ready`);
  return { http: response.status, ...((await response.json()) as Omit<Readiness, 'http'>) };
}

/** The first answer that passes; a service that does not listen yet is asked again. */
async function ready(service: Service, passes: (readiness: Readiness) => boolean): Promise<Readiness> {
  let last: unknown;
  const look = async (): Promise<Readiness | false> => {
    const now = await readiness(service).catch((error: unknown) => String(error));
    last = now;
    return typeof now !== 'string' && passes(now) && now;
  };
  return waitFor('readiness', look).catch((error: unknown) => {
    throw new Error(`${(error as Error).message}; last: ${JSON.stringify(last)}`);
  });
}

const isReady = ({ http }: Readiness): boolean => http === 200;
const isNotReady = ({ http }: Readiness): boolean => http === 503;

/** Values of the metrics by name and labels. */
async function metrics({ url }: Service): Promise<Record<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.lastIndexOf(' ')),
      Number(line.slice(line.lastIndexOf(' ') + 1)),
    ]),
  );
}

describe('a service with health', () => {
  it(
    'lives without NATS, is ready when NATS is there, not when it is killed, and again when it is back',
    async () => {
      const services = await Promise.all([startRic(), startNonRtRic(), startSim()]);
      const all = async (passes: (readiness: Readiness) => boolean): Promise<string[]> => {
        const found = await Promise.all(services.map((service) => ready(service, passes)));
        return found.map(({ checks }) => checks['nats'] ?? '');
      };
      expect(new Set(await all(isNotReady))).not.toContain('ok');
      await live.startNats();
      expect(new Set(await all(isReady))).toEqual(new Set(['ok']));
      await live.stopNats();
      expect(new Set(await all(isNotReady))).toEqual(new Set(['not connected']));
      for (const { url } of services) expect((await fetch(`${url}/health/live`)).status).toBe(200);
      await live.startNats();
      expect(new Set(await all(isReady))).toEqual(new Set(['ok']));
      for (const service of services) expect(await metrics(service)).toMatchObject({ ricochet_nats_up: 1 });
      for (const service of [services[0], services[2]]) {
        expect(await metrics(service)).toMatchObject({ ricochet_nats_reconnects_total: 1 });
      }
    },
    TIMEOUT_MS,
  );

  it(
    'is not ready before what it serves is open',
    async () => {
      await live.startNats();
      const [api, page] = [await freePort(), await freePort()];
      const services = [
        [await startRic({ RICOCHET_API: `127.0.0.1:${api}` }), `http://127.0.0.1:${api}/ric/v1/health/alive`],
        [await startDashboard(page), `http://127.0.0.1:${page}/`],
      ] as const;
      const opened = services.map(async ([service, url]) => {
        await ready(service, isReady);
        return fetch(url).then(({ status }) => status);
      });
      expect(await Promise.all(opened)).toEqual([200, 200]);
    },
    TIMEOUT_MS,
  );

  it(
    'is not ready while its store can not be written',
    async () => {
      await live.startNats();
      const ric = await startRic();
      await startSim();
      await ready(ric, isReady);
      const other = new Database(join(live.folder, 'ric.sqlite'));
      try {
        other.exec('BEGIN EXCLUSIVE');
        const { checks } = await ready(ric, isNotReady);
        expect(checks).toEqual({ nats: 'ok', store: expect.stringMatching(/ric\.sqlite.*locked/) });
        other.exec('COMMIT');
      } finally {
        other.close();
      }
      await ready(ric, isReady);
    },
    TIMEOUT_MS,
  );

  it(
    'tells in its metrics how the loop goes',
    async () => {
      await live.startNats();
      const [ric, sim] = await Promise.all([startRic(), startSim()]);
      await live.loopGoesOn();
      // In this order: what the RIC has counted the simulator has, too.
      const ofRic = await metrics(ric);
      const ofSim = await metrics(sim);

      expect(ofRic).toMatchObject({
        'ricochet_ric_e2_nodes{state="connected"}': 2,
        'ricochet_ric_e2_nodes{state="disconnected"}': 0,
        'ricochet_ric_xapps{state="running"}': 2,
        'ricochet_ric_xapps{state="parked"}': 0,
        'ricochet_ric_xapp_restarts_total{xapp="slice-quota"}': 0,
        'ricochet_ric_controls_total{outcome="timed-out"}': 0,
        ricochet_ric_indications_missed_total: 0,
        ricochet_invalid_messages_total: 0,
        ricochet_store_rows_dropped_total: 0,
      });
      const acknowledged = ofRic['ricochet_ric_controls_total{outcome="acknowledged"}'] ?? 0;
      expect(acknowledged).toBeGreaterThanOrEqual(40);
      const latency = (of: string, labels = ''): number =>
        ofRic[`ricochet_ric_control_latency_seconds_${of}{${labels}outcome="acknowledged"}`] ?? NaN;
      expect(Math.abs(latency('count') - acknowledged)).toBeLessThanOrEqual(2);
      expect(latency('bucket', 'le="+Inf",')).toBe(latency('count'));
      expect(latency('sum') / latency('count')).toBeGreaterThan(0.000_1);
      expect(latency('sum') / latency('count')).toBeLessThan(1);
      expect(ofRic['ricochet_ric_control_effects_total{result="effective"}']).toBeGreaterThanOrEqual(40);

      expect(ofSim).toMatchObject({
        'ricochet_sim_e2_nodes{state="connected"}': 2,
        'ricochet_sim_controls_total{result="failed"}': 0,
      });
      expect(ofSim['ricochet_sim_time_seconds']).toBeGreaterThan(1);
      expect(ofSim['ricochet_sim_indications_total']).toBeGreaterThanOrEqual(
        ofRic['ricochet_ric_indications_total'] ?? NaN,
      );
      expect(ofSim['ricochet_sim_controls_total{result="applied"}']).toBeGreaterThanOrEqual(acknowledged);
      const [median, p99] = ['0.5', '0.99'].map(
        (quantile) => ofSim[`ricochet_sim_loop_latency_seconds{quantile="${quantile}"}`] ?? NaN,
      );
      expect(median).toBeGreaterThan(0.000_1);
      expect(p99).toBeGreaterThanOrEqual(median ?? NaN);
      const factor = await waitFor(
        'the pace',
        async () => (await metrics(sim))['ricochet_sim_real_time_ratio'],
      );
      expect(factor).toBeGreaterThan(0.2);
      expect(factor).toBeLessThan(1.5);
    },
    TIMEOUT_MS,
  );

  it(
    'has just the metrics that the documents say',
    async () => {
      await live.startNats();
      const services = await Promise.all([startRic(), startNonRtRic(), startSim(), startDashboard()]);
      const told = new Set<string>();
      for (const service of services) {
        await ready(service, isReady);
        const text = await (await fetch(`${service.url}/metrics`)).text();
        for (const [, name] of text.matchAll(/^# TYPE (\S+)/gm)) told.add(name ?? '');
      }
      const documents = readFileSync('docs/observability.md', 'utf8');
      const documented = [...documents.matchAll(/^\| `(ricochet_\w+)`/gm)].map(([, name]) => name);
      expect([...told].sort()).toEqual(documented.sort());
    },
    TIMEOUT_MS,
  );

  it.each([
    ['apps/near-rt-ric/dist/main.js', { RICOCHET_XAPPS: '[]' }],
    ['apps/non-rt-ric/dist/main.js', {}],
    ['e2-sim/dist/main.js', { RICOCHET_SCENARIO: fixture('small.yaml') }],
  ])('says that its port is in use, and ends: %s', async (entry, env) => {
    const first = await startSim();
    await ready(first, isNotReady);
    const address = new URL(first.url).host;
    const second = await start(entry, {
      ...env,
      RICOCHET_STORE: join(live.folder, 'other.sqlite'),
      RICOCHET_HTTP: address,
    });
    expect(await second.program.ended).toMatchObject({ code: 78 });
    expect(second.program.stderr.join('\n')).toContain(`HTTP on ${address}: the port is in use`);
  });

  it('ends when told to, also while it is asked', async () => {
    await live.startNats();
    const services = await Promise.all([startRic(), startSim()]);
    for (const service of services) {
      await ready(service, isReady);
      const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
      await once(socket, 'connect');
      socket.on('error', () => undefined).write('GET /health/live HTTP/1.1\r\n');
      expect(await service.program.kill('SIGTERM')).toEqual({ code: 0, signal: null });
      socket.destroy();
    }
  });
});
