import type { ConflictRecord } from './conflict-records.js';
import type { ContributionRecord } from './learning-records.js';
import type { ControlRecord, EffectRecord, KpiRecord } from './records.js';

/** What a column of a series can hold on every driver. */
export type SqlValue = string | number | boolean | null;

/** The tables that grow with time. */
export type SeriesName = 'control' | 'effect' | 'conflict' | 'kpi' | 'contribution';

export const SERIES_NAMES: readonly SeriesName[] = ['control', 'effect', 'conflict', 'kpi', 'contribution'];

/** One row on its way to the disk: its values in the order of {@link SERIES_LAYOUT}'s columns. */
export interface SeriesRow {
  readonly series: SeriesName;
  readonly values: readonly SqlValue[];
}

/** Rows of one series, their values one after the other: the form that is cheapest to hand to a thread. */
export interface SeriesBatch {
  readonly series: SeriesName;
  readonly values: readonly SqlValue[];
}

/** Table and columns of each series, `id` apart, which the database gives. */
export const SERIES_LAYOUT = {
  control: {
    table: 'control',
    columns: [
      'controlId',
      'runId',
      'xapp',
      'nodeId',
      'kind',
      'asked',
      'simTimeMs',
      'requestedAtMs',
      'outcome',
      'cause',
      'ackLatencyMs',
      'recordedAtMs',
    ],
  },
  effect: {
    table: 'control_effect',
    columns: [
      'controlId',
      'effective',
      'achieved',
      'reason',
      'measuredAtSimMs',
      'delayMs',
      'cause',
      'recordedAtMs',
    ],
  },
  conflict: {
    table: 'conflict',
    columns: [
      'runId',
      'kind',
      'decision',
      'nodeId',
      'control',
      'slices',
      'simTimeMs',
      'xapp',
      'priority',
      'other',
      'otherPriority',
      'untilMs',
      'controlId',
      'text',
      'recordedAtMs',
    ],
  },
  kpi: {
    table: 'kpi_sample',
    columns: [
      'runId',
      'nodeId',
      'slice',
      'simTimeMs',
      'deliveredKbit',
      'offeredKbit',
      'prbUsed',
      'delayMeanMs',
      'delayP99Ms',
      'delayMaxMs',
      'bufferBytes',
      'qos',
      'minRatio',
      'maxRatio',
      'recordedAtMs',
    ],
  },
  contribution: {
    table: 'contribution',
    columns: [
      'level',
      'round',
      'nodeId',
      'modelVersion',
      'tdVariance',
      'weight',
      'supportSamples',
      'querySamples',
      'meanReward',
      'outcome',
      'receivedAtMs',
      'recordedAtMs',
    ],
  },
} as const satisfies Record<SeriesName, { table: string; columns: readonly string[] }>;

/** The row of a control; `recordedAtMs` is the wall clock, epoch ms. */
export function controlRow(record: ControlRecord, recordedAtMs: number): SeriesRow {
  return {
    series: 'control',
    values: [
      record.controlId,
      record.runId ?? null,
      record.xapp,
      record.nodeId,
      record.kind,
      JSON.stringify(record.asked),
      record.simTimeMs,
      record.requestedAtMs,
      record.outcome,
      record.cause ?? null,
      record.ackLatencyMs ?? null,
      recordedAtMs,
    ],
  };
}

/** The row of an effect; `recordedAtMs` is the wall clock, epoch ms. */
export function effectRow(record: EffectRecord, recordedAtMs: number): SeriesRow {
  return {
    series: 'effect',
    values: [
      record.controlId,
      record.effective,
      JSON.stringify(record.achieved),
      record.reason ?? null,
      record.measuredAtSimMs,
      record.delayMs ?? null,
      record.cause ?? null,
      recordedAtMs,
    ],
  };
}

/** The row of a conflict; `recordedAtMs` is the wall clock, epoch ms. */
export function conflictRow(record: ConflictRecord, recordedAtMs: number): SeriesRow {
  return {
    series: 'conflict',
    values: [
      record.runId ?? null,
      record.kind,
      record.decision,
      record.nodeId,
      record.control,
      JSON.stringify(record.slices),
      record.simTimeMs,
      record.xapp,
      record.priority,
      record.other ?? null,
      record.otherPriority ?? null,
      record.untilMs ?? null,
      record.controlId ?? null,
      record.text,
      recordedAtMs,
    ],
  };
}

/** The row of a KPI sample; `recordedAtMs` is the wall clock, epoch ms. */
export function kpiRow(record: KpiRecord, recordedAtMs: number): SeriesRow {
  return {
    series: 'kpi',
    values: [
      record.runId ?? null,
      record.nodeId,
      record.slice,
      record.simTimeMs,
      record.deliveredKbit,
      record.offeredKbit,
      record.prbUsed,
      record.delayMeanMs,
      record.delayP99Ms,
      record.delayMaxMs,
      record.bufferBytes,
      record.qos,
      record.minRatio,
      record.maxRatio,
      recordedAtMs,
    ],
  };
}

/** The row of a contribution; `recordedAtMs` is the wall clock, epoch ms. */
export function contributionRow(record: ContributionRecord, recordedAtMs: number): SeriesRow {
  return {
    series: 'contribution',
    values: [
      record.level,
      record.round,
      record.nodeId,
      record.modelVersion,
      record.tdVariance,
      record.weight,
      record.supportSamples,
      record.querySamples,
      record.meanReward ?? null,
      record.outcome,
      record.receivedAtMs,
      recordedAtMs,
    ],
  };
}

/** Sorts rows into one batch a series, their order kept; NaN and infinite values become `null` on every driver. */
export function batchesOf(rows: readonly SeriesRow[]): SeriesBatch[] {
  const values: Record<SeriesName, SqlValue[]> = {
    control: [],
    effect: [],
    conflict: [],
    kpi: [],
    contribution: [],
  };
  for (const row of rows) {
    const ofSeries = values[row.series];
    for (const value of row.values) ofSeries.push(storable(value));
  }
  return SERIES_NAMES.filter((series) => values[series].length > 0).map((series) => ({
    series,
    values: values[series],
  }));
}

function storable(value: SqlValue): SqlValue {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}
