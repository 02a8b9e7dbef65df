/*
 * What the page is told, in its own words: it shares this file with the gateway. Tables travel as rows of numbers, since
 * ten of them a second are kept for minutes.
 */

/** Columns of a slice's part of a node's row. */
export const SLICE_COLUMNS = [
  'ues',
  'offeredKbit',
  'deliveredKbit',
  'servedShare',
  'prbUsed',
  'delayMeanMs',
  'delayP99Ms',
  'dropRate',
  'bufferBytes',
  'qos',
  'minRatio',
  'maxRatio',
  /** 1 when the SLA was met, 0 when not; a thinned frame's is the share of its periods. */
  'slaMet',
] as const;
export type SliceColumn = (typeof SLICE_COLUMNS)[number];

/** Columns before those of the slices. */
export const NODE_COLUMNS = ['active', 'prbUsed', 'prbAvailable'] as const;
export type NodeColumn = (typeof NODE_COLUMNS)[number];

/** A KPI period; `null` where there was nothing to measure. */
export type Row = readonly (number | null)[];

/** The network in one KPI period, or in some of them. */
export interface Frame {
  /** Of the run's periods, the last one in it. */
  readonly index: number;
  readonly timeMs: number;
  readonly realTimeFactor: number;
  readonly connected: number;
  /** count, p50, p90, p99, max in ms. */
  readonly latency: readonly number[];
  /** indications, controls applied, controls failed, since the run began. */
  readonly counts: readonly number[];
  /** A row a node. */
  readonly nodes: readonly Row[];
}

/** What does not change in a run. */
export interface RunInfo {
  readonly runId: string;
  readonly scenario: string;
  readonly seed: number;
  readonly mode: 'real-time' | 'lockstep';
  readonly speed: number;
  readonly controller: string;
  readonly nodeIds: readonly string[];
  /** SST of the slices, in the order of the rows. */
  readonly slices: readonly number[];
}

/** Something that happened. */
export interface LogEntry {
  readonly id: number;
  /** Simulation time, as far as it is known. */
  readonly timeMs: number | null;
  readonly kind: 'event' | 'conflict' | 'ric' | 'learning' | 'run';
  readonly serious: boolean;
  readonly text: string;
}

/** Place of a column in a row. */
export function placeOf(slice: number, column: SliceColumn): number {
  return NODE_COLUMNS.length + slice * SLICE_COLUMNS.length + SLICE_COLUMNS.indexOf(column);
}

/** Names of the stream's messages. */
export const STREAM = ['run', 'frame', 'positions', 'ric', 'nonrt', 'round', 'log', 'gap', 'beat'] as const;
export type StreamName = (typeof STREAM)[number];
