import { type MeasurementReport, type RrmPolicyRatio } from '@ricochet/ran-types';
import { type IndicationService } from '../subscriptions/indication.service.js';

export const NODE = 'gnb-001-01-1-du-1';

/** Reports from nowhere. */
export class FakeIndications {
  private readonly listeners: ((report: MeasurementReport) => void)[] = [];

  get service(): IndicationService {
    return { onReport: (listener: never) => this.listeners.push(listener) } as unknown as IndicationService;
  }

  report(report: MeasurementReport): void {
    for (const listener of this.listeners) listener(report);
  }
}

/** The quota of slice 1, of which the maximum is 100 %. */
export const quotaOf = (minRatio: number): RrmPolicyRatio => ({
  snssai: { sst: 1 },
  minRatio,
  maxRatio: 100,
  dedicatedRatio: 0,
});

/** A report of slice 1 alone: with a quota in force, half the PRBs in use, nothing that waits, and a quality. */
export function sliceReport(timeMs: number, minRatio: number, qos = 1): MeasurementReport {
  return {
    nodeId: NODE,
    level: 'slice',
    timeMs,
    periodMs: 100,
    measurements: [
      'RCT.RrmPolicyMinDl',
      'RCT.RrmPolicyMaxDl',
      'RCT.RrmPolicyDedicatedDl',
      'RRU.PrbUsedDl',
      'RCT.BufferDl',
      'RCT.QosDl',
    ],
    rows: [{ snssai: { sst: 1 }, values: [minRatio, 100, 0, 50, 0, qos] }],
  };
}
