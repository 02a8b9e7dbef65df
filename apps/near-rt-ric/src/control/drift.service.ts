import { RIC_NAME, type ControlKind } from '@ricochet/contracts';
import { formatSNssai, type MeasurementReport } from '@ricochet/ran-types';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { RIC_CONFIG, type RicConfig } from '../ric.config.js';
import { IndicationService } from '../subscriptions/indication.service.js';
import { ConflictService } from './conflict.service.js';
import { ControlService, type AcknowledgedControl } from './control.service.js';
import { AFTER_MS, BEFORE_MS, KpiHistory } from './kpi-history.js';
import { XAppStandings } from './xapp-standings.service.js';

/** So long after the time that is looked at the reports of its last second are there. */
const SLACK_MS = 2_000;

/** An xApp at work at a node. Times are simulation time. */
interface Activity {
  readonly xapp: string;
  readonly control: ControlKind;
  readonly beganAtMs: number;
  lastAtMs: number;
  isJudged: boolean;
}

interface WatchedNode {
  /** By xApp and kind. */
  readonly activities: Map<string, Activity>;
  readonly series: Map<
    string,
    { readonly slice: string; readonly kpi: string; readonly history: KpiHistory }
  >;
}

/**
 * Reports implicit conflicts: a slice's KPI is another one since an xApp began to act that does not say that it moves
 * it. Each start of an xApp at a node is judged once. Nothing is done about it.
 */
@Injectable()
export class DriftService implements OnModuleInit {
  private readonly nodes = new Map<string, WatchedNode>();

  constructor(
    private readonly indications: IndicationService,
    private readonly controls: ControlService,
    private readonly conflicts: ConflictService,
    private readonly standings: XAppStandings,
    @Inject(RIC_CONFIG) private readonly config: RicConfig,
  ) {}

  onModuleInit(): void {
    if (this.config.RICOCHET_CONFLICTS.driftKpis.length === 0) return;
    this.controls.onAcknowledged((control) => this.acted(control));
    this.indications.onReport((report) => this.take(report));
  }

  private acted({ nodeId, xapp, control: { kind }, atMs }: AcknowledgedControl): void {
    if (xapp === RIC_NAME) return;
    const { activities } = this.node(nodeId);
    const key = `${xapp} ${kind}`;
    const known = activities.get(key);
    // What it is held against must be without it.
    const goesOn = known !== undefined && atMs >= known.lastAtMs && atMs - known.lastAtMs < BEFORE_MS;
    if (goesOn) known.lastAtMs = atMs;
    else activities.set(key, { xapp, control: kind, beganAtMs: atMs, lastAtMs: atMs, isJudged: false });
  }

  private take({ nodeId, level, timeMs, measurements, rows }: MeasurementReport): void {
    if (level !== 'slice') return;
    const node = this.node(nodeId);
    for (const kpi of this.config.RICOCHET_CONFLICTS.driftKpis) {
      const column = measurements.indexOf(kpi);
      if (column < 0) continue;
      for (const { snssai, values } of rows) {
        const value = values[column];
        if (snssai === undefined || typeof value !== 'number') continue;
        const slice = formatSNssai(snssai);
        let one = node.series.get(`${slice} ${kpi}`);
        if (one === undefined) {
          node.series.set(`${slice} ${kpi}`, (one = { slice, kpi, history: new KpiHistory() }));
        }
        one.history.take(value, timeMs);
      }
    }
    for (const activity of node.activities.values()) {
      if (activity.isJudged || timeMs < activity.beganAtMs + AFTER_MS + SLACK_MS) continue;
      activity.isJudged = true;
      this.judge(activity, { nodeId, timeMs, ...node });
    }
  }

  private judge(
    { xapp, control, beganAtMs }: Activity,
    { nodeId, timeMs, series }: WatchedNode & { nodeId: string; timeMs: number },
  ): void {
    const { priority, influences } = this.standings.of(xapp);
    for (const { slice, kpi, history } of series.values()) {
      if (influences[control]?.includes(kpi)) continue;
      const shift = history.shiftAt(beganAtMs);
      if (shift === undefined) continue;
      const [from, to] = [shift.fromMean, shift.toMean].map((mean) => mean.toPrecision(3));
      this.conflicts.decide({
        kind: 'implicit',
        decision: 'drift',
        nodeId,
        control,
        slices: [slice],
        atMs: timeMs,
        xapp,
        priority,
        text:
          `${kpi} of slice ${slice} drifts from ${from} to ${to} in the ${AFTER_MS / 1_000} s since ${xapp} began ` +
          `at ${beganAtMs} ms`,
      });
    }
  }

  private node(nodeId: string): WatchedNode {
    let node = this.nodes.get(nodeId);
    if (node === undefined) this.nodes.set(nodeId, (node = { activities: new Map(), series: new Map() }));
    return node;
  }
}
