import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bus } from '@ricochet/bus';
import { type A1Policy, type KpiGuard, type XAppPolicyStatus } from '@ricochet/contracts';
import { Store } from '@ricochet/store';
import { type GuardService } from '../control/guard.service.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { type RegisteredXApp, type XAppRegistry } from '../xapps/xapp-registry.service.js';
import { PlayedFaults } from '../faults/played-faults.js';
import { ManualTimers } from '../manual-timers.fixture.js';
import { A1PolicyService } from './a1-policy.service.js';

process.env['RICOCHET_LOG_LEVEL'] = 'silent';

const HIGH = 20_501;
const policy = (modelVersion: number): A1Policy => ({
  policyTypeId: HIGH,
  policyId: 'slice-quota-model',
  policy: { modelVersion, sla: { URLLC: { maxDelayP99Ms: 10 } } },
});

/** The world of the service: messages out, xApps in. */
class World {
  readonly sent: { subject: string; message: unknown }[] = [];
  readonly xapps: RegisteredXApp[] = [];
  readonly guards = {
    watched: new Map<string, KpiGuard>(),
    obstacle: 'no node has reported it' as string | undefined,
    changed: (_: string): void => undefined,
    onPolicy: (listener: (policyId: string) => void) => (this.guards.changed = listener),
    watchPolicy: (id: string, guard: KpiGuard) => this.guards.watched.set(id, guard),
    forgetPolicy: (id: string) => this.guards.watched.delete(id),
    obstacleOf: () => this.guards.obstacle,
  };
  readonly faults = new PlayedFaults(new ManualTimers());
  private answer: (status: XAppPolicyStatus, subject: string) => void = () => undefined;
  private heard: (xapp: RegisteredXApp) => void = () => undefined;

  constructor(readonly store: Store) {}

  async start(): Promise<A1PolicyService> {
    const bus = {
      publish: ({ subject }: { subject: string }, message: unknown) => this.sent.push({ subject, message }),
      subscribe: (_: unknown, handler: typeof this.answer) => (this.answer = handler),
    };
    const registry = {
      onHeard: (listener: typeof this.heard) => (this.heard = listener),
      all: () => this.xapps,
    };
    const service = new A1PolicyService(
      bus as unknown as Bus,
      this.store,
      registry as unknown as XAppRegistry,
      new OperatorLog(),
      this.guards as unknown as GuardService,
      this.faults,
    );
    await service.onApplicationBootstrap();
    return service;
  }

  register(instance: string, policyTypes = [HIGH]): void {
    const xapp = { name: 'slice-quota', version: '1', instance, policyTypes, state: 'running' };
    this.xapps.splice(0, 1, xapp as unknown as RegisteredXApp);
    this.hear();
  }

  hear(): void {
    for (const xapp of this.xapps) this.heard(xapp);
  }

  answers(instance: string, { policyTypeId, policyId, policy: object }: A1Policy, reason?: string): void {
    const about = { instance, policyTypeId, policyId, policy: object };
    this.answer(
      reason === undefined
        ? { ...about, enforceStatus: 'ENFORCED' }
        : { ...about, enforceStatus: 'NOT_ENFORCED', enforceReason: reason },
      'ric.xapp.slice-quota.policy-status',
    );
  }

  /** Messages to the xApp, and feedback. */
  on(subject: string): unknown[] {
    return this.sent.filter((one) => one.subject === subject).map(({ message }) => message);
  }
}

const GUARD: A1Policy = {
  policyTypeId: 20_503,
  policyId: 'keep-urllc',
  policy: { kpi: 'RCT.QosDl', level: 'slice', snssai: { sst: 2 }, min: 0.8, windowMs: 500, rollBack: true },
};
const FEEDBACK = 'a1.policy.status';

