import { EventEmitter } from 'node:events';
import { type ControlProgress } from '../../control/control.service.js';
import { SLICE_REPORTS } from '../../control/own-reports.service.js';
import { ManualTimers } from '../../manual-timers.fixture.js';
import { EventFeed } from './event-feed.js';
import { type EventFilter } from './event-frame.js';
import { EventSources } from './event-sources.service.js';

/** A part of the RIC that lets the test say what it tells its listeners. */
const teller = () => {
  const listeners = new Map<string, (...told: unknown[]) => void>();
  const on = (name: string) => (listener: (...told: unknown[]) => void) => void listeners.set(name, listener);
  return { on, tell: (name: string, ...told: unknown[]) => listeners.get(name)?.(...told) };
};

class FakeParts {
  readonly timers = new ManualTimers();
  readonly feed = new EventFeed(this.timers);
  readonly parts = teller();
  readonly nodes = new EventEmitter();
  watcher: ((progress: ControlProgress) => void) | undefined;
  statuses = 0;
  private text = '';

  constructor(filter: EventFilter = {}) {
    const { on } = this.parts;
    const parts = [
      { status: () => ({ instance: `life ${++this.statuses}`, log: ['a line'] }) },
      { events: this.nodes },
      { onGap: on('gap'), onReport: on('report') },
      { onEvent: on('xapp') },
      { onFeedback: on('policy') },
      { watch: (watcher: FakeParts['watcher']) => (this.watcher = watcher) },
      { onEffect: on('effect') },
      { onTold: on('conflict') },
    ] as never[] as [never, never, never, never, never, never, never, never];
    new EventSources(this.feed, this.timers, ...parts).onModuleInit();
    this.open(filter);
  }

  /** Events that came since the last time. */
  heard(): { type: string; data: unknown }[] {
    this.timers.advance(100);
    const blocks = this.text.split('\n\n').filter((block) => block.includes('data: '));
    this.text = '';
    return blocks.map((block) => ({
      type: /event: (.*)/.exec(block)?.[1] ?? '',
      data: JSON.parse(/data: (.*)/.exec(block)?.[1] ?? '') as unknown,
    }));
  }

  private open(filter: EventFilter): void {
    const output = {
      write: (octets: Buffer | string) => ((this.text += octets.toString()), true),
      end: () => this,
      on: () => this,
    };
    this.feed.add(output as never, filter);
  }
}

const node = {
  nodeId: 'du-1',
  globalId: { plmn: { mcc: '001', mnc: '01' }, gnbId: { value: 1, bits: 22 } },
  association: {},
  functions: [],
  transport: 'nats',
  peer: 'p',
  profile: { name: 'oran', rc: { quotaApplies: 'all' } },
  refusedPdus: 0,
};
const snssai = { sst: 1 };
const report = (timeMs: number, more: object = {}) => ({
  nodeId: 'du-1',
  level: 'slice',
  timeMs,
  periodMs: 100,
  measurements: SLICE_REPORTS.measurements,
  rows: [{ snssai, values: SLICE_REPORTS.measurements.map(() => 7) }],
  ...more,
});

