import {
  type KpiName,
  type MeasurementReport,
  sliceTypeOf,
  type SliceType,
  type SNssai,
} from '@ricochet/ran-types';
import { ReportReader } from './report-reader.js';

/** What a slice controller subscribes to at slice level, every 100 ms. */
export const SLICE_MEASUREMENTS = [
  'RCT.QosDl',
  'RRC.ConnMean',
  'RCT.RrmPolicyMinDl',
  'RCT.OfferedVolumeDl',
  'DRB.PdcpSduVolumeDL',
  'RCT.BufferDl',
  'RCT.PrbNeedArrivalDl',
  'RCT.PrbNeedBacklogDl',
] as const satisfies readonly KpiName[];

/** The carrier that needs are measured against. */
export interface Carrier {
  readonly prbs: number;
  readonly slotMs: number;
}

/** 100 PRBs of 200 kHz, slots of 1 ms: Table 1 of the core paper. */
export const PAPER_CARRIER: Carrier = { prbs: 100, slotMs: 1 };

/** One slice of one DU over the last report period. Needs are shares of the carrier and may exceed 1. */
export interface SliceObservation {
  readonly snssai: SNssai;
  /** By standardised SST; a slice with another SST is best effort, as eMBB. */
  readonly type: SliceType;
  /** Slice quality in 0..1; 1 where nothing could be judged. */
  readonly qos: number;
  readonly connectedUes: number;
  /** The share that was in force, 0..1. */
  readonly quota: number;
  readonly offeredKbit: number;
  readonly deliveredKbit: number;
  readonly bufferKbit: number;
  /** Share that would carry arrivals like those of the period; 0 without a measurement. */
  readonly arrivalNeed: number;
  /** Share that would empty the buffers within one period; 0 without a measurement. */
  readonly backlogNeed: number;
}

/**
 * The slices of a slice-level report, in its order.
 *
 * @throws ObservationError naming a missing measurement, or when the report has another level.
 */
export function observeSlices(report: MeasurementReport, carrier = PAPER_CARRIER): SliceObservation[] {
  const reader = new ReportReader(report, 'slice', SLICE_MEASUREMENTS);
  const slots = report.periodMs / carrier.slotMs;
  const qos = reader.of('RCT.QosDl', 1);
  const connectedUes = reader.of('RRC.ConnMean', 0);
  const quotaPercent = reader.of('RCT.RrmPolicyMinDl', 0);
  const offeredKbit = reader.of('RCT.OfferedVolumeDl', 0);
  const deliveredKbit = reader.of('DRB.PdcpSduVolumeDL', 0);
  const bufferBytes = reader.of('RCT.BufferDl', 0);
  const arrivalPrbs = reader.of('RCT.PrbNeedArrivalDl', 0);
  const backlogPrbs = reader.of('RCT.PrbNeedBacklogDl', 0);
  return report.rows.map((row) => {
    const snssai = reader.snssai(row);
    return {
      snssai,
      type: sliceTypeOf(snssai) ?? 'eMBB',
      qos: qos(row),
      connectedUes: connectedUes(row),
      quota: quotaPercent(row) / 100,
      offeredKbit: offeredKbit(row),
      deliveredKbit: deliveredKbit(row),
      bufferKbit: (bufferBytes(row) * 8) / 1000,
      arrivalNeed: arrivalPrbs(row) / carrier.prbs,
      backlogNeed: backlogPrbs(row) / (carrier.prbs * slots),
    };
  });
}
