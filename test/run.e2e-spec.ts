import Database from 'better-sqlite3';
import { Bus, EmbeddedNats } from '@ricochet/bus';
import { ricStatus, simulationSample, type RicStatus } from '@ricochet/contracts';
import { fixture, Ricochet, type Run } from './support/ricochet.js';
import { waitFor } from './support/wait-for.js';

const SMALL = fixture('small.yaml');
const EVENTS = fixture('events.yaml');
const DU_1 = 'gnb-001-01-1-du-1';
const DU_2 = 'gnb-001-01-1-du-2';
const TIMEOUT_MS = 600_000;
/** For what takes a few seconds on a machine that has nothing else to do. */
const START_MS = 120_000;

const ricochet = new Ricochet();
afterEach(() => ricochet.processes.endAll());
afterAll(() => ricochet.dispose());

/** The run that the others are held against. */
let baseline: Run;
beforeAll(async () => {
  baseline = await ricochet.runScenario(SMALL, 'baseline', '--seed', '3');
}, TIMEOUT_MS);

/** Sum of a column of `kpis.csv` over the rows that pass. */
function sum(run: Run, column: string, where: (row: Record<string, string>) => boolean): number {
  return run.kpis.filter(where).reduce((total, row) => total + Number(row[column]), 0);
}

const within =
  (node: string, fromMs: number, untilMs: number) =>
  (row: Record<string, string>): boolean =>
    row['node'] === node && Number(row['timeMs']) > fromMs && Number(row['timeMs']) <= untilMs;

