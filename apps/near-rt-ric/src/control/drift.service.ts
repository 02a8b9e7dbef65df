import { type ControlKind } from '@ricochet/contracts';
import { formatSNssai, type MeasurementReport } from '@ricochet/ran-types';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { RIC_CONFIG, type RicConfig } from '../ric.config.js';
import { IndicationService } from '../subscriptions/indication.service.js';
import { ConflictService } from './conflict.service.js';
import { ControlService, type AcknowledgedControl } from './control.service.js';
import { DriftDetector, type Drift } from './drift-detector.js';
import { RIC_SUBSCRIBER } from './own-reports.service.js';
import { XAppStandings } from './xapp-standings.service.js';

/** An xApp that sets nothing for so long has ceased to, simulation time; a drift that is its own begins as soon. */
const EPISODE_MS = 2_000;

/** An xApp at work at a node. */
interface Activity {
  readonly xapp: string;
  readonly control: ControlKind;
  readonly beganAtMs: number;
  lastAtMs: number;
}

/**
 * Reports implicit conflicts: a slice's KPI drifts when an xApp has begun to act that does not say that it moves
 * it. Nothing is done about it.
 */
@Injectable()
export class DriftService implements OnModuleInit {
  private readonly detectors = new Map<string, DriftDetector>();
  /** By node, then by xApp and kind. */
  private readonly activities = new Map<string, Map<string, Activity>>();

  constructor(
    private readonly indications: IndicationService,
    private readonly controls: ControlService,
    private readonly conflicts: ConflictService,
    private readonly standings: XAppStandings,
    @Inject(RIC_CONFIG) private readonly config: RicConfig,
  ) {}

  onModuleInit(): void {
    this.controls.onAcknowledged((control) => this.acted(control));
    this.indications.onReport((report) => this.take(report));
  }

  private acted({ nodeId, xapp, control: { kind }, atMs }: AcknowledgedControl): void {
    if (xapp === RIC_SUBSCRIBER) return;
    const ofNode = this.activities.get(nodeId) ?? new Map<string, Activity>();
    this.activities.set(nodeId, ofNode);
    const key = `${xapp} ${kind}`;
    const known = ofNode.get(key);
    const goesOn = known !== undefined && atMs >= known.lastAtMs && atMs - known.lastAtMs < EPISODE_MS;
    if (goesOn) known.lastAtMs = atMs;
    else ofNode.set(key, { xapp, control: kind, beganAtMs: atMs, lastAtMs: atMs });
  }

  private take({ nodeId, level, periodMs, timeMs, measurements, rows }: MeasurementReport): void {
    if (level !== 'slice') return;
    for (const kpi of this.config.RICOCHET_CONFLICTS.driftKpis) {
      const column = measurements.indexOf(kpi);
      if (column < 0) continue;
      for (const { snssai, values } of rows) {
        const value = values[column];
        if (snssai === undefined || typeof value !== 'number') continue;
        const slice = formatSNssai(snssai);
        const drift = this.detectorOf(`${nodeId} ${slice} ${kpi} ${periodMs}`).take(value, timeMs);
        if (drift !== undefined) this.report(drift, { nodeId, slice, kpi, timeMs });
      }
    }
  }

  private report(
    { sinceMs, fromMean, toMean }: Drift,
    { nodeId, slice, kpi, timeMs }: { nodeId: string; slice: string; kpi: string; timeMs: number },
  ): void {
    for (const { xapp, control, beganAtMs } of this.activities.get(nodeId)?.values() ?? []) {
      const { priority, influences } = this.standings.of(xapp);
      const isKnown = influences[control]?.includes(kpi) ?? false;
      if (isKnown || beganAtMs > timeMs || beganAtMs < sinceMs - EPISODE_MS) continue;
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
          `${kpi} of slice ${slice} drifts from ${fromMean.toPrecision(3)} to ${toMean.toPrecision(3)} since ` +
          `${sinceMs} ms; ${xapp} began at ${beganAtMs} ms`,
      });
    }
  }

  private detectorOf(key: string): DriftDetector {
    let detector = this.detectors.get(key);
    if (detector === undefined) this.detectors.set(key, (detector = new DriftDetector()));
    return detector;
  }
}
