import { formatSNssai, type KpiName, type MeasurementReport } from '@ricochet/ran-types';
import { Store } from '@ricochet/store';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { QUOTA_EFFECT_MEASUREMENTS } from '../control/quota-effect.js';
import { IndicationService } from '../subscriptions/indication.service.js';
import { RunRecorder } from './run-recorder.service.js';

/** Keeps the slice-level series that the RIC itself subscribes to. */
@Injectable()
export class KpiRecorder implements OnModuleInit {
  constructor(
    private readonly indications: IndicationService,
    private readonly store: Store,
    private readonly runs: RunRecorder,
  ) {}

  onModuleInit(): void {
    this.indications.onReport((report) => {
      if (isOwnSliceReport(report)) this.record(report);
    });
  }

  private record(report: MeasurementReport): void {
    const { nodeId, timeMs } = report;
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