describe('ricochet run in lockstep', () => {
  it(
    'runs the loop to the end, prints the table and leaves its files',
    () => {
      const run = baseline;
      expect(run.result.errors).toEqual([]);
      for (const text of ['eMBB', 'mMTC', 'URLLC', 'delay P99', 'SLA met', "Jain's index", 'KPI hash']) {
        expect(run.result.stdout).toContain(text);
      }
      expect(ricochet.processes.living()).toEqual([]);

      const slice = {
        offeredMbps: expect.any(Number),
        deliveredMbps: expect.any(Number),
        servedShare: expect.any(Number),
        delayMeanMs: expect.any(Number),
        delayP99Ms: expect.any(Number),
        delayMaxMs: expect.any(Number),
        dropRate: expect.any(Number),
        prbShare: expect.any(Number),
        qos: expect.any(Number),
        slaSatisfaction: expect.any(Number),
      };
      const { summary } = run;
      expect(summary).toEqual({
        scenario: 'small',
        seed: 3,
        controller: 'need+pf',
        mode: 'lockstep',
        configHash: expect.stringMatching(/^[0-9a-f]{16}$/),
        versions: { ricochet: expect.any(String), node: process.version },
        simulatedMs: 2000,
        warmUpMs: 300,
        wallMs: expect.any(Number),
        realTimeFactor: expect.any(Number),
        kpiHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        slices: { eMBB: slice, mMTC: slice, URLLC: slice },
        meanQos: expect.any(Number),
        slaSatisfaction: expect.any(Number),
        recovery: [],
        jainIndex: expect.any(Number),
        loopLatency: {
          count: expect.any(Number),
          p50Ms: expect.any(Number),
          p90Ms: expect.any(Number),
          p99Ms: expect.any(Number),
          maxMs: expect.any(Number),
        },
        counts: {
          indications: expect.any(Number),
          // 2 DUs: weights after each of 200 reports, quotas after each of 20.
          controlsApplied: 2 * (200 + 20),
          controlsFailed: 0,
          ric: expect.objectContaining({
            indications: summary.counts.indications,
            controlsAcknowledged: 2 * (200 + 20),
            controlsRefused: 0,
            controlsFailed: 0,
            controlsTimedOut: 0,
            missed: 0,
            duplicates: 0,
            late: 0,
            invalidMessages: 0,
            storeRowsDropped: 0,
          }),
        },
      });
      expect(summary.slices.eMBB.deliveredMbps).toBeGreaterThan(1);
      expect(summary.meanQos).toBeGreaterThan(0.5);
      // All but those that no report came after.
      expect(run.ric.effectsEffective).toBeGreaterThanOrEqual(2 * (199 + 19) - 4);

      // A row for each of 20 periods, 2 DUs and 3 slices.
      expect(run.kpis).toHaveLength(20 * 2 * 3);
      expect(new Set(run.kpis.map(({ timeMs }) => timeMs)).size).toBe(20);
      expect(run.kpis.at(-1)).toMatchObject({ timeMs: '2000', node: DU_2 });
      const late = run.kpis.filter(({ timeMs, slice: sst }) => Number(timeMs) > 300 && sst === '1');
      const offeredMbit = late.reduce((total, row) => total + Number(row['offeredKbit']) / 1000, 0);
      expect(summary.slices.eMBB.offeredMbps).toBeCloseTo(offeredMbit / 1.7, 6);
    },
    TIMEOUT_MS,
  );

  it(
    'gives the same samples for a seed, others for another seed and another controller',
    async () => {
      // At the same time, so that they disturb each other.
      const [again, seed2, random] = await Promise.all([
        ricochet.runScenario(SMALL, 'again', '--seed', '3'),
        ricochet.runScenario(SMALL, 'seed2', '--seed', '2'),
        ricochet.runScenario(SMALL, 'random', '--seed', '3', '--controller', 'random+random'),
      ]);
      const first = baseline.summary;
      expect(again.summary.kpiHash).toBe(first.kpiHash);
      expect(again.file('kpis.csv')).toBe(baseline.file('kpis.csv'));
      expect(again.summary.slices).toEqual(first.slices);
      expect(again.summary.configHash).toBe(first.configHash);

      expect(seed2.summary.kpiHash).not.toBe(first.kpiHash);
      expect(seed2.summary.configHash).toBe(first.configHash);

      expect(random.summary.kpiHash).not.toBe(first.kpiHash);
      expect(random.summary.configHash).not.toBe(first.configHash);
      expect(random.summary.controller).toBe('random+random');
      expect(random.summary.meanQos).toBeLessThan(first.meanQos);
    },
    TIMEOUT_MS,
  );

  it(
    'plays cells off and on, UEs that come and go and a lost E2 connection, the same way each time',
    async () => {
      const [run, again] = await Promise.all([
        ricochet.runScenario(EVENTS, 'events'),
        ricochet.runScenario(EVENTS, 'events-again'),
      ]);
      const { summary } = run;
      expect(again.summary.kpiHash).toBe(summary.kpiHash);
      expect(summary.simulatedMs).toBe(3000);
      expect(summary.recovery).toMatchObject([{ slice: 'eMBB', atMs: 500, endMs: 900 }]);

      const surged = sum(run, 'offeredKbit', (row) => within(DU_1, 500, 900)(row) && row['slice'] === '1');
      const before = sum(run, 'offeredKbit', (row) => within(DU_1, 100, 500)(row) && row['slice'] === '1');
      expect(surged / before).toBeGreaterThan(2);

      expect(sum(run, 'prbUsed', within(DU_2, 600, 1000))).toBe(0);
      expect(sum(run, 'deliveredKbit', within(DU_2, 600, 1000))).toBe(0);
      expect(sum(run, 'deliveredKbit', within(DU_2, 1000, 1400))).toBeGreaterThan(100);

      const urllcUes = (timeMs: string): number =>
        sum(run, 'ues', (row) => row['node'] === DU_1 && row['slice'] === '2' && row['timeMs'] === timeMs);
      expect(urllcUes('1100') - urllcUes('1000')).toBe(3);
      expect(urllcUes('2600') - urllcUes('2500')).toBe(-4);

      // 500 ms without a connection: 50 reports of UEs every 10 ms and 5 of slices for each of two subscribers,
      // and the report of the period in which the node comes back.
      const { missed } = run.ric;
      expect(missed).toBeGreaterThanOrEqual(50 + 5 + 5);
      expect(missed).toBeLessThanOrEqual(50 + 5 + 5 + 3);
      expect(again.ric.missed).toBe(missed);
      const ricLog = run.file('logs/near-rt-ric.log');
      expect(ricLog).toMatch(/du-1: 5\d ue reports of 10 ms are missing before 17\d0 ms/);
      expect(ricLog).toMatch(/slice-scheduler.*5\d reports of ues from gnb-001-01-1-du-1 are missing/);
      expect(ricLog).not.toMatch(/du-2: \d+ \w+ reports/);
      // The loop went on at both nodes until the end.
      const db = new Database(`${run.folder}/ric.sqlite`, { readonly: true });
      const controls = db.prepare('SELECT nodeId, COUNT(*) n FROM control WHERE simTimeMs > 2000 GROUP BY 1');
      expect(controls.all()).toEqual([
        { nodeId: DU_1, n: expect.any(Number) },
        { nodeId: DU_2, n: expect.any(Number) },
      ]);
      for (const { n } of controls.all() as { n: number }[]) expect(n).toBeGreaterThan(90);
      db.close();
    },
    TIMEOUT_MS,
  );

  it(
    'keeps nodes, subscriptions, controls with their effects, the run and its KPIs in the store',
    () => {
      const run = baseline;
      const db = new Database(`${run.folder}/ric.sqlite`, { readonly: true });
      const all = (sql: string): unknown[] => db.prepare(sql).all();
      const count = (from: string): unknown => db.prepare(`SELECT COUNT(*) FROM ${from}`).pluck().get();

      expect(all('SELECT nodeId FROM e2_node ORDER BY 1')).toEqual([{ nodeId: DU_1 }, { nodeId: DU_2 }]);
      const subscribers = db
        .prepare('SELECT subscribers FROM subscription')
        .pluck()
        .all()
        .flatMap((text) => JSON.parse(text as string) as string[]);
      expect(subscribers.toSorted()).toEqual(
        ['ric/slices', 'slice-quota/slices', 'slice-scheduler/ues'].flatMap((name) => [name, name]),
      );

      expect(all('SELECT runId, scenario, seed, controller, mode, state, configHash FROM run')).toEqual([
        {
          runId: 1,
          scenario: 'small',
          seed: 3,
          controller: 'need+pf',
          mode: 'lockstep',
          state: 'finished',
          configHash: run.summary.configHash,
        },
      ]);
      const stored = JSON.parse(db.prepare('SELECT summary FROM run').pluck().get() as string);
      expect(stored.kpiHash).toBe(run.summary.kpiHash);

      expect(all('SELECT xapp, kind, outcome, COUNT(*) n FROM control GROUP BY 1, 2, 3')).toEqual([
        { xapp: 'slice-quota', kind: 'slice-quota', outcome: 'acknowledged', n: 40 },
        { xapp: 'slice-scheduler', kind: 'ue-weights', outcome: 'acknowledged', n: 400 },
      ]);
      expect(count('control_effect WHERE effective')).toBe(run.ric.effectsEffective);
      expect(count('control_effect e JOIN control c USING (controlId)')).toBe(count('control_effect'));
      const effect = db
        .prepare(
          "SELECT asked, achieved FROM control JOIN control_effect USING (controlId) WHERE kind = 'slice-quota' AND effective LIMIT 1",
        )
        .get() as { asked: string; achieved: string };
      const asked = JSON.parse(effect.asked).ratios;
      expect(asked).toHaveLength(3);
      expect(JSON.parse(effect.achieved)).toHaveLength(3);

      // A row for each of 20 periods, 2 DUs and 3 slices, as the CSV has.
      expect(count('kpi_sample')).toBe(20 * 2 * 3);
      const offered = db.prepare('SELECT SUM(offeredKbit) FROM kpi_sample').pluck().get() as number;
      expect(offered).toBeCloseTo(
        sum(run, 'offeredKbit', () => true),
        3,
      );
      db.close();
    },
    TIMEOUT_MS,
  );

  it(
    'prints the summary as JSON alone, and takes --until',
    async () => {
      const run = await ricochet.runScenario(SMALL, 'json', '--json', '--until', '700ms');
      expect(JSON.parse(run.result.stdout)).toEqual(run.summary);
      expect(run.summary.simulatedMs).toBe(700);
      expect(run.kpis).toHaveLength(7 * 2 * 3);
    },
    TIMEOUT_MS,
  );
});

