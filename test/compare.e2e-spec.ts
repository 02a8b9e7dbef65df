import { readFileSync } from 'node:fs';
import { type Browser, type Page } from 'playwright-core';
import { Bus, EmbeddedNats, OctetStream } from '@ricochet/bus';
import { type RunSummary } from '../apps/cli/src/run/summary.js';
import { browserLacks, faultsOf, launchBrowser, overhangPx } from './support/browser.js';
import { Ricochet, type Result } from './support/ricochet.js';
import { waitFor } from './support/wait-for.js';

const TIMEOUT_MS = 600_000;
const PATIENCE_MS = 120_000;
const UNTIL = ['--until', '900ms'];
const SCENARIO = `
name: tiny surge
description: URLLC surges in one of two DUs
duration: 2s
warmUp: 200ms
network: { cells: 2, uesPerCell: 6, load: { min: 0.6, max: 0.8 }, traffic: { surges: false } }
sla: { eMBB: { minServedShare: 0.7 }, URLLC: { maxDelayP99Ms: 10 } }
learning: { roundPeriod: 100ms }
events:
  - { at: 400ms, kind: surge, slice: URLLC, cells: [2], factor: 3, duration: 300ms }
assertions:
  - controls.failed == 0
  - { name: never, that: sla(URLLC) > 2 }
`;
const METHODS = ['need+pf', 'ddpg'];

interface ComparisonFile {
  readonly methods: string[];
  readonly runs: { method: string; seed: number; kpiHash: string }[];
  readonly kpis: {
    kpi: string;
    slice: string;
    methods: { method: string; values: number[] }[];
    differences: { method: string; mean: number; halfWidth: number; pairs: number }[];
  }[];
  readonly assertions: { method: string; results: { name: string; passed: number }[] }[];
}

