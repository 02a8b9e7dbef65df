import { type Bus } from '@ricochet/bus';
import {
  type ControlConflict,
  type ControlEffect,
  type EventContract,
  type RanControl,
} from '@ricochet/contracts';
import { FakeNode } from '../fake-node.fixture.js';
import { FakeRic, temporaryStore } from '../fake-ric.fixture.js';
import { delivered } from '../manual-timers.fixture.js';
import { kpmFunction, rcFunction, weightsFunction } from '../ran-functions.fixture.js';
import { LockstepMode } from '../lockstep/lockstep-mode.js';
import { type RunRecorder } from '../recording/run-recorder.service.js';
import { ricConfigSchema } from '../ric.config.js';
import { ConflictService } from './conflict.service.js';
import { ControlService } from './control.service.js';
import { EffectService } from './effect.service.js';
import { OwnReports } from './own-reports.service.js';
import { XAppStandings } from './xapp-standings.service.js';

const ratio = (maxRatio: number, minRatio = 0) => ({
  snssai: { sst: 1 },
  minRatio,
  maxRatio,
  dedicatedRatio: 0,
});
const quota = (...ratios: ReturnType<typeof ratio>[]): RanControl => ({ kind: 'slice-quota', ratios });

describe('controls', () => {
  const kept = temporaryStore();
  let ric: FakeRic;
  let du: FakeNode;
  let controls: ControlService;
  let effects: ControlEffect[];
  let conflicts: (ControlConflict & { readonly to: string })[];
  let standings: XAppStandings;
  let lockstep: LockstepMode;
  let sequence = 0;

  const start = async (profile: string, du1: FakeNode): Promise<void> => {
    ric = await FakeRic.start(kept.store, { RICOCHET_E2_PROFILES: JSON.stringify({ '*': profile }) });
    effects = [];
    conflicts = [];
    const bus = {
      subscribe: () => undefined,
      publish: ({ subject }: EventContract<unknown>, message: unknown) => {
        const [, , to = '', what] = subject.split('.');
        if (what === 'effect') effects.push(message as ControlEffect);
        if (what === 'conflict') conflicts.push({ to, ...(message as ControlConflict) });
      },
    } as unknown as Bus;
    const ownReports = new OwnReports(ric.manager);
    ownReports.onModuleInit();
    const { registry, indications, manager, log } = ric;
    const runs = { runId: undefined } as RunRecorder;
    const config = ricConfigSchema.parse({ RICOCHET_NATS_URL: 'nats://nowhere' });
    standings = new XAppStandings(config);
    const effectService = new EffectService(
      bus,
      kept.store,
      registry,
      indications,
      manager,
      ownReports,
      standings,
    );
    effectService.onModuleInit();
    lockstep = new LockstepMode();
    const arbitration = new ConflictService(bus, kept.store, runs, standings, log, config);
    controls = new ControlService(
      registry,
      effectService,
      arbitration,
      standings,
      lockstep,
      kept.store,
      runs,
      log,
      config,
    );
    du = du1;
    await du.connect(ric);
  };
  const ask = (control: RanControl, xapp = 'a') =>
    controls.control({ xapp, instance: 'i', sequence: ++sequence, nodeId: du.nodeId, control });
  const nodeWith = (...functions: FakeNode['functions']): FakeNode => {
    const node = new FakeNode(1);
    node.functions = [kpmFunction(), ...functions];
    return node;
  };

  it('are sent and acknowledged', async () => {
    await start('oran', nodeWith(rcFunction()));
    expect(await ask(quota(ratio(50, 20)))).toEqual({
      controlId: expect.any(String),
      outcome: 'acknowledged',
      cause: undefined,
    });
    expect(du.controls).toMatchObject([{ ranFunctionId: 3, ricControlAckRequest: 'ack' }]);
  });

  it.each<[string, FakeNode, RanControl, string]>([
    ['a ratio that is none', nodeWith(rcFunction()), quota(ratio(101)), '101'],
    ['a node without RC', nodeWith(), quota(ratio(50)), 'offers no ORAN-E2SM-RC'],
    [
      'a style that is not offered',
      nodeWith(rcFunction(3)),
      quota(ratio(50)),
      'offers no RC control style 2 (',
    ],
    [
      'weights in a slice that is not offered',
      nodeWith(weightsFunction([{ sst: 2 }])),
      { kind: 'ue-weights', slices: [{ snssai: { sst: 1 }, weights: [{ ueId: 1, weight: 1 }] }] },
      'takes no UE weights in slice 1 (it offers 2)',
    ],
  ])('are refused for %s, without a word to the node', async (_, node, control, words) => {
    await start('oran', node);
    const { outcome, cause } = await ask(control);
    expect(outcome).toBe('refused');
    expect(cause).toContain(words);
    expect(cause).toContain('gnb-001-01-1-du-1');
    await delivered();
    expect(du.controls).toEqual([]);
    expect(controls.inFlight).toBe(0);
  });

  it('time out where there is no answer, and are then not in force', async () => {
    await start('oran', nodeWith(rcFunction()));
    du.answers = 'nothing';
    const first = ask(quota(ratio(90, 80)));
    await ric.after(1_000);
    expect(await first).toMatchObject({
      outcome: 'timed-out',
      cause: 'RICcontrol: no answer within 1000 ms',
    });
    du.answers = 'admit';
    expect(await ask(quota(ratio(90, 90)))).toMatchObject({ outcome: 'acknowledged' });
  });

  it('say what a srsRAN node does not put in force, and that no report will show what it does', async () => {
    await start('srsran', nodeWith(rcFunction()));
    standings.declare('a', { effects: true });
    expect(await ask(quota(ratio(50, 20)))).toMatchObject({
      outcome: 'acknowledged',
      cause: expect.stringContaining('a srsran node applies the maximum ratio alone'),
    });
    expect(effects).toMatchObject([
      { effective: false, reason: expect.stringMatching(/^not reported: .*reports nothing by slice/) },
    ]);
  });

  describe('of two xApps over one slice', () => {
    beforeEach(async () => {
      await start('oran', nodeWith(rcFunction()));
      standings.declare('high', { priority: 60 });
    });
    const at = (timeMs: number): void => {
      const node = ric.registry.find(du.nodeId);
      if (node !== undefined) node.reportedUntilMs = timeMs;
    };

    it('are granted to the higher priority, and the other is told by whom and until when', async () => {
      at(234);
      expect(await ask(quota(ratio(50)), 'high')).toMatchObject({ outcome: 'acknowledged' });
      at(300);
      expect(await ask(quota(ratio(60)), 'low')).toMatchObject({
        outcome: 'refused',
        cause: 'gnb-001-01-1-du-1: slice 1 held by high (priority 60) until 1234 ms',
      });
      expect(du.controls).toHaveLength(1);
      const told = { kind: 'direct', timeMs: 300, untilMs: 1_234, scopes: ['1'] };
      expect(conflicts).toMatchObject([
        { ...told, to: 'low', with: 'high', outcome: 'refused' },
        { ...told, to: 'high', with: 'low', outcome: 'held' },
      ]);
      at(1_234);
      expect(await ask(quota(ratio(60)), 'low')).toMatchObject({ outcome: 'acknowledged' });
    });

    it('are taken over by the higher priority, which the holder is told', async () => {
      await ask(quota(ratio(50)), 'low');
      expect(await ask(quota(ratio(60)), 'high')).toMatchObject({ outcome: 'acknowledged' });
      expect(conflicts).toMatchObject([
        { to: 'high', with: 'low', outcome: 'held', untilMs: 1_000 },
        { to: 'low', with: 'high', outcome: 'displaced', untilMs: 1_000 },
      ]);
    });

    it('are told once a hold time, and all kept', async () => {
      await kept.store.flush();
      const before = (await kept.store.conflicts({ limit: 100 })).length;
      await ask(quota(ratio(50)), 'high');
      for (let n = 0; n < 5; n++) await ask(quota(ratio(60)), 'low');
      expect(conflicts).toHaveLength(2);
      expect(ric.told(/low .*refused/)).toHaveLength(1);
      await kept.store.flush();
      expect(await kept.store.conflicts({ limit: 100 })).toHaveLength(before + 5);
    });

    it('stay with the holder when the node does not answer who takes it over', async () => {
      await ask(quota(ratio(50)), 'low');
      du.answers = 'nothing';
      const taking = ask(quota(ratio(60)), 'high');
      await ric.after(1_000);
      expect(await taking).toMatchObject({ outcome: 'timed-out' });
      expect(conflicts).toEqual([]);
      du.answers = 'admit';
      expect(await ask(quota(ratio(70)), 'low')).toMatchObject({ outcome: 'acknowledged' });
    });

    it('wait for each other in lockstep, so that it does not matter which came first', async () => {
      lockstep.isOn = true;
      standings.declare('low', { influences: { 'slice-quota': [] } });
      standings.declare('high', { priority: 60, influences: { 'slice-quota': [] } });
      const both = [ask(quota(ratio(50)), 'low'), ask(quota(ratio(60)), 'high')];
      await delivered();
      expect(du.controls).toEqual([]);
      expect(controls.waitingOf('low')).toBe(1);
      expect(controls.inFlight).toBe(2);
      controls.releaseWaiting();
      expect(await Promise.all(both)).toMatchObject([{ outcome: 'refused' }, { outcome: 'acknowledged' }]);
    });
  });
});