describe('ricochet run in real time', () => {
  let nats: EmbeddedNats;
  let bus: Bus;
  beforeEach(async () => {
    nats = await EmbeddedNats.start();
    bus = await Bus.connect({ url: nats.url, name: 'test', onTrouble: () => undefined });
  });
  afterEach(async () => {
    await bus.close();
    await nats.stop();
  });

  it(
    'keeps to the wall clock, which does not wait for the loop to close',
    async () => {
      let sampled = false;
      let xapps: RicStatus['xapps'] = [];
      bus.subscribe(simulationSample, () => (sampled = true));
      bus.subscribe(ricStatus, (status) => (xapps = status.xapps));
      await bus.flush();
      const options = ['--mode', 'real-time', '--until', '10s', '--nats', nats.url];
      const running = ricochet.runScenario(SMALL, 'real-time', ...options);
      running.catch(() => undefined);

      // The clock runs without anybody. Then it stands, as long as this machine takes to start the xApps.
      await waitFor('the first sample', () => sampled, START_MS);
      const [sim] = ricochet.processes.living('e2-sim/dist');
      if (sim === undefined) throw new Error('no e2-sim runs');
      process.kill(sim.pid, 'SIGSTOP');
      const stoppedAt = performance.now();
      await waitFor(
        'both xApps',
        () => xapps.length === 2 && xapps.every(({ state }) => state === 'running'),
        START_MS,
      );
      const standstillMs = performance.now() - stoppedAt;
      process.kill(sim.pid, 'SIGCONT');

      const run = await running;
      const { summary } = run;
      expect(summary.mode).toBe('real-time');
      // No two runs by the wall clock are the same.
      expect(summary.kpiHash).toBeNull();
      expect(summary.simulatedMs).toBe(10_000);
      // It catches up with a second of the standstill at most.
      expect(summary.wallMs - standstillMs).toBeGreaterThanOrEqual(9_900 - 1_000);
      expect(run.kpis).toHaveLength(100 * 2 * 3);
      const { counts, loopLatency } = summary;
      expect(counts.controlsApplied).toBeGreaterThan(20);
      expect(loopLatency.count).toBeGreaterThan(20);
      expect(loopLatency.p50Ms).toBeGreaterThan(0);
    },
    2 * TIMEOUT_MS,
  );
});
