import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BusError } from '@ricochet/bus';
import { type Deployment } from '@ricochet/platform';
import { type A1PolicyService } from '../a1/a1-policy.service.js';
import { type BrokenGuard, type GuardService } from '../control/guard.service.js';
import { XAppStandings } from '../control/xapp-standings.service.js';
import { temporaryStore } from '../fake-ric.fixture.js';
import { LockstepMode } from '../lockstep/lockstep-mode.js';
import { ricConfigSchema } from '../ric.config.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { packageFiles } from './tarball.fixture.js';
import { XAppDeployments } from './xapp-deployments.service.js';
import { type XAppHost, type XAppProcess, type XAppStart } from './xapp-host.service.js';
import { XAppLifecycle, type XAppEvent } from './xapp-lifecycle.service.js';
import { XAppPackages } from './xapp-packages.service.js';
import { XAppReconciler } from './xapp-reconciler.service.js';
import { type RegisteredXApp, type XAppRegistry } from './xapp-registry.service.js';

const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: { periodMs: { type: 'integer', minimum: 10, default: 100 } },
};

/** Processes that are what the test says. */
class StubHost {
  readonly processes: XAppProcess[] = [];
  readonly log: string[] = [];
  restarted: (process: XAppProcess) => void = () => undefined;

  onRestart(listener: (process: XAppProcess) => void): void {
    this.restarted = listener;
  }

  givePriorities = (): void => undefined;
  all = (): XAppProcess[] => this.processes;
  get = (key: string): XAppProcess => this.processes.find((one) => one.key === key) as XAppProcess;
  of = (name: string): XAppProcess[] => this.processes.filter((one) => one.name === name);
  serving = (name: string): XAppProcess | undefined => this.of(name).find(({ role }) => role === 'serving');
  child = (process: XAppProcess): object => ({
    state: 'starting',
    restarts: 0,
    pid: 1,
    ...this.child0.get(process),
  });
  readonly child0 = new Map<XAppProcess, object>();

  start({ package: { name, version }, config, generation, role }: XAppStart): void {
    const key = `${name}@${this.log.length}`;
    this.log.push(`start ${version} ${JSON.stringify(config)} ${role}`);
    const process = { key, name, version, config, generation, role, instance: key };
    const life = { startedAtMs: performance.now(), restartsBefore: 0, isDrained: false };
    this.processes.push({ ...process, ...life, permissions: [] });
  }

  assign(process: XAppProcess, role: XAppProcess['role']): void {
    process.role = role;
  }

  stop(process: XAppProcess): Promise<void> {
    this.log.push(`stop ${process.version}`);
    this.processes.splice(this.processes.indexOf(process), 1);
    return Promise.resolve();
  }
}

