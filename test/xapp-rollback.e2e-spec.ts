import { HostedRic } from './support/hosted-ric.js';
import { waitFor } from './support/wait-for.js';

const TIMEOUT_MS = 600_000;
const PATIENCE_MS = 120_000;

/** Sets the maximum of slice 1 at every report, and guards it. */
const capper = (maxRatio: number): string => `
  import { defineXApp, runXApp } from '@ricochet/xapp-sdk';
  import { z } from 'zod';
  await runXApp(defineXApp({
    name: 'capper', version: '0.0.0', config: z.strictObject({}),
    guard: { kpi: 'RCT.RrmPolicyMaxDl', level: 'slice', min: 30, windowMs: 1000, rollBack: false },
    subscriptions: () => [
      { name: 'slices', level: 'slice', periodMs: 100, measurements: ['RCT.QosDl', 'RCT.RrmPolicyMaxDl'] },
    ],
    create: () => ({
      async onReport(_, ric) {
        const ratio = { snssai: { sst: 1 }, minRatio: 0, maxRatio: ${maxRatio}, dedicatedRatio: 0 };
        await ric.control({ kind: 'slice-quota', ratios: [ratio] });
      },
    }),
  }));`;

describe('a new version of an xApp that does not do', () => {
  let ric: HostedRic;

  beforeAll(async () => {
    ric = await HostedRic.start();
    ric.startSim();
    const good = capper(80);
    const never = `const { setTimeout: sleep } = await import('node:timers/promises'); await sleep(600_000);`;
    await ric.onboard('capper', '1.0.0', good);
    await ric.onboard('capper', '1.1.0', `setTimeout(() => process.exit(3), 6_000); ${good}`);
    await ric.onboard('capper', '1.2.0', never);
    await ric.onboard('capper', '1.3.0', capper(10));
    await ric.lifecycle.deploy('capper', { version: '1.0.0' });
    await settled('1.0.0');
  }, TIMEOUT_MS);
  afterAll(() => ric.dispose(), TIMEOUT_MS);

  const isThere = (version: string): boolean => {
    const [status] = ric.lifecycle.status('capper');
    return status?.state === 'running' && status.version === version && status.instances.length === 1;
  };
  const settled = (version: string): Promise<unknown> =>
    waitFor(`capper ${version} runs`, () => isThere(version), PATIENCE_MS).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}: ${JSON.stringify(ric.lifecycle.status())}`);
    });

  it.each([
    ['ends soon after it took over', '1.1.0', 'it ended (exit code 3)'],
    ['never comes to be ready', '1.2.0', 'not ready within 30 s: it has not registered'],
    [
      'breaks its guard',
      '1.3.0',
      expect.stringMatching(/^RCT\.RrmPolicyMaxDl of slice 1 is 10, below 30 at gnb-001-01-1-du-\d$/),
    ],
  ])(
    '%s: what ran before comes back, and the note says why',
    async (_, version, reason: string) => {
      await ric.lifecycle.upgrade('capper', { version });
      await waitFor('a note', () => ric.lifecycle.status('capper')[0]?.note !== undefined, PATIENCE_MS);
      await settled('1.0.0');
      const note = ric.lifecycle.status('capper')[0]?.note ?? '';
      const before = `${version} was rolled back: `;
      expect(note.slice(0, before.length)).toBe(before);
      expect(note.slice(before.length)).toEqual(reason);
    },
    TIMEOUT_MS,
  );
});
