import { resolve } from 'node:path';
import { ricControls, type RicControls } from '@ricochet/contracts';
import { type Page } from 'playwright-core';
import { OaiEmulator } from './emulators/oai/oai-emulator.js';
import { SrsranEmulator } from './emulators/srsran/srsran-emulator.js';
import { browserLacks, faultsOf, launchBrowser } from './support/browser.js';
import { describeGnb } from './support/describe-gnb.js';
import { freePort, LiveRic, NODES } from './support/live-ric.js';
import { Ricochet } from './support/ricochet.js';
import { waitFor } from './support/wait-for.js';

const TIMEOUT_MS = 600_000;
const STEP_MS = 240_000;
const PERIOD_MS = 500;
/** More than a cell carries, so that quotas bind. */
const CROWDED = { load: { min: 2, max: 2 } };
const MAX_ALONE = /node applies the maximum ratio alone, no minimum and nothing dedicated$/;
/** As the page has them. */
const SIMULATED = /^DU [12]$/;
const CONTROLLED = [/^gNB 251 DU 1$/, /^gNB 260 DU 1$/];

const NODE_OF = {
  simulated: 'gnb-001-01-1-du-1',
  '25.10': 'gnb-001-01-251-du-1',
  ocudu: 'gnb-001-01-260-du-1',
  '24.10': 'gnb-001-01-241-du-1',
  '25.04': 'gnb-001-01-254-du-1',
  oai: 'gnb-001-01-300-du-1',
} as const;
const PROFILE_OF = {
  [NODE_OF['25.10']]: 'srsran-25.10',
  [NODE_OF.ocudu]: 'ocudu-26.04',
  [NODE_OF['24.10']]: 'srsran-24.04',
  [NODE_OF['25.04']]: 'srsran-25.04',
  [NODE_OF.oai]: 'oai-telnet',
};
/** Where slice-guard holds slices, slice-quota is refused: most of the time. So it guards none of the simulated DUs. */
const XAPPS = [{ name: 'slice-quota' }, { name: 'slice-guard', config: { nodes: Object.keys(PROFILE_OF) } }];

/** Of the PRBs what was asked and achieved, and that this is effective. */
const EFFECTIVE = /\d+ → \d+ %effective$/;
/** The first decision at a node of which the page says so. */
const effective = (page: Page, name: RegExp) =>
  page
    .locator('.decisions tbody tr')
    .filter({ has: page.getByRole('rowheader', { name }) })
    .filter({ hasText: EFFECTIVE })
    .first();

/** The picture of the documentation: at a moment when all are effective. */
async function takePicture(page: Page): Promise<void> {
  const names = [...CONTROLLED, SIMULATED];
  await page.waitForTimeout(30_000);
  await waitFor(
    'effects everywhere',
    async () => (await Promise.all(names.map((name) => effective(page, name).isVisible()))).every(Boolean),
    STEP_MS,
  );
  await page.screenshot({ path: 'docs/images/adapters.png' });
}