describe('XAppLifecycle', () => {
  const kept = temporaryStore();
  let root: string;
  let host: StubHost;
  let answer: () => Promise<{ applied: boolean }>;
  let ready: boolean;
  let breakGuard: (broken: BrokenGuard) => void;
  let lifecycle: XAppLifecycle;
  let reconciler: XAppReconciler;
  let events: XAppEvent[];
  let lockstep: LockstepMode;

  const begin = async (xapps: Deployment[] = [], ceilings: object = {}): Promise<void> => {
    const config = ricConfigSchema.parse({
      RICOCHET_NATS_URL: 'nats://nowhere',
      RICOCHET_STORE: join(root, 'ric.sqlite'),
      RICOCHET_XAPPS: JSON.stringify(xapps),
      RICOCHET_XAPP_CEILINGS: JSON.stringify(ceilings),
    });
    host = new StubHost();
    lockstep = new LockstepMode();
    const registry = {
      find: (name: string) => {
        const serving = host.serving(name);
        return serving && ({ ...serving, state: 'running' } as unknown as RegisteredXApp);
      },
      candidate: (name: string) =>
        ready ? host.of(name).find(({ role }) => role === 'candidate') : undefined,
      hasItsSubscriptions: () => true,
      handOver: () => undefined,
      leave: () => undefined,
      leavers: () => [],
    } as unknown as XAppRegistry;
    const bus = { request: () => answer() } as never;
    const packages = new XAppPackages(kept.store, config);
    const deployments = new XAppDeployments(kept.store);
    const policies = { notEnforcedBy: () => undefined } as unknown as A1PolicyService;
    const as = host as unknown as XAppHost;
    const standings = new XAppStandings(config);
    const log = new OperatorLog();
    const guards = {
      onBroken: (listener: typeof breakGuard) => (breakGuard = listener),
    } as unknown as GuardService;
    // The former life, if there was one, has ended.
    (reconciler as XAppReconciler | undefined)?.onApplicationShutdown();
    reconciler = new XAppReconciler(
      config,
      bus,
      packages,
      deployments,
      as,
      registry,
      policies,
      standings,
      guards,
      log,
    );
    lifecycle = new XAppLifecycle(bus, packages, deployments, reconciler, as, registry, lockstep);
    events = [];
    lifecycle.onEvent((event) => events.push(event));
    await reconciler.onApplicationBootstrap();
  };
  beforeEach(async () => {
    // The tests say when it reconciles.
    jest.spyOn(globalThis, 'setInterval').mockReturnValue({} as NodeJS.Timeout);
    root = mkdtempSync(join(tmpdir(), 'ricochet-lifecycle-'));
    answer = () => Promise.resolve({ applied: false });
    ready = true;
    await begin();
  });
  afterEach(async () => {
    reconciler.onApplicationShutdown();
    jest.restoreAllMocks();
    const packages = await kept.store.xAppPackages();
    await Promise.all(packages.map(({ name, version }) => kept.store.deleteXAppPackage(name, version)));
    const deployments = await kept.store.xAppDeployments();
    await Promise.all(deployments.map(({ name }) => kept.store.deleteXAppDeployment(name)));
    rmSync(root, { recursive: true });
  });

  const folderOf = (version: string): string => {
    const folder = join(root, 'sources', version);
    mkdirSync(folder, { recursive: true });
    const files = { ...packageFiles('m', version), 'schema.json': JSON.stringify(SCHEMA) };
    for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
    return folder;
  };
  const onboard = async (...versions: string[]): Promise<void> => {
    for (const version of versions) await lifecycle.onboard(folderOf(version));
  };
  /** What the reconciler does in its time. */
  const reconcile = async (): Promise<void> => {
    for (let turn = 0; turn < 4; turn++) {
      reconciler.changed('m');
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  it('deploys the version that was onboarded last, with what its schema says', async () => {
    await onboard('1.0.0', '0.9.0');
    expect(await lifecycle.deploy('m')).toMatchObject({ version: '0.9.0', config: { periodMs: 100 } });
    expect(host.log).toEqual(['start 0.9.0 {"periodMs":100} serving']);
    expect(lifecycle.status()).toMatchObject([
      { name: 'm', state: 'running', instances: [{ role: 'serving' }] },
    ]);
    expect(events.map(({ type, version }) => `${type} ${version}`)).toEqual([
      'created 1.0.0',
      'created 0.9.0',
      'deployed 0.9.0',
    ]);
  });

  it.each<[string, () => Promise<unknown>, string, RegExp]>([
    ['an unknown xApp', () => lifecycle.deploy('x'), 'XAPP_UNKNOWN', /no version of xApp x/],
    [
      'an unknown version',
      () => lifecycle.deploy('m', { version: '2.0.0' }),
      'XAPP_UNKNOWN',
      /there are 1\.0\.0/,
    ],
    [
      'a wrong configuration',
      () => lifecycle.deploy('m', { config: { periodMs: 1 } }),
      'XAPP_CONFIG_INVALID',
      /^configuration of xApp m: periodMs: /,
    ],
    ['a wrong priority', () => lifecycle.deploy('m', { priority: 101 }), 'XAPP_CONFIG_INVALID', /priority/],
    ['an upgrade of what is not deployed', () => lifecycle.upgrade('m'), 'XAPP_UNKNOWN', /m is not deployed/],
    [
      'logs of a version that is not there',
      () => lifecycle.logs('m', { version: '3.0.0' }),
      'XAPP_UNKNOWN',
      /3\.0\.0/,
    ],
  ])('refuses %s, and changes nothing', async (_, ask, code, message) => {
    await onboard('1.0.0');
    await expect((async () => ask())()).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    expect(host.log).toEqual([]);
  });

  it('upgrades, and goes back by command; forth again', async () => {
    await onboard('1.0.0', '1.1.0');
    await lifecycle.deploy('m', { version: '1.0.0', config: { periodMs: 50 } });
    await expect(lifecycle.deploy('m')).rejects.toThrow('xApp m 1.0.0 is deployed already: upgrade it');
    await expect(lifecycle.upgrade('m', { version: '1.0.0' })).rejects.toThrow('is at version 1.0.0 already');
    await expect(lifecycle.rollback('m')).rejects.toThrow('no former version or configuration');
    await lifecycle.upgrade('m');
    await reconcile();
    expect(lifecycle.status('m')).toMatchObject([
      { version: '1.1.0', onTrial: true, previous: { version: '1.0.0', config: { periodMs: 50 } } },
    ]);
    await expect(lifecycle.remove('m', '1.0.0')).rejects.toThrow('is what a rollback goes back to');
    await lifecycle.rollback('m');
    await reconcile();
    await lifecycle.rollback('m');
    await reconcile();
    expect(host.log).toEqual([
      'start 1.0.0 {"periodMs":50} serving',
      'start 1.1.0 {"periodMs":50} candidate',
      'stop 1.0.0',
      'start 1.0.0 {"periodMs":50} candidate',
      'stop 1.1.0',
      'start 1.1.0 {"periodMs":50} candidate',
      'stop 1.0.0',
    ]);
  });

  it('goes back by itself when the new version fails, and does not offer it again', async () => {
    await onboard('1.0.0', '1.1.0');
    await lifecycle.deploy('m', { version: '1.0.0' });
    ready = false;
    await lifecycle.upgrade('m');
    expect(lifecycle.status('m')).toMatchObject([{ state: 'upgrading' }]);
    const candidate = host.of('m').find(({ role }) => role === 'candidate') as XAppProcess;
    host.child0.set(candidate, { restarts: 1, lastEnd: 'exit code 1: Error: no' });
    await reconcile();
    expect(lifecycle.status('m')).toMatchObject([
      {
        version: '1.0.0',
        state: 'running',
        note: '1.1.0 was rolled back: it ended (exit code 1: Error: no)',
        previous: undefined,
      },
    ]);
    expect(host.log.slice(1)).toEqual(['start 1.1.0 {"periodMs":100} candidate', 'stop 1.1.0']);
  });

  it('goes back when the KPI guard of a version on trial breaks, and not of one that has proved itself', async () => {
    await onboard('1.0.0', '1.1.0');
    await lifecycle.deploy('m', { version: '1.0.0' });
    const broken = { changes: [{ xapp: 'm' }], text: 'DRB.UEThpDl below 5000', nodeId: 'du-1' };
    breakGuard(broken as unknown as BrokenGuard);
    expect(host.log).toHaveLength(1);
    await lifecycle.upgrade('m');
    await reconcile();
    breakGuard(broken as unknown as BrokenGuard);
    expect(lifecycle.status('m')).toMatchObject([
      { version: '1.0.0', state: 'upgrading', note: '1.1.0 was rolled back: DRB.UEThpDl below 5000 at du-1' },
    ]);
    // What it goes back to has served, though it does not yet again.
    await lifecycle.configure('m', { config: { periodMs: 20 } });
    expect(lifecycle.status('m')).toMatchObject([
      { state: 'upgrading', previous: { version: '1.0.0', config: { periodMs: 100 } } },
    ]);
  });

  it('changes nothing while a lockstep run is under way, and says why', async () => {
    await onboard('1.0.0', '1.1.0');
    await lifecycle.deploy('m', { version: '1.0.0' });
    lockstep.isOn = true;
    const asks: (() => Promise<unknown>)[] = [
      () => lifecycle.deploy('m'),
      () => lifecycle.upgrade('m'),
      () => lifecycle.rollback('m'),
      () => lifecycle.configure('m', { config: { periodMs: 20 } }),
      () => lifecycle.undeploy('m'),
    ];
    for (const ask of asks) {
      await expect(ask()).rejects.toMatchObject({
        code: 'XAPP_CONFLICT',
        message: expect.stringMatching(/^xApp m can not be changed while a lockstep run is under way/),
      });
    }
    expect(host.log).toHaveLength(1);
    // At an instant that comes again it may.
    lockstep.isHeld = true;
    await lifecycle.upgrade('m');
    expect(host.log).toHaveLength(2);
  });

  it('deploys what the operator allows, and parks what he does not any more', async () => {
    await onboard('1.0.0');
    await lifecycle.deploy('m');
    reconciler.onApplicationShutdown();
    await begin([], { priority: 40 });
    const tooMuch = 'package m 1.0.0 asks for too much: priority is 50, at most 40 is allowed';
    expect(host.log).toEqual([]);
    expect(reconciler.hosted()).toMatchObject([{ name: 'm', state: 'parked', cause: tooMuch }]);
    await lifecycle.undeploy('m');
    await expect(lifecycle.deploy('m')).rejects.toMatchObject({
      code: 'XAPP_NOT_ALLOWED',
      message: tooMuch,
    });
    await expect(lifecycle.onboard(folderOf('1.1.0'))).rejects.toThrow('package m 1.1.0 asks for too much');
    await begin([], { priority: 60 });
    await expect(lifecycle.deploy('m', { priority: 61 })).rejects.toThrow(
      'xApp m: priority is 61, at most 60 is allowed',
    );
  });

  it('configures an xApp that can change while it runs where it is', async () => {
    await onboard('1.0.0');
    await lifecycle.deploy('m');
    answer = () => Promise.resolve({ applied: true });
    await lifecycle.configure('m', { config: { periodMs: 20 }, priority: 70 });
    await reconcile();
    expect(host.log).toEqual(['start 1.0.0 {"periodMs":100} serving']);
    expect(host.serving('m')?.config).toEqual({ periodMs: 20 });
    expect(lifecycle.status('m')).toMatchObject([
      { config: { periodMs: 20 }, priority: 70, onTrial: false, previous: { config: { periodMs: 100 } } },
    ]);
  });

  it('replaces one that can not', async () => {
    await onboard('1.0.0');
    await lifecycle.deploy('m');
    await lifecycle.configure('m', { config: { periodMs: 20 } });
    await reconcile();
    expect(host.log.slice(1)).toEqual(['start 1.0.0 {"periodMs":20} candidate', 'stop 1.0.0']);
  });

  it('changes nothing when the xApp refuses a configuration', async () => {
    await onboard('1.0.0');
    await lifecycle.deploy('m');
    answer = () => Promise.reject(new BusError('BUS_REFUSED', 'periodMs: not now'));
    await expect(lifecycle.configure('m', { config: { periodMs: 20 } })).rejects.toMatchObject({
      code: 'XAPP_CONFIG_INVALID',
      message: 'periodMs: not now',
    });
    expect(lifecycle.status('m')).toMatchObject([{ config: { periodMs: 100 } }]);
  });

  it('undeploys, removes, and forgets', async () => {
    await onboard('1.0.0');
    await lifecycle.deploy('m');
    await expect(lifecycle.remove('m', '1.0.0')).rejects.toThrow('is deployed');
    await lifecycle.undeploy('m');
    await reconcile();
    expect(lifecycle.status('m')).toMatchObject([{ state: 'undeployed', instances: [] }]);
    await lifecycle.remove('m', '1.0.0');
    expect(lifecycle.status()).toEqual([]);
    expect(events.map(({ type }) => type)).toEqual(['created', 'deployed', 'undeployed', 'deleted']);
  });

  describe('after a restart of the RIC', () => {
    it('runs what ran', async () => {
      await onboard('1.0.0', '1.1.0');
      await lifecycle.deploy('m', { version: '1.0.0', config: { periodMs: 50 } });
      reconciler.onApplicationShutdown();
      await begin();
      expect(host.log).toEqual(['start 1.0.0 {"periodMs":50} serving']);
    });

    it('keeps what an operator made of an xApp of the scenario, until the scenario has another', async () => {
      const path = folderOf('1.0.0');
      const item = { name: 'm', path, config: { periodMs: 30 } };
      const restart = async (items: Deployment[]): Promise<string[]> => {
        reconciler.onApplicationShutdown();
        await begin(items);
        return host.log;
      };
      expect(await restart([item])).toEqual(['start 1.0.0 {"periodMs":30} serving']);
      await lifecycle.configure('m', { config: { periodMs: 40 } });
      expect(await restart([item])).toEqual(['start 1.0.0 {"periodMs":40} serving']);
      expect(await restart([{ ...item, config: { periodMs: 60 } }])).toEqual([
        'start 1.0.0 {"periodMs":60} serving',
      ]);
      expect(await restart([])).toEqual([]);
      expect(lifecycle.status()).toEqual([]);
    });

    it('parks an xApp of the scenario that is not there', async () => {
      reconciler.onApplicationShutdown();
      await begin([{ name: 'm', path: join(root, 'nowhere'), config: {} }]);
      expect(reconciler.hosted()).toMatchObject([
        { name: 'm', state: 'parked', cause: expect.stringContaining('no such file') },
      ]);
      expect(host.log).toEqual([]);
    });
  });
});
