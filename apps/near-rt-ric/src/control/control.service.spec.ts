import { type Bus } from '@ricochet/bus';
import { type ControlEffect, type RanControl } from '@ricochet/contracts';
import { FakeNode } from '../fake-node.fixture.js';
import { FakeRic, temporaryStore } from '../fake-ric.fixture.js';
import { delivered } from '../manual-timers.fixture.js';
import { kpmFunction, rcFunction, weightsFunction } from '../ran-functions.fixture.js';
import { type RunRecorder } from '../recording/run-recorder.service.js';
import { ricConfigSchema } from '../ric.config.js';
import { ControlService } from './control.service.js';
import { EffectService } from './effect.service.js';

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
  let sequence = 0;

  const start = async (profile: string, du1: FakeNode): Promise<void> => {
    ric = await FakeRic.start(kept.store, { RICOCHET_E2_PROFILES: JSON.stringify({ '*': profile }) });
    effects = [];
    const bus = {
      subscribe: () => undefined,
      publish: (_: unknown, effect: ControlEffect) => effects.push(effect),
    } as unknown as Bus;
    const effectService = new EffectService(bus, kept.store, ric.registry, ric.indications, ric.manager);
    effectService.onModuleInit();
    const runs = { runId: undefined } as RunRecorder;
    const config = ricConfigSchema.parse({ RICOCHET_NATS_URL: 'nats://nowhere' });
    controls = new ControlService(ric.registry, effectService, kept.store, runs, ric.log, config);
    du = du1;
    await du.connect(ric);
  };
  const ask = (control: RanControl) =>
    controls.control({ xapp: 'a', instance: 'i', sequence: ++sequence, nodeId: du.nodeId, control });
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
    expect(await ask(quota(ratio(50, 20)))).toMatchObject({
      outcome: 'acknowledged',
      cause: expect.stringContaining('a srsran node applies the maximum ratio alone'),
    });
    expect(effects).toMatchObject([
      { effective: false, reason: expect.stringMatching(/^not reported: .*reports nothing by slice/) },
    ]);
  });
});
