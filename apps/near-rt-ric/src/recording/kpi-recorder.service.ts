import { type SliceUse } from '@ricochet/contracts';
import { formatSNssai, type KpiName, type MeasurementReport } from '@ricochet/ran-types';
import { Store } from '@ricochet/store';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { QUOTA_EFFECT_MEASUREMENTS } from '../control/quota-effect.js';
import { type E2Node } from '../e2/e2-node.js';
import { NodeRegistry } from '../e2/node-registry.service.js';
import { IndicationService } from '../subscriptions/indication.service.js';
import { RunRecorder } from './run-recorder.service.js';

/** Keeps the slice-level series that the RIC itself subscribes to, and knows the latest of them. */
@Injectable()
export class KpiRecorder implements OnModuleInit {
  private readonly latest = new WeakMap<E2Node, MeasurementReport>();

  constructor(
    private readonly indications: IndicationService,
    private readonly store: Store,
    private readonly runs: RunRecorder,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.indications.onReport((report) => {
      if (isOwnSliceReport(report)) this.record(report);
    });
  }

  /** What its latest report says of each slice; `undefined` before the first since its set-up. */
  latestOf(node: E2Node): SliceUse[] | undefined {
    const report = this.latest.get(node);
    if (report === undefined) return undefined;
    const prbs = node.cell?.prbs;
    return report.rows.flatMap(({ snssai, values }) => {
      if (snssai === undefined) return [];
      const value = (name: KpiName): number | null => values[report.measurements.indexOf(name)] ?? null;
      const [prbUsed, kbit] = [value('RRU.PrbUsedDl'), value('DRB.PdcpSduVolumeDL')];
      return {
        of: formatSNssai(snssai),
        used: prbUsed === null || prbs === undefined ? null : prbUsed / prbs,
        deliveredKbps: kbit === null ? null : (kbit * 1_000) / report.periodMs,
        minRatio: value('RCT.RrmPolicyMinDl'),
        maxRatio: value('RCT.RrmPolicyMaxDl'),
      };
    });
  }

  private record(report: MeasurementReport): void {
    const { nodeId, timeMs } = report;
    const node = this.nodes.find(nodeId);
    if (node !== undefined) this.latest.set(node, report);
    this.store.appendKpis(
      report.rows.map(({ snssai, values }) => {
        const value = (name: KpiName): number | null => values[report.measurements.indexOf(name)] ?? null;
        return {
          runId: this.runs.runId,
          nodeId,
          slice: snssai === undefined ? '' : formatSNssai(snssai),
          simTimeMs: timeMs,
          deliveredKbit: value('DRB.PdcpSduVolumeDL'),
          offeredKbit: value('RCT.OfferedVolumeDl'),
          prbUsed: value('RRU.PrbUsedDl'),
          delayMeanMs: value('RCT.PacketDelayDl.Mean'),
          delayP99Ms: value('RCT.PacketDelayDl.P99'),
          delayMaxMs: value('RCT.PacketDelayDl.Max'),
          bufferBytes: value('RCT.BufferDl'),
          qos: value('RCT.QosDl'),
          minRatio: value('RCT.RrmPolicyMinDl'),
          maxRatio: value('RCT.RrmPolicyMaxDl'),
        };
      }),
    );
  }
}

/** Whether it is the report of slices that the RIC itself asks every node for. */
export function isOwnSliceReport({ level, measurements }: MeasurementReport): boolean {
  return (
    level === 'slice' &&
    measurements.length === QUOTA_EFFECT_MEASUREMENTS.length &&
    QUOTA_EFFECT_MEASUREMENTS.every((name, i) => measurements[i] === name)
  );
}