describe('A1PolicyService', () => {
  let folder: string;
  let world: World;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ricochet-a1-'));
    world = new World(await Store.open({ path: join(folder, 'ric.sqlite'), onTrouble: () => undefined }));
  });
  afterEach(async () => {
    await world.store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('tells nothing while A1 is out, and how things stand when it is back', async () => {
    const service = await world.start();
    world.register('life-1');
    service.put(policy(3));
    world.faults.set({ cutOff: [], a1Out: true });
    const before = world.on(FEEDBACK).length;
    world.answers('life-1', policy(3));
    expect(world.on(FEEDBACK)).toHaveLength(before);
    world.faults.set({ cutOff: [], a1Out: false });
    expect(world.on(FEEDBACK).slice(before)).toEqual([{ ...policy(3), enforceStatus: 'ENFORCED' }]);
  });

  it('hands a policy to the xApp of its type and tells what became of it, each change once', async () => {
    const service = await world.start();
    service.put(policy(3));
    world.register('life-1');
    world.answers('life-1', policy(3));
    world.answers('life-1', policy(3));
    expect(world.on('ric.xapp.slice-quota.policy.life-1')).toEqual([policy(3)]);
    expect(world.on(FEEDBACK)).toEqual([
      { ...policy(3), enforceStatus: 'NOT_ENFORCED', enforceReason: `no xApp handles policy type ${HIGH}` },
      { ...policy(3), enforceStatus: 'NOT_ENFORCED', enforceReason: 'xApp slice-quota has not answered yet' },
      { ...policy(3), enforceStatus: 'ENFORCED' },
    ]);
    expect(world.xapps.map((xapp) => service.awaitedBy(xapp))).toEqual([[]]);
  });

  it('says why an xApp does not enforce it, and hands it over again to the next life', async () => {
    const service = await world.start();
    world.register('life-1');
    expect(world.xapps.map((xapp) => service.awaitedBy(xapp))).toEqual([[HIGH]]);
    service.put(policy(3));
    world.answers('life-1', policy(3), 'model v3 has 4 parameters instead of 3');
    expect(service.all()).toMatchObject([
      {
        enforceStatus: 'NOT_ENFORCED',
        enforceReason: 'xApp slice-quota: model v3 has 4 parameters instead of 3',
      },
    ]);
    // What was in the way may be gone: the same life is asked again.
    world.hear();
    expect(world.on('ric.xapp.slice-quota.policy.life-1')).toHaveLength(2);
    world.register('life-2');
    expect(world.on('ric.xapp.slice-quota.policy.life-2')).toEqual([policy(3)]);
    world.answers('life-2', policy(3));
    expect(service.all()).toMatchObject([{ enforceStatus: 'ENFORCED' }]);
  });

  it('does not take the answer to a former policy for one to its successor', async () => {
    const service = await world.start();
    world.register('life-1');
    service.put(policy(3));
    service.put(policy(4));
    world.answers('life-1', policy(3));
    expect(service.all()).toMatchObject([{ ...policy(4), enforceStatus: 'NOT_ENFORCED' }]);
    world.answers('life-1', policy(4));
    expect(service.all()).toMatchObject([{ ...policy(4), enforceStatus: 'ENFORCED' }]);
  });

  it('repeats a policy until the xApp has answered', async () => {
    const service = await world.start();
    world.register('life-1');
    service.put(policy(3));
    world.hear();
    expect(world.on('ric.xapp.slice-quota.policy.life-1')).toHaveLength(2);
  });

  it('keeps policies over its own end', async () => {
    (await world.start()).put(policy(3));
    await world.store.flush();
    const again = await world.start();
    world.register('life-1');
    expect(again.all()).toMatchObject([policy(3)]);
    expect(world.on('ric.xapp.slice-quota.policy.life-1')).toEqual([policy(3)]);
  });

  it('deletes a policy, and tells the xApp', async () => {
    const service = await world.start();
    world.register('life-1');
    service.put(policy(3));
    service.delete(policy(3));
    expect(service.all()).toEqual([]);
    expect(world.on('ric.xapp.slice-quota.policy.life-1').at(-1)).toMatchObject({ policy: null });
    expect(() => service.delete(policy(3))).toThrow('there is no policy slice-quota-model of type 20501');
  });

  it('has the RIC itself enforce a KPI guard, and tells whether it does', async () => {
    const service = await world.start();
    service.put(GUARD);
    expect(world.guards.watched.get('keep-urllc')).toEqual(GUARD.policy);
    world.guards.obstacle = undefined;
    world.guards.changed('keep-urllc');
    world.guards.changed('keep-urllc');
    world.guards.obstacle = 'RCT.QosDl of slice 2 is 0.5, below 0.8 at du-1';
    world.guards.changed('keep-urllc');
    expect(world.on(FEEDBACK)).toMatchObject([
      { enforceStatus: 'NOT_ENFORCED', enforceReason: 'no node has reported it' },
      { enforceStatus: 'ENFORCED' },
      { enforceStatus: 'NOT_ENFORCED', enforceReason: world.guards.obstacle },
    ]);
    await world.store.flush();
    world.guards.watched.clear();
    const again = await world.start();
    expect([...world.guards.watched.keys()]).toEqual(['keep-urllc']);
    again.delete(GUARD);
    expect(world.guards.watched.size).toBe(0);
  });

  test.each([
    [{ ...GUARD.policy, kpi: 'RCT.Joy' }, 'kpi: RCT.Joy is no KPI'],
    [
      { ...GUARD.policy, kpi: 'RCT.SchedulingWeightDl' },
      'RCT.SchedulingWeightDl is not measured at slice level',
    ],
    [{ ...GUARD.policy, min: undefined }, 'policy: expected min, max or both'],
    [{ ...GUARD.policy, windowMs: 0 }, 'windowMs: '],
  ])('refuses the guard %j', async (guard, message) => {
    const service = await world.start();
    expect(() => service.put({ ...GUARD, policy: guard })).toThrow(message);
    expect(world.guards.watched.size).toBe(0);
  });

  test.each([
    [
      { policyTypeId: 7 },
      'policy type 7 is unknown; there are 20501 (ricochet_SliceQuotaModel_1.0.0), 20502',
    ],
    [{ policy: {} }, 'does not fit type 20501 (ricochet_SliceQuotaModel_1.0.0): modelVersion'],
    [{ policy: { modelVersion: 0 } }, 'modelVersion: Too small'],
    [{ policy: { modelVersion: 1, weights: [] } }, 'Unrecognized key: "weights"'],
  ])('refuses %j and adopts nothing', async (change, message) => {
    const service = await world.start();
    world.register('life-1');
    expect(() => service.put({ ...policy(3), ...change })).toThrow(message);
    expect(service.all()).toEqual([]);
    expect(world.sent).toEqual([]);
  });
});