describe('what the feed of events is fed', () => {
  it('is the status each second, for as long as somebody hears it', () => {
    const all = new FakeParts({ types: ['status'] });
    expect(all.heard()).toEqual([{ type: 'status', data: { instance: 'life 1' } }]);
    all.timers.advance(3_000);
    expect(all.heard().map(({ data }) => data)).toEqual([2, 3, 4].map((n) => ({ instance: `life ${n}` })));
    all.feed.close();
    all.timers.advance(5_000);
    expect(all.statuses).toBe(4);
  });

  it('is nodes that come and go, xApps, effects, conflicts, gaps and policies', () => {
    const ric = new FakeParts({
      types: ['node', 'xapp', 'effect', 'conflict', 'indication-gap', 'policy'],
    });
    ric.nodes.emit('connected', { ...node });
    ric.nodes.emit('lost', { ...node, association: undefined });
    ric.parts.tell('xapp', { type: 'deployed', name: 'one', version: '1.0.0' });
    ric.parts.tell('effect', { controlId: 'c', nodeId: 'du-1', delayMs: 100, cause: 'capped' }, 'one');
    ric.parts.tell('conflict', { xapp: 'one', other: 'two', nodeId: 'du-1', text: 'why' });
    ric.parts.tell('gap', { nodeId: 'du-1', level: 'cell', periodMs: 100, missed: 2, beforeMs: 900 });
    ric.parts.tell('policy', { policyId: 'p', enforceStatus: 'ENFORCED' });
    expect(ric.heard()).toEqual([
      { type: 'node', data: expect.objectContaining({ event: 'connected', state: 'connected' }) as object },
      { type: 'node', data: expect.objectContaining({ event: 'lost', state: 'disconnected' }) as object },
      { type: 'xapp', data: { event: 'deployed', xapp: 'one', version: '1.0.0' } },
      {
        type: 'effect',
        data: { xapp: 'one', controlId: 'c', nodeId: 'du-1', delayMs: 100, cause: 'capped' },
      },
      { type: 'conflict', data: { xapp: 'one', other: 'two', nodeId: 'du-1', text: 'why' } },
      {
        type: 'indication-gap',
        data: { nodeId: 'du-1', level: 'cell', periodMs: 100, missed: 2, beforeMs: 900 },
      },
      { type: 'policy', data: { policyId: 'p', enforceStatus: 'ENFORCED' } },
    ]);
  });

  it('is the KPIs of each slice once a second, from the reports that the RIC asks for', () => {
    const ric = new FakeParts({ types: ['kpi'] });
    for (const timeMs of [100, 200]) ric.parts.tell('report', report(timeMs));
    ric.parts.tell('report', report(100, { nodeId: 'du-2' }));
    ric.parts.tell('report', report(100, { nodeId: 'du-3', measurements: ['RRU.PrbTotDl'] }));
    const told = ric.heard();
    expect(told.map(({ data }) => data)).toMatchObject([
      { nodeId: 'du-1', slice: '1', timeMs: 100, periodMs: 100, values: { 'RRU.PrbUsedDl': 7 } },
      { nodeId: 'du-2' },
    ]);
    ric.timers.advance(900);
    ric.parts.tell('report', report(1_100));
    expect(ric.heard()).toMatchObject([{ data: { timeMs: 1_100 } }]);
    expect(ric.statuses).toBe(0);
  });

  it('is each step of controls, in short, and nobody watches them for nobody', () => {
    const ric = new FakeParts({ types: ['kpi'] });
    expect(ric.watcher).toBeUndefined();
    const heard = new FakeParts({ types: ['control'] });
    const about = { controlId: 'c', xapp: 'one', nodeId: 'du-1' };
    const ratios = [{ snssai, minRatio: 30, maxRatio: 100, dedicatedRatio: 0 }];
    heard.watcher?.({ ...about, stage: 'asked', control: { kind: 'slice-quota', ratios } });
    const weights = [1, 2].map((ueId) => ({ ueId, weight: 1 }));
    const control = { kind: 'ue-weights' as const, slices: [{ snssai, weights }] };
    heard.watcher?.({ ...about, stage: 'answered', control, outcome: 'acknowledged', latencyMs: 2 });
    expect(heard.heard().map(({ data }) => data)).toEqual([
      {
        ...about,
        stage: 'asked',
        kind: 'slice-quota',
        slices: [{ slice: '1', minRatio: 30, maxRatio: 100, dedicatedRatio: 0 }],
      },
      {
        ...about,
        stage: 'answered',
        outcome: 'acknowledged',
        latencyMs: 2,
        kind: 'ue-weights',
        slices: [{ slice: '1', ues: 2 }],
      },
    ]);
    heard.feed.close();
    expect(heard.watcher).toBeUndefined();
  });
});
