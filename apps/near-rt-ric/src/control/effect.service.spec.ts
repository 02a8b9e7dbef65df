import { profiles } from '@ricochet/e2ap';
import { EventEmitter } from 'node:events';
import { type Bus } from '@ricochet/bus';
import { type ControlEffect, type EventContract } from '@ricochet/contracts';
import { type EffectRecord, type Store } from '@ricochet/store';
import { type NodeRegistry } from '../e2/node-registry.service.js';
import { type SubscriptionManager } from '../subscriptions/subscription-manager.service.js';
import { FakeIndications, NODE, quotaOf, sliceReport } from './control-reports.fixture.js';
import { EffectService } from './effect.service.js';
import { type OwnReports } from './own-reports.service.js';
import { type XAppStandings } from './xapp-standings.service.js';

describe('EffectService', () => {
  let indications: FakeIndications;
  let effects: EffectService;
  let told: ControlEffect[];
  let kept: EffectRecord[];
  let watched: string[];
  let events: EventEmitter;
  let finish: () => void;

  beforeEach(() => {
    indications = new FakeIndications();
    [told, kept, watched] = [[], [], []];
    events = new EventEmitter();
    const bus = {
      subscribe: (_: unknown, handler: () => void) => (finish = handler),
      publish: ({ subject }: EventContract<unknown>, effect: ControlEffect) =>
        watched.push(subject) && told.push(effect),
    } as unknown as Bus;
    const store = { appendEffect: (effect: EffectRecord) => kept.push(effect) } as unknown as Store;
    const registry = {
      events,
      find: () => ({ cell: { prbs: 100 }, profile: profiles.oran }),
    } as unknown as NodeRegistry;
    const subscriptions = { all: () => [] } as unknown as SubscriptionManager;
    const own = { wantWeights: () => undefined } as unknown as OwnReports;
    const standings = {
      of: (xapp: string) => ({ hearsEffects: xapp !== 'deaf' }),
    } as unknown as XAppStandings;
    effects = new EffectService(bus, store, registry, indications.service, subscriptions, own, standings);
    effects.onModuleInit();
  });

  const asked = (controlId: string, atMs: number, minRatio: number, xapp = 'a'): void =>
    effects.expect({
      controlId,
      xapp,
      nodeId: NODE,
      control: { kind: 'slice-quota', ratios: [quotaOf(minRatio)] },
      outcome: 'acknowledged',
      askedAtSimMs: atMs,
      answeredAtSimMs: atMs,
    });

  it('says how long it took, to the xApp, to who watches and to the store', () => {
    asked('c', 100, 40);
    indications.report(sliceReport(200, 40));
    expect(told).toMatchObject([{ controlId: 'c', effective: true, measuredAtMs: 200, delayMs: 100 }]);
    expect(watched).toEqual(['ric.xapp.a.effect']);
    expect(kept).toMatchObject([{ controlId: 'c', effective: true, delayMs: 100 }]);
    expect(effects.counts).toEqual({ effective: 1, ineffective: 0, notMeasured: 0 });
  });

  it('does not tell an xApp that does not want to hear it, but keeps it', () => {
    asked('c', 100, 40, 'deaf');
    indications.report(sliceReport(200, 40));
    expect(told).toEqual([]);
    expect(kept).toMatchObject([{ controlId: 'c', effective: true }]);
  });

  it('gives a node that takes its time half a second', () => {
    indications.report(sliceReport(100, 30));
    asked('c', 100, 40);
    indications.report(sliceReport(200, 30));
    expect(effects.decisions).toMatchObject([{ effective: false }]);
    expect(told).toEqual([]);
    indications.report(sliceReport(300, 40));
    expect(told).toMatchObject([{ effective: true, delayMs: 200 }]);
  });

  it('says that a node ignores it, once that time is over', () => {
    indications.report(sliceReport(100, 30));
    asked('c', 100, 40);
    for (const timeMs of [200, 300, 400, 500]) indications.report(sliceReport(timeMs, 30));
    expect(told).toEqual([]);
    indications.report(sliceReport(600, 30));
    expect(told).toMatchObject([{ effective: false, cause: 'ignored', measuredAtMs: 600 }]);
    expect(told[0]).not.toHaveProperty('delayMs');
    indications.report(sliceReport(700, 30));
    expect(told).toHaveLength(1);
  });

  it('says what a report has shown of a control when the next one supersedes it', () => {
    indications.report(sliceReport(100, 30));
    asked('first', 100, 40);
    indications.report(sliceReport(200, 35));
    asked('second', 200, 50);
    expect(told).toMatchObject([{ controlId: 'first', effective: false, cause: 'other-in-force' }]);
    asked('third', 200, 60);
    expect(told[1]).toMatchObject({ controlId: 'second', cause: 'superseded' });
    expect(effects.counts).toEqual({ effective: 0, ineffective: 1, notMeasured: 1 });
  });

  it('has nothing to say of a control whose effect it has told, and takes the next one', () => {
    asked('told', 100, 40);
    indications.report(sliceReport(200, 40));
    told.length = 0;
    events.emit('lost', { nodeId: NODE });
    finish();
    expect(told).toEqual([]);
    asked('next', 200, 50);
    indications.report(sliceReport(300, 50));
    expect(told).toMatchObject([{ controlId: 'next', effective: true }]);
  });

  it('says of a node that is lost, and at the end of a run, what is known', () => {
    asked('lost', 100, 40);
    events.emit('lost', { nodeId: NODE });
    expect(told).toMatchObject([{ controlId: 'lost', cause: 'node-lost' }]);
    asked('seen', 100, 40);
    indications.report(sliceReport(200, 30));
    finish();
    expect(told[1]).toMatchObject({ controlId: 'seen', effective: false });
  });
});
