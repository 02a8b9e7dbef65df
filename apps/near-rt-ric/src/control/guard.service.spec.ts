import { type Conflict, type ControlReply, type KpiGuard } from '@ricochet/contracts';
import { type RrmPolicyRatio } from '@ricochet/ran-types';
import { delivered } from '../manual-timers.fixture.js';
import { ricConfigSchema } from '../ric.config.js';
import { type ConflictService } from './conflict.service.js';
import { FakeIndications, NODE, quotaOf, sliceReport } from './control-reports.fixture.js';
import { type AcknowledgedControl, type ControlService } from './control.service.js';
import { GuardService, type BrokenGuard } from './guard.service.js';
import { type OwnReports } from './own-reports.service.js';
import { XAppStandings } from './xapp-standings.service.js';

const GUARD: KpiGuard = { kpi: 'RCT.QosDl', level: 'slice', min: 0.8, windowMs: 500, rollBack: true };

describe('GuardService', () => {
  let indications: FakeIndications;
  let standings: XAppStandings;
  let decided: Conflict[];
  let broken: BrokenGuard[];
  let rolledBack: (readonly RrmPolicyRatio[])[];
  let reply: Partial<ControlReply>;
  let acknowledged: (control: AcknowledgedControl) => void;
  let wanted: string[];
  let service: GuardService;
  let mayRollBack: boolean;

  const start = (guards: KpiGuard[] = []): void => {
    indications = new FakeIndications();
    mayRollBack = false;
    [decided, broken, rolledBack, wanted] = [[], [], [], []];
    reply = { outcome: 'acknowledged' };
    const config = ricConfigSchema.parse({
      RICOCHET_NATS_URL: 'nats://nowhere',
      RICOCHET_CONFLICTS: JSON.stringify({ guards }),
    });
    standings = new XAppStandings(config);
    const controls = {
      onAcknowledged: (listener: typeof acknowledged) => (acknowledged = listener),
      expectRollBacks: () => (mayRollBack = true),
      control: ({ control }: AcknowledgedControl) => {
        if (control.kind === 'slice-quota') rolledBack.push(control.ratios);
        return Promise.resolve(reply);
      },
    } as unknown as ControlService;
    const conflicts = {
      decide: (conflict: Conflict) => decided.push(conflict),
    } as unknown as ConflictService;
    const own = { wantKpi: (_: string, kpi: string) => wanted.push(kpi) } as unknown as OwnReports;
    service = new GuardService(indications.service, controls, conflicts, standings, own, config);
    service.onModuleInit();
    service.onBroken((one) => broken.push(one));
  };
  const acted = (xapp: string, atMs: number, minRatio: number): void =>
    acknowledged({
      controlId: `${xapp}-${atMs}`,
      xapp,
      nodeId: NODE,
      control: { kind: 'slice-quota', ratios: [quotaOf(minRatio)] },
      atMs,
    });
  /** 40 % is good; at 100 ms an xApp makes 10 % of it, which is not. */
  const breaks = async (xapp = 'a'): Promise<void> => {
    indications.report(sliceReport(100, 40, 0.9));
    acted(xapp, 100, 10);
    indications.report(sliceReport(200, 10, 0.5));
    await delivered();
  };

  it('puts back what was in force while the KPI was within its bounds, and tells of it', async () => {
    start([GUARD]);
    await breaks();
    expect(rolledBack).toEqual([[quotaOf(40)]]);
    expect(decided).toMatchObject([
      {
        decision: 'rolled-back',
        xapp: 'a',
        controlId: 'a-100',
        atMs: 200,
        text: 'RCT.QosDl of slice 1 is 0.5, below 0.8; rolled back to slice 1: 40..100 %',
      },
    ]);
    expect(broken).toMatchObject([{ nodeId: NODE, owner: undefined, changes: [{ xapp: 'a' }] }]);
  });

  it('only tells of it where the guard does not say so', async () => {
    start([{ ...GUARD, rollBack: false }]);
    await breaks();
    expect(rolledBack).toEqual([]);
    expect(decided).toMatchObject([{ decision: 'guard-broken' }]);
  });

  it("says why it can not be put back: the node's word, or a higher priority than the guard's owner has", async () => {
    start([GUARD]);
    reply = { outcome: 'failed', cause: 'overload' };
    await breaks();
    expect(decided).toMatchObject([
      { decision: 'guard-broken', text: expect.stringContaining('not rolled back: failed: overload') },
    ]);

    start();
    standings.declare('keeper', { priority: 40, guard: GUARD });
    await breaks();
    expect(rolledBack).toEqual([]);
    expect(decided).toMatchObject([
      {
        decision: 'guard-broken',
        other: 'keeper',
        otherPriority: 40,
        text: expect.stringContaining('not rolled back: a has a higher priority'),
      },
    ]);
  });

  it("watches xApps' own guards too, as long as they declare them", async () => {
    start();
    standings.declare('a', { guard: { ...GUARD, kpi: 'RCT.QosDl' } });
    standings.declare('a', { guard: { ...GUARD, kpi: 'RCT.QosDl' } });
    expect(wanted).toEqual(['RCT.QosDl']);
    await breaks();
    expect(decided).toMatchObject([{ decision: 'rolled-back', other: 'a' }]);
    standings.declare('a', {});
    await breaks();
    expect(decided).toHaveLength(1);
  });

  it('watches the guard of an A1 policy until it is deleted, and tells what is in its way', async () => {
    start();
    const told: (string | undefined)[] = [];
    service.onPolicy((policyId) => told.push(service.obstacleOf(policyId)));
    service.watchPolicy('keep', GUARD);
    expect(mayRollBack).toBe(true);
    expect(service.obstacleOf('keep')).toBe('no node has reported RCT.QosDl at slice level yet');
    await breaks();
    expect(rolledBack).toEqual([[quotaOf(40)]]);
    expect(decided).toMatchObject([
      {
        decision: 'rolled-back',
        text: 'policy keep: RCT.QosDl of slice 1 is 0.5, below 0.8; rolled back to slice 1: 40..100 %',
      },
    ]);
    indications.report(sliceReport(300, 40, 0.9));
    expect(told).toEqual([undefined, `RCT.QosDl of slice 1 is 0.5, below 0.8 at ${NODE}`, undefined]);
    service.forgetPolicy('keep');
    await breaks();
    expect(decided).toHaveLength(1);
  });

  it('takes a quota that is asked for again for no change', async () => {
    start([GUARD]);
    indications.report(sliceReport(100, 40, 0.9));
    acted('a', 100, 40);
    indications.report(sliceReport(200, 40, 0.5));
    await delivered();
    expect(decided).toEqual([]);
  });
});
