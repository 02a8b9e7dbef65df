import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { constants, getPriority, platform } from 'node:os';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  controlEffect,
  ricStatus,
  xAppDataGet,
  xAppDataKeys,
  type ControlEffect,
  type RicStatus,
} from '@ricochet/contracts';
import { NODES } from './support/live-ric.js';
import { HostedRic } from './support/hosted-ric.js';
import { waitFor } from './support/wait-for.js';

const TIMEOUT_MS = 600_000;
const PATIENCE_MS = 120_000;
const REQUEST_MS = 30_000;

const HELLO = resolve('apps/xapps/hello-kpm');
const hasPython = spawnSync('python3', ['--version']).status === 0;
const withPython = hasPython ? it : it.skip;
const python = hasPython ? '' : ' (skipped: there is no python3 here)';

describe('the example xApps, onboarded and deployed as packages', () => {
  let ric: HostedRic;
  const statuses: RicStatus[] = [];
  const effects: { xapp: string; effect: ControlEffect }[] = [];

  beforeAll(async () => {
    ric = await HostedRic.start();
    ric.bus.subscribe(controlEffect('*'), (effect, subject) => {
      effects.push({ xapp: subject.split('.')[2] ?? '', effect });
    });
    ric.bus.subscribe(ricStatus, (status) => statuses.push(status));
    ric.startSim();
  }, TIMEOUT_MS);
  afterAll(() => ric.dispose(), TIMEOUT_MS);

  const deploy = async (name: string, config: Record<string, unknown>): Promise<void> => {
    await ric.lifecycle.onboard(resolve('apps/xapps', name));
    await ric.lifecycle.deploy(name, { config });
    const isRunning = (): boolean => ric.lifecycle.status(name)[0]?.state === 'running';
    await waitFor(`${name} runs`, isRunning, PATIENCE_MS).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}: ${JSON.stringify(ric.lifecycle.status(name))}`);
    });
  };
  const undeploy = async (name: string): Promise<void> => {
    await ric.lifecycle.undeploy(name);
    await waitFor(
      `${name} has ended`,
      () => ric.lifecycle.status(name)[0]?.instances.length === 0,
      PATIENCE_MS,
    );
  };
  /** Of its threads, each one once: the main one's comes first. */
  const prioritiesOf = (name: string): number[] => {
    const pid = ric.lifecycle.status(name)[0]?.instances[0]?.pid;
    if (pid === undefined) return [];
    const others = platform() === 'linux' ? readdirSync(`/proc/${pid}/task`).map(Number) : [];
    return [...new Set([pid, ...others].map((thread) => getPriority(thread)))];
  };
  const logsOf = async (name: string): Promise<string> => (await ric.lifecycle.logs(name)).join('\n');
  const keysOf = async (namespace: string): Promise<string[]> =>
    (await ric.bus.request(xAppDataKeys(namespace), { namespace }, REQUEST_MS)).keys;
  const valueOf = async (namespace: string, key: string): Promise<unknown> =>
    (await ric.bus.request(xAppDataGet(namespace), { namespace, key }, REQUEST_MS)).entry?.value;
  const effective = (xapp: string): Promise<ControlEffect> =>
    waitFor(
      `an effective control of ${xapp}`,
      () => effects.find((each) => each.xapp === xapp && each.effect.effective)?.effect,
      PATIENCE_MS,
    );

  it(
    'kpi-monitor keeps the KPIs of all nodes in its shared data',
    async () => {
      await deploy('kpi-monitor', {
        watch: [{ name: 'slices', level: 'slice', periodMs: 200, measurements: ['DRB.UEThpDl'] }],
        alerts: [{ name: 'any', kpi: 'DRB.UEThpDl', raise: 0.001, clear: 0 }],
        summaryEveryMs: 1_000,
      });
      const [key = ''] = NODES.map((node) => `history/${node}/1`);
      await waitFor('a history', async () => (await keysOf('kpi-monitor')).includes(key), PATIENCE_MS);
      for (const node of NODES) {
        expect(await valueOf('kpi-monitor', `latest/${node}/1`)).toMatchObject({
          values: { 'DRB.UEThpDl': expect.any(Number) as number },
        });
      }
      expect(await valueOf('kpi-monitor', `alert/any/${NODES[0]}/1`)).toMatchObject({ state: 'raised' });
      await undeploy('kpi-monitor');
    },
    TIMEOUT_MS,
  );

  it(
    'who only watches steps back behind those that control, and hears all the same',
    async () => {
      // It asks for reports of a second.
      await deploy('kpi-monitor', {});
      await waitFor(
        'it has stepped back',
        () => isDeepStrictEqual(prioritiesOf('kpi-monitor'), [constants.priority.PRIORITY_LOW]),
        PATIENCE_MS,
      );
      const [node = ''] = NODES;
      const hears = async (): Promise<boolean> => (await keysOf('kpi-monitor')).includes(`history/${node}/1`);
      await waitFor('it hears all the same', hears, PATIENCE_MS);
      expect(statuses.at(-1)?.xapps.find(({ name }) => name === 'kpi-monitor')).toMatchObject({ skipped: 0 });
      await undeploy('kpi-monitor');
    },
    TIMEOUT_MS,
  );

  withPython(
    `hello-kpm hears, counts, keeps, controls and sees the effect, without an SDK${python}`,
    async () => {
      await deploy('hello-kpm', { periodMs: 200, quota: { sst: 1, minRatio: 37 } });
      expect(await effective('hello-kpm')).toMatchObject({
        kind: 'slice-quota',
        shares: [{ of: '1', asked: 0.37 }],
      });
      const [node = ''] = NODES;
      await waitFor(
        'the effect',
        async () => (await valueOf('hello-kpm', `effect/${node}`)) !== undefined,
        PATIENCE_MS,
      );
      expect(await valueOf('hello-kpm', `effect/${node}`)).toMatchObject({ effective: true });
      expect(await valueOf('hello-kpm', `latest/${node}`)).toMatchObject({
        slices: { 1: { 'DRB.UEThpDl': expect.any(Number) as number } },
      });
      await ric.lifecycle.configure('hello-kpm', { config: { periodMs: 100 } });
      const isDone = async (): Promise<boolean> =>
        (await logsOf('hello-kpm')).includes('another configuration');
      await waitFor('another configuration', isDone, PATIENCE_MS);
      await undeploy('hello-kpm');
      for (const said of [
        /"node": "gnb-001-01-1-du-2", .*"slice": "1", "DRB.UEThpDl": [\d.]+/,
        /"outcome": "acknowledged".*"msg": "control"/,
        /"effective": true, .*"msg": "effect"/,
        /drained after \d+ reports/,
      ]) {
        // Its last words are on their way into its log still.
        await waitFor(String(said), async () => said.test(await logsOf('hello-kpm')), PATIENCE_MS);
      }
    },
    TIMEOUT_MS,
  );

  withPython(
    `hello-kpm is parked with the reason when its configuration is wrong${python}`,
    async () => {
      await ric.lifecycle.deploy('hello-kpm', { config: { period: 1 } });
      const isParked = () => ric.lifecycle.status('hello-kpm').find(({ state }) => state === 'parked');
      expect(await waitFor('parked', isParked, PATIENCE_MS)).toMatchObject({
        cause: 'period: no such key; there are periodMs, measurements, quota',
      });
      await ric.lifecycle.undeploy('hello-kpm');
    },
    TIMEOUT_MS,
  );

  withPython(`nats.py reads the protocol however it is cut${python}`, () => {
    const { status, stderr } = spawnSync('python3', ['-B', '-m', 'unittest', '-q'], { cwd: HELLO });
    expect({ status, stderr: String(stderr) }).toMatchObject({ status: 0 });
  });

  it(
    'slice-guard sets quotas that have their effect',
    async () => {
      await deploy('slice-guard', {});
      const { nodeId, shares } = await effective('slice-guard');
      expect(prioritiesOf('slice-guard')[0]).toBe(getPriority());
      expect(shares.map(({ of }) => of).sort()).toEqual(['1', '2', '3']);
      await undeploy('slice-guard');
      // Written when it is drained, if not before.
      expect(await valueOf('slice-guard', `nodes/${nodeId}`)).toMatchObject({
        slices: { 1: { minPercent: expect.any(Number) as number } },
      });
    },
    TIMEOUT_MS,
  );

  it(
    'the xApps of the loop are packages like any other',
    async () => {
      await deploy('slice-quota', { split: 'need' });
      await deploy('slice-scheduler', { scheduler: 'pf' });
      // They do not ask to hear of effects: the RIC counts them.
      const from = statuses.length;
      const goesOn = (): boolean => {
        const [first, last] = [statuses[from], statuses.at(-1)];
        if (first === undefined || last === undefined) return false;
        const isDeciding = (name: string): boolean =>
          last.xapps.some((xapp) => xapp.name === name && xapp.state === 'running' && xapp.controls > 20);
        const isEffective = last.counts.effectsEffective > first.counts.effectsEffective + 100;
        return isDeciding('slice-quota') && isDeciding('slice-scheduler') && isEffective;
      };
      await waitFor('the loop goes on', goesOn, PATIENCE_MS);
    },
    TIMEOUT_MS,
  );
});