describe('gNBs behind adapters, beside simulated DUs', () => {
  const ricochet = new Ricochet();
  const options = { periodMs: PERIOD_MS, radio: CROWDED };
  const srsran = {
    '25.10': new SrsranEmulator({ ...options, era: '25.10' }),
    ocudu: new SrsranEmulator({ ...options, era: 'ocudu' }),
  };
  const ended: (() => Promise<void>)[] = [];
  let live: LiveRic;
  let dashboardPort = 0;
  type Control = RicControls['controls'][number];

  /** The latest control of an xApp at a node that passes. */
  const control = (xapp: string, nodeId: string, passes: (control: Control) => boolean) =>
    waitFor(
      `a control of ${xapp} at ${nodeId}`,
      async () =>
        (await live.bus.request(ricControls, { xapp, nodeId, last: 200 }, 30_000)).controls.find(passes),
      STEP_MS,
    );

  beforeAll(async () => {
    live = await LiveRic.create({
      ric: {
        RICOCHET_XAPPS: JSON.stringify(
          XAPPS.map((xapp) => ({ ...xapp, path: resolve('apps/xapps', xapp.name) })),
        ),
      },
    });
    await live.startNats();
    live.startRic();
    live.startSim();
    // The services that `ricochet adapter` starts; for one gNB the command itself.
    const adapt = (make: 'srsran' | 'oai', address: string, config: string) =>
      live.processes.start([resolve(`apps/adapters/${make}/dist/main.js`)], {
        env: {
          RICOCHET_NATS_URL: live.url,
          RICOCHET_GNB: address,
          RICOCHET_GNB_CONFIG: config,
          RICOCHET_MCS_TABLE: 'qam64',
        },
        withParent: true,
      });
    for (const era of ['25.10', 'ocudu'] as const) {
      const emulator = srsran[era];
      const [gnbId, profile] = era === '25.10' ? [251, 'srsran-25.10'] : [260, 'ocudu-26.04'];
      const config = ricochet.write(
        `${era}.yaml`,
        describeGnb(emulator.gnb, { gnbId, profile, periodMs: PERIOD_MS }),
      );
      await emulator.start();
      emulator.run();
      ended.push(() => emulator.close());
      if (era === 'ocudu') adapt('srsran', emulator.url, config);
      else {
        const args = ['--ws', emulator.url, '--mcs-table', 'qam64', '--config', config, '--nats', live.url];
        ricochet.start('adapter', 'srsran', ...args);
      }
    }
    for (const [era, gnbId, profile] of [
      ['24.10', 241, 'srsran-24.04'],
      ['25.04', 254, 'srsran-25.04'],
    ] as const) {
      const metricsTo = { host: '127.0.0.1', port: await freePort() };
      const emulator = new SrsranEmulator({ ...options, era, metricsTo });
      const config = ricochet.write(
        `${era}.yaml`,
        describeGnb(emulator.gnb, { gnbId, profile, periodMs: PERIOD_MS }),
      );
      await emulator.start();
      emulator.run();
      ended.push(() => emulator.close());
      adapt('srsran', `udp://${metricsTo.host}:${metricsTo.port}`, config);
    }
    const oai = new OaiEmulator(options);
    const config = ricochet.write(
      'oai.yaml',
      describeGnb(oai.gnb, { gnbId: 300, profile: 'oai-telnet', periodMs: PERIOD_MS }),
    );
    await oai.start();
    oai.run();
    ended.push(() => oai.stop());
    adapt('oai', `${oai.address.host}:${oai.address.port}`, config);
    dashboardPort = await freePort();
    live.processes.start([resolve('apps/dashboard/dist/main.js')], {
      env: { RICOCHET_NATS_URL: live.url, RICOCHET_DASHBOARD: `127.0.0.1:${dashboardPort}` },
      withParent: true,
    });
    await live.status(
      'all nodes connected',
      ({ nodes }) =>
        Object.values(NODE_OF).every((id) =>
          nodes.some(({ nodeId, state }) => nodeId === id && state === 'connected'),
        ),
      STEP_MS,
    );
    const answers = () =>
      live.bus.request(ricControls, { last: 1 }, 30_000).then(
        () => true,
        () => false,
      );
    await waitFor('the RIC answers', answers, STEP_MS);
  }, TIMEOUT_MS);

  afterAll(async () => {
    for (const end of ended) await end();
    await ricochet.dispose();
    await live.dispose();
  }, TIMEOUT_MS);

  it('are nodes of their profiles', async () => {
    const { nodes } = await live.status('a status', () => true, STEP_MS);
    const found = nodes.filter(({ nodeId }) => nodeId in PROFILE_OF);
    expect(Object.fromEntries(found.map(({ nodeId, profile }) => [nodeId, profile]))).toEqual(PROFILE_OF);
  });

  it(
    'are controlled by the same xApps as a simulated DU, with what they do measured and their limits told',
    async () => {
      const isEffective = ({ effect }: Control) => effect?.effective === true;
      for (const nodeId of NODES) await control('slice-quota', nodeId, isEffective);
      for (const era of ['25.10', 'ocudu'] as const) {
        const { effect } = await control('slice-quota', NODE_OF[era], isEffective);
        expect(effect).toMatchObject({ cause: 'limited', reason: expect.stringMatching(MAX_ALONE) });
        expect(effect?.shares).toHaveLength(3);
        const maxima = srsran[era].policies.map((policy) => policy['max_prb_policy_ratio'] as number);
        expect(Math.min(...maxima)).toBeLessThan(100);
      }
      // It asks for minima, which do nothing there.
      const guarded = await control(
        'slice-guard',
        NODE_OF['25.10'],
        ({ outcome }) => outcome === 'acknowledged',
      );
      expect(guarded.cause).toMatch(MAX_ALONE);
    },
    TIMEOUT_MS,
  );

  it(
    'refuse what they can not do, in words',
    async () => {
      for (const [era, words] of [
        ['24.10', 'is srsRAN 24.04 to 24.10 (JSON metrics over UDP), which takes no slice quota'],
        ['25.04', 'is srsRAN 25.04 (JSON metrics over UDP), which takes no slice quota'],
      ] as const) {
        const { cause } = await control('slice-quota', NODE_OF[era], ({ outcome }) => outcome === 'refused');
        expect(cause).toContain(words);
      }
    },
    TIMEOUT_MS,
  );

  it(
    'give their KPIs to the RIC, an OAI too, of which xApps that need more are told so',
    async () => {
      const series = () =>
        live.query<{ n: number }>(`SELECT count(*) AS n FROM kpi_sample WHERE nodeId = '${NODE_OF.oai}'`)[0]!
          .n;
      await waitFor('KPI series of the OAI gNB', () => series() > 0, STEP_MS);
      const failed = live.query<{ state: string; subscribers: string }>(
        `SELECT state, subscribers FROM subscription WHERE nodeId = '${NODE_OF.oai}' AND state = 'failed'`,
      );
      expect(failed.map(({ subscribers }) => subscribers).join()).toContain('slice-quota/slices');
    },
    TIMEOUT_MS,
  );

  (browserLacks === undefined ? it : it.skip)(
    `stand side by side on the page${browserLacks ? ` (${browserLacks})` : ''}`,
    async () => {
      const browser = await launchBrowser();
      try {
        const page = await browser.newPage({ viewport: { width: 1440, height: 1010 } });
        page.setDefaultTimeout(STEP_MS);
        const faults = faultsOf(page);
        const url = `http://localhost:${dashboardPort}/`;
        await waitFor(
          'the page',
          () =>
            fetch(url).then(
              (answer) => answer.ok,
              () => false,
            ),
          STEP_MS,
        );
        await page.goto(url);

        await page.getByText('2 of 2 DUs connected').waitFor();
        const row = page.locator('.nodes tbody tr', { hasText: 'DU 1' });
        await row
          .getByLabel(/\d+ % used, quota \d+ to \d+ %/)
          .first()
          .waitFor();
        for (const name of ['gNB 251 DU 1', 'gNB 260 DU 1', 'gNB 241 DU 1', 'gNB 254 DU 1', 'gNB 300 DU 1']) {
          const node = page.locator('.other-nodes > li', { hasText: name });
          await node.getByText(/^connected, /).waitFor();
          const slices = node.getByRole('list', { name: `Slices of ${name}` });
          await slices
            .getByText(/^[1-9]\d* %, [\d.]+ Mbit\/s$/)
            .first()
            .waitFor();
          expect((await slices.textContent())?.match(/eMBB|mMTC|URLLC/g)).toEqual(['eMBB', 'mMTC', 'URLLC']);
        }

        // What was asked, what came of it, and what can not be asked.
        for (const name of [...CONTROLLED, SIMULATED]) await effective(page, name).waitFor();
        const limitOf = (name: string) =>
          page.locator('.other-nodes > li', { hasText: name }).locator('.limit');
        expect(await limitOf('gNB 251 DU 1').textContent()).toMatch(MAX_ALONE);
        expect(await limitOf('gNB 300 DU 1').textContent()).toBe(
          'is OAI (telnet, o1 stats), which takes no slice quota: it can not be controlled',
        );
        expect(faults).toEqual([]);
        if (process.env['RICOCHET_PICTURES'] !== undefined) await takePicture(page);
      } finally {
        await browser.close();
      }
    },
    TIMEOUT_MS,
  );
});
