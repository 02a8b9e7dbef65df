import { type RanControl } from '@ricochet/contracts';
import { type Timers } from '@ricochet/e2ap';
import { formatSNssai, type MeasurementReport } from '@ricochet/ran-types';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { A1PolicyService } from '../../a1/a1-policy.service.js';
import { ConflictService } from '../../control/conflict.service.js';
import { ControlService, type ControlProgress } from '../../control/control.service.js';
import { EffectService } from '../../control/effect.service.js';
import { type E2Node } from '../../e2/e2-node.js';
import { E2_TIMERS } from '../../e2/e2-timers.js';
import { NodeRegistry } from '../../e2/node-registry.service.js';
import { isOwnSliceReport } from '../../recording/kpi-recorder.service.js';
import { nodeStatusOf, StatusService } from '../../status/status.service.js';
import { IndicationService } from '../../subscriptions/indication.service.js';
import { XAppLifecycle } from '../../xapps/xapp-lifecycle.service.js';
import { EventFeed } from './event-feed.js';
import { type EventType } from './event-frame.js';

const TICK_MS = 1_000;

/** Where the feed's events come from. */
@Injectable()
export class EventSources implements OnModuleInit {
  /** Nodes whose KPIs have been told since the last tick. */
  private readonly kpisTold = new Set<string>();
  private cancelTick: (() => void) | undefined;

  constructor(
    private readonly feed: EventFeed,
    @Inject(E2_TIMERS) private readonly timers: Timers,
    private readonly status: StatusService,
    private readonly nodes: NodeRegistry,
    private readonly indications: IndicationService,
    private readonly lifecycle: XAppLifecycle,
    private readonly policies: A1PolicyService,
    private readonly controls: ControlService,
    private readonly effects: EffectService,
    private readonly conflicts: ConflictService,
  ) {}

  onModuleInit(): void {
    const { feed } = this;
    feed.onAudience((heard) => this.attend(heard));
    this.nodes.events
      .on('connected', (node) => this.tellNode('connected', node))
      .on('lost', (node) => this.tellNode('lost', node));
    this.lifecycle.onEvent(({ type, name, version }) => {
      feed.tell('xapp', { xapps: [name] }, () => ({ event: type, xapp: name, version }));
    });
    this.effects.onEffect((effect, xapp) => {
      feed.tell('effect', { xapps: [xapp], nodeId: effect.nodeId }, () => ({ xapp, ...effect }));
    });
    this.conflicts.onTold((conflict) => {
      const { xapp, other, nodeId } = conflict;
      feed.tell('conflict', { xapps: other === undefined ? [xapp] : [xapp, other], nodeId }, () => conflict);
    });
    this.indications.onGap((gap) => feed.tell('indication-gap', { nodeId: gap.nodeId }, () => gap));
    this.indications.onReport((report) => this.tellKpis(report));
    this.policies.onFeedback((policy) => feed.tell('policy', {}, () => policy));
  }

  private attend(heard: ReadonlySet<EventType>): void {
    this.controls.watch(heard.has('control') ? (progress) => this.tellControl(progress) : undefined);
    this.cancelTick?.();
    this.cancelTick = undefined;
    if (heard.has('status') || heard.has('kpi')) this.tick();
  }

  private tick(): void {
    this.cancelTick = this.timers.after(TICK_MS, () => this.tick());
    this.kpisTold.clear();
    if (!this.feed.isHeard('status')) return;
    const { log: _, ...status } = this.status.status();
    this.feed.tell('status', {}, () => status);
  }

  private tellNode(event: 'connected' | 'lost', node: E2Node): void {
    if (!this.feed.isHeard('node')) return;
    const status = nodeStatusOf(node);
    this.feed.tell('node', { nodeId: node.nodeId }, () => ({ event, ...status }));
  }

  private tellControl({ control, ...progress }: ControlProgress): void {
    const { xapp, nodeId } = progress;
    this.feed.tell('control', { xapps: [xapp], nodeId }, () => ({
      ...progress,
      kind: control.kind,
      slices: slicesOf(control),
    }));
  }

  private tellKpis(report: MeasurementReport): void {
    const { nodeId, timeMs, periodMs, measurements, rows } = report;
    if (!this.feed.isHeard('kpi') || this.kpisTold.has(nodeId) || !isOwnSliceReport(report)) return;
    this.kpisTold.add(nodeId);
    for (const { snssai, values } of rows) {
      if (snssai === undefined) continue;
      this.feed.tell('kpi', { nodeId }, () => ({
        nodeId,
        slice: formatSNssai(snssai),
        timeMs,
        periodMs,
        values: Object.fromEntries(measurements.map((name, i) => [name, values[i] ?? null])),
      }));
    }
  }
}

/** What is asked, in short: ratios whole, of UE weights how many UEs. */
function slicesOf(control: RanControl): object[] {
  return control.kind === 'slice-quota'
    ? control.ratios.map(({ snssai, ...ratios }) => ({ slice: formatSNssai(snssai), ...ratios }))
    : control.slices.map(({ snssai, weights }) => ({ slice: formatSNssai(snssai), ues: weights.length }));
}