describe('ricochet run --compare', () => {
  const ricochet = new Ricochet();
  let scenario: string;
  let compared: Result;
  const read = (...names: string[]): string => readFileSync(ricochet.path(...names), 'utf8');
  const comparison = (): ComparisonFile => JSON.parse(read('out', 'comparison.json')) as ComparisonFile;

  beforeAll(async () => {
    scenario = ricochet.write('surge.yaml', SCENARIO);
    const how = ['--seeds', '1,2', '--compare', METHODS.join(','), '--jobs', '2', '--junit', 'junit.xml'];
    compared = await ricochet.run('run', scenario, ...how, ...UNTIL);
  }, TIMEOUT_MS);
  afterAll(() => ricochet.dispose());

  it('ends in a table with intervals, and leaves the same as JSON', () => {
    expect(compared.errors).toEqual([]);
    // What does not hold of a method is a finding, no failure.
    expect(compared.code).toBe(0);
    const { stdout } = compared;
    expect(stdout.match(/^.*(?=: 0\.9 s simulated)/gm)).toEqual([
      ...['need+pf, seed 1', 'ddpg, seed 1', 'need+pf, seed 2', 'ddpg, seed 2'],
    ]);
    expect(stdout).toContain('ddpg against need+pf');
    expect(stdout).toMatch(
      /│ URLLC delay P99, ms +│ +[\d.]+ ± [\d.]+ │ +[\d.]+ ± [\d.]+ │ +[+−][\d.]+ ± [\d.]+ │/,
    );
    expect(stdout).toMatch(/│ never: sla\(URLLC\) > 2 +│ .*, 0 of 2 │ .*, 0 of 2 │/);
    expect(stdout).toContain('Report: out/report.html');

    const { methods, runs, kpis, assertions } = comparison();
    expect(methods).toEqual(METHODS);
    expect(runs.map(({ method, seed }) => [method, seed])).toEqual([
      ...[
        ['need+pf', 1],
        ['ddpg', 1],
        ['need+pf', 2],
        ['ddpg', 2],
      ],
    ]);
    const qos = kpis.find(({ kpi, slice }) => kpi === 'qos' && slice === 'eMBB');
    const [before = [], after = []] = qos?.methods.map(({ values }) => values) ?? [];
    const [difference] = qos?.differences ?? [];
    const byHand = after.reduce((sum, value, i) => sum + value - (before[i] ?? 0), 0) / 2;
    expect(difference).toMatchObject({ method: 'ddpg', mean: expect.closeTo(byHand, 9), pairs: 2 });
    expect(assertions[0]?.results[1]).toMatchObject({ name: 'never', passed: 0 });
    expect(read('junit.xml').match(/<testsuite name="[^"]+"/g)).toHaveLength(4);
  });

  it('compares on the same random numbers', () => {
    const offered = (method: string, seed: number): number[] => {
      const { slices } = JSON.parse(read('out', method, `seed-${seed}`, 'summary.json')) as RunSummary;
      return Object.values(slices).map(({ offeredMbps }) => offeredMbps);
    };
    for (const seed of [1, 2]) expect(offered('ddpg', seed)).toEqual(offered('need+pf', seed));
    expect(offered('ddpg', 1)).not.toEqual(offered('ddpg', 2));
  });

  it(
    'gives each run what it gives alone, recorded or not, and the recording comes again',
    async () => {
      const how = ['--seed', '2', '--controller', 'need+pf', '--record', '--no-report', '--out', 'alone'];
      const alone = await ricochet.run('run', scenario, ...how, ...UNTIL);
      const { kpiHash } = JSON.parse(read('alone', 'summary.json')) as RunSummary;
      expect(kpiHash).toBe(comparison().runs[2]?.kpiHash);
      const [, hash] = /^Recording: alone\/run\.rec: .* hash ([0-9a-f]{64})$/m.exec(alone.stdout) ?? [];
      expect(alone.stdout).not.toContain('Report');
      const replayed = await ricochet.run('replay', 'alone/run.rec');
      expect(replayed.stdout.split('\n').at(-1)).toBe(hash);
    },
    TIMEOUT_MS,
  );

  it(
    'stops all runs at Ctrl-C',
    async () => {
      const program = ricochet.start('run', scenario, '--seeds', '1..3', '--jobs', '2', '--out', 'stopped');
      const simulators = (): number => ricochet.processes.living('e2-sim').length;
      await waitFor('two runs', () => simulators() === 2, PATIENCE_MS);
      expect((await program.kill('SIGINT')).code).toBe(1);
      expect(program.stderr).toContain('ricochet: interrupted');
      expect(ricochet.processes.living()).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    'has recordings in streams forked and compared as those in files',
    async () => {
      const nats = await EmbeddedNats.start();
      try {
        const bus = await Bus.connect({ url: nats.url, name: 'test', onTrouble: () => undefined });
        const stream = await OctetStream.create(bus, 'night', 16 * 1024 * 1024);
        await stream.append(readFileSync(ricochet.path('alone', 'run.rec')));
        await bus.close();
        const how = ['--at', '500ms', '--controller', 'need+pf', '--out', 'forked.rec'];
        const forked = await ricochet.run('fork', `${nats.url}#night`, ...how);
        // Without the password.
        expect(forked.stdout).toContain(`as in nats://127.0.0.1:${nats.port}#night`);
        const { stdout, code } = await ricochet.run('diff', `${nats.url}#night`, 'forked.rec');
        expect({ stdout, code }).toEqual({
          stdout: `nats://127.0.0.1:${nats.port}#night and forked.rec are the same`,
          code: 0,
        });
      } finally {
        await nats.stop();
      }
    },
    TIMEOUT_MS,
  );

  (browserLacks === undefined ? describe : describe.skip)(
    `its report${browserLacks ? ` (${browserLacks})` : ''}`,
    () => {
      let browser: Browser;
      let page: Page;
      let faults: string[];

      beforeAll(async () => {
        browser = await launchBrowser();
        page = await browser.newPage({ viewport: { width: 360, height: 780 } });
        page.setDefaultTimeout(PATIENCE_MS);
        faults = faultsOf(page);
        await page.goto(`file://${ricochet.path('out', 'report.html')}`);
      }, TIMEOUT_MS);
      afterAll(() => browser?.close(), TIMEOUT_MS);

      it('tells what was run, what sets the methods apart, and how it went', async () => {
        expect(await page.title()).toBe('tiny surge: need+pf against ddpg');
        const headings = await page.getByRole('heading', { level: 2 }).allTextContents();
        expect(headings).toEqual([
          ...['In short', 'Differences', 'Assertions', 'What happened', 'eMBB', 'mMTC', 'URLLC'],
          ...['How the agents adapted', 'Runs', 'What was run'],
        ]);
        const text = await page.locator('main').innerText();
        for (const words of [
          'URLLC surges in one of two DUs',
          '0.9 s of simulation time, lockstep with need+pf and ddpg, 2 seeds (1, 2)',
          'URLLC surge × 3 for 0.3 s at DU 2',
          `Versions: ricochet 0.1.0, node ${process.version}`,
          'wasm-simd128',
        ]) {
          expect(text).toContain(words);
        }
        for (const name of [
          'QoS: ddpg less need+pf',
          'URLLC: quota against demand, DU 2, ddpg',
          'URLLC: 99th percentile of the delay, mean over DUs',
          'eMBB: throughput of the UEs, distribution',
          'low level: reward of the rounds',
        ]) {
          await page.getByRole('img', { name }).waitFor();
        }
      });

      it('fits a phone, in the light and in the dark, and needs nothing else', async () => {
        expect(await overhangPx(page)).toBe(0);
        await page.emulateMedia({ colorScheme: 'dark' });
        expect(await overhangPx(page)).toBe(0);
        const background = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
        expect(background).toBe('rgb(22, 22, 22)');
        expect(read('out', 'report.html').replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(
          /https?:/,
        );
        expect(faults).toEqual([]);
      });

      it('saves each figure as SVG and as PNG', async () => {
        const saved = async (type: string): Promise<Buffer> => {
          const [download] = await Promise.all([
            page.waitForEvent('download'),
            page.getByRole('button', { name: `Save "eMBB: rate, all DUs together" as ${type}` }).click(),
          ]);
          expect(download.suggestedFilename()).toBe(`embb-rate-all-dus-together.${type.toLowerCase()}`);
          return readFileSync(await download.path());
        };
        expect((await saved('SVG')).toString()).toMatch(/^<svg [^]*need\+pf[^]*<\/svg>$/);
        const png = await saved('PNG');
        expect(png.subarray(1, 4).toString()).toBe('PNG');
        // Twice as wide as it is drawn.
        expect(png.readUInt32BE(16)).toBe(880);
        expect(faults).toEqual([]);
      });
    },
  );
});
