import { xAppIndication, type XAppIndication } from '@ricochet/contracts';
import { HostedRic } from './support/hosted-ric.js';
import { waitFor } from './support/wait-for.js';

const TIMEOUT_MS = 600_000;
const PATIENCE_MS = 120_000;
const UPGRADES = Number(process.env['RICOCHET_TEST_UPGRADES'] ?? 3);

/** Hears UEs every 10 ms and cells every 100 ms, takes its time, and says what it was configured with. */
const monitor = (more = ''): string => `
  import { defineXApp, runXApp } from '@ricochet/xapp-sdk';
  import { z } from 'zod';
  await runXApp(defineXApp({
    name: 'monitor', version: '0.0.0',
    config: z.strictObject({ word: z.string().default('none') }),
    subscriptions: () => [
      { name: 'ues', level: 'ue', periodMs: 10, measurements: ['DRB.UEThpDl'] },
      { name: 'cell', level: 'cell', periodMs: 100, measurements: ['RRU.PrbTotDl'] },
    ],
    create: ({ config }) => {
      console.log('the word is ' + config.word);
      ${more}
      return { onReport: () => new Promise((resolve) => setTimeout(resolve, 2)) };
    },
  }));`;

describe('xApps through their lives', () => {
  let ric: HostedRic;
  let heard: { instance: string; indication: XAppIndication }[];

  beforeEach(async () => {
    ric = await HostedRic.start();
    heard = [];
    ric.bus.subscribe(xAppIndication('monitor', '*'), (indication, subject) => {
      heard.push({ instance: subject.split('.').at(-1) ?? '', indication });
    });
    ric.startSim();
  }, TIMEOUT_MS);
  afterEach(() => ric.dispose(), TIMEOUT_MS);

  const isRunning = (version: string) => () => {
    const [status] = ric.lifecycle.status('monitor');
    return status?.state === 'running' && status.version === version && status.instances.length === 1;
  };
  const running = (version: string): Promise<unknown> =>
    waitFor(`monitor ${version} runs`, isRunning(version), PATIENCE_MS).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}: ${JSON.stringify(ric.lifecycle.status())}`);
    });
  const hears = async (): Promise<void> => {
    const from = heard.length;
    await waitFor('reports', () => heard.length > from + 50, PATIENCE_MS);
  };
  /** Where, by subscription and node, the next indication is not the one after the last, and those that it says are missing. */
  const gaps = (): string[] => {
    const last = new Map<string, number>();
    return heard.flatMap(({ indication: { subscription, sequenceNumber, missed, report } }) => {
      const key = `${subscription} ${report.nodeId}`;
      const before = last.get(key);
      last.set(key, sequenceNumber);
      const isNext = before === undefined || sequenceNumber === (before + 1 + missed) % 65_536;
      return isNext ? [] : [`${key}: ${sequenceNumber} after ${before}`];
    });
  };

  it(
    `lose and double no indication over ${UPGRADES} upgrades`,
    async () => {
      await ric.onboard('monitor', '1.0.0', monitor());
      await ric.onboard('monitor', '1.0.1', monitor('// another'));
      await ric.lifecycle.deploy('monitor', { version: '1.0.0' });
      await running('1.0.0');
      await hears();
      for (let n = 1; n <= UPGRADES; n++) {
        const version = `1.0.${n % 2}`;
        await ric.lifecycle.upgrade('monitor', { version });
        await running(version);
        await hears();
      }
      expect(new Set(heard.map(({ instance }) => instance)).size).toBe(UPGRADES + 1);
      expect(gaps()).toEqual([]);
      const takenOver = heard.filter(({ instance }, i) => i > 0 && heard[i - 1]?.instance !== instance);
      const missed = heard.reduce((sum, { indication }) => sum + indication.missed, 0);
      process.stdout.write(
        `${heard.length} indications over ${UPGRADES} upgrades, ${takenOver.length} changes of instance, ` +
          `${missed} spared an xApp that was behind\n`,
      );
    },
    TIMEOUT_MS,
  );

  it(
    'go back by themselves from a version that does not start or ends, and by command',
    async () => {
      await ric.onboard('monitor', '1.0.0', monitor());
      await ric.onboard('monitor', '1.1.0', 'throw new Error("born dead");');
      await ric.onboard('monitor', '1.2.0', monitor('setTimeout(() => process.exit(3), 4_000);'));
      await ric.lifecycle.deploy('monitor', { version: '1.0.0', config: { word: 'one' } });
      await running('1.0.0');
      await ric.lifecycle.upgrade('monitor', { version: '1.1.0' });
      await waitFor('rolled back', () => ric.lifecycle.status('monitor')[0]?.note !== undefined, PATIENCE_MS);
      await running('1.0.0');
      expect(ric.lifecycle.status('monitor')).toMatchObject([
        {
          version: '1.0.0',
          config: { word: 'one' },
          note: '1.1.0 was rolled back: it ended (exit code 1: Error: born dead)',
        },
      ]);
      expect((await ric.lifecycle.logs('monitor', { version: '1.1.0' })).join('\n')).toContain('born dead');
      await hears();
      expect(gaps()).toEqual([]);

      await ric.lifecycle.upgrade('monitor', { version: '1.2.0' });
      await running('1.2.0');
      await running('1.0.0');
      expect(ric.lifecycle.status('monitor')[0]?.note).toBe('1.2.0 was rolled back: it ended (exit code 3)');

      await ric.lifecycle.configure('monitor', { config: { word: 'two' } });
      await waitFor('two', async () => (await lastWord()) === 'the word is two', PATIENCE_MS);
      await running('1.0.0');
      await ric.lifecycle.rollback('monitor');
      await waitFor('one', async () => (await lastWord()) === 'the word is one', PATIENCE_MS);
    },
    TIMEOUT_MS,
  );
  const lastWord = async (): Promise<string | undefined> =>
    (await ric.lifecycle.logs('monitor')).findLast((line) => line.startsWith('the word'));

  it(
    'come back with the RIC, and go when they are undeployed',
    async () => {
      await ric.onboard('monitor', '1.0.0', monitor());
      await ric.lifecycle.deploy('monitor', { config: { word: 'kept' } });
      await running('1.0.0');
      await ric.stopRic();
      await ric.startRic();
      await running('1.0.0');
      expect(await lastWord()).toBe('the word is kept');
      await hears();
      await expect(ric.lifecycle.remove('monitor', '1.0.0')).rejects.toThrow('is deployed');
      await ric.lifecycle.undeploy('monitor');
      await waitFor('undeployed', () => ric.lifecycle.status('monitor')[0]?.state === 'undeployed');
      const from = heard.length;
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(heard.length).toBe(from);
      await ric.lifecycle.remove('monitor', '1.0.0');
      expect(ric.lifecycle.packages()).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
