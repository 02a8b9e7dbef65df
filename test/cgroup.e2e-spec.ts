import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HostedRic } from './support/hosted-ric.js';
import { waitFor } from './support/wait-for.js';

const TIMEOUT_MS = 600_000;
const PATIENCE_MS = 240_000;
const ROOT = '/sys/fs/cgroup';
const GROUP = join(ROOT, 'ricochet-test');
const CPU_CORES = 0.3;
/** Twice what the watch takes to end who uses too much, where there is no control group. */
const PERIODS = 200;

const xapp = (name: string, create: string): string => `
  import { spawn } from 'node:child_process';
  import { defineXApp, runXApp } from '@ricochet/xapp-sdk';
  import { z } from 'zod';
  await runXApp(defineXApp({
    name: '${name}', version: '1.0.0', config: z.strictObject({}),
    subscriptions: () => [{ name: 'cell', level: 'cell', periodMs: 100, measurements: ['RRU.PrbTotDl'] }],
    create() { ${create} return { onReport: () => undefined }; },
  }));`;

/** Takes all of a core, in parts that let it hear and answer. */
const SPIN = `
  const spin = () => { const end = performance.now() + 20; while (performance.now() < end); setImmediate(spin); };
  setImmediate(spin);`;
/** What it starts is no larger than the machine, but larger than its group. */
const FEED = `
  const eater = spawn(process.execPath, ['-e', 'Buffer.alloc(500_000_000, 1); setTimeout(() => {}, 3_000_000)']);
  eater.on('exit', (code, signal) => { throw new Error('what it started ended by ' + (signal ?? code)); });`;

const read = (...path: string[]): string => readFileSync(join(GROUP, ...path), 'utf8').trim();
const moveTo = (group: string): void => writeFileSync(join(group, 'cgroup.procs'), String(process.pid));
/** A figure of a `cpu.stat`. */
const statOf = (group: string, name: string): number =>
  Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(read(group, 'cpu.stat'))?.[1]);

/** In a kernel of its own alone: the groups of a machine in use are nobody's to change. */
const isOwnKernel = process.env['RICOCHET_SCTP_VM'] === '1';
const lacks = isOwnKernel ? '' : ' (not in a kernel of its own: test/sctp-vm/run npx jest -i test/cgroup)';

(isOwnKernel ? describe : describe.skip)(`a RIC alone in a control group${lacks}`, () => {
  let ric: HostedRic;

  const deploy = async (name: string, create: string, limits: object): Promise<void> => {
    await ric.onboard(name, '1.0.0', xapp(name, create), { ricochet: { limits } });
    await ric.lifecycle.deploy(name);
  };

  beforeAll(async () => {
    writeFileSync(join(ROOT, 'cgroup.subtree_control'), '+cpu +memory');
    mkdirSync(GROUP, { recursive: true });
    ric = await HostedRic.start();
    // Its second life finds itself alone in the group, as a service with Delegate=yes does.
    await ric.stopRic();
    moveTo(GROUP);
    await ric.startRic();
    ric.startSim();
  }, TIMEOUT_MS);
  afterAll(async () => {
    await ric.dispose();
    moveTo(ROOT);
    rmdirSync(join(GROUP, 'host'));
    rmdirSync(GROUP);
  }, TIMEOUT_MS);

  it(
    'has the kernel hold an xApp to its share of a core, and lets it live',
    async () => {
      expect(read('host', 'cgroup.procs')).toContain(String(process.pid));
      await deploy('spinner', SPIN, { cpuCores: CPU_CORES });
      const group = 'spinner@1';
      expect(read(group, 'cpu.max')).toBe('30000 100000');
      await waitFor('its periods', () => statOf(group, 'nr_periods') > PERIODS, PATIENCE_MS);
      // Not in all of them: the kernel's one CPU, which is for all, leaves it less at times.
      expect(statOf(group, 'nr_throttled')).toBeGreaterThan(PERIODS / 10);
      const periodsUs = statOf(group, 'nr_periods') * 100_000;
      expect(statOf(group, 'usage_usec') / periodsUs).toBeLessThan(1.2 * CPU_CORES);
      expect(ric.lifecycle.status('spinner')).toMatchObject([
        { state: 'running', instances: [{ restarts: 0 }] },
      ]);
      expect([...ric.lines].filter((line) => line.includes('spinner ended'))).toEqual([]);
      await ric.lifecycle.undeploy('spinner');
      await waitFor('no group', () => !existsSync(join(GROUP, group)), PATIENCE_MS);
    },
    TIMEOUT_MS,
  );

  it(
    'has the kernel end what an xApp started, which takes more memory than the xApp may',
    async () => {
      await deploy('feeder', FEED, { memoryMiB: 160 });
      await ric.told(
        /^xApp feeder ended \(exit code 1: Error: what it started ended by SIGKILL\); starting it again/,
        PATIENCE_MS,
      );
      await ric.lifecycle.undeploy('feeder');
    },
    TIMEOUT_MS,
  );
});
