import {
  NODE_COLUMNS,
  placeOf,
  type Frame,
  type NodeColumn,
  type Row,
  type SliceColumn,
} from '../../../src/feed/frame.js';

/** A KPI period. */
const PERIOD_S = 0.1;
const KILO = 1_000;

/** How the values of several nodes become one. */
const JOINT: Readonly<Record<SliceColumn, 'sum' | 'mean' | 'max' | 'weighted'>> = {
  ues: 'sum',
  offeredKbit: 'sum',
  deliveredKbit: 'sum',
  servedShare: 'mean',
  prbUsed: 'sum',
  delayMeanMs: 'weighted',
  delayP99Ms: 'max',
  dropRate: 'mean',
  bufferBytes: 'sum',
  qos: 'mean',
  minRatio: 'mean',
  maxRatio: 'mean',
  slaMet: 'mean',
};

/** One slice at one node, or at all of them when `node` is `null`. */
export interface Place {
  readonly node: number | null;
  readonly slice: number;
}

/** Of all nodes, by place in a row: charts ask for the same frames again and again. */
const joints = new WeakMap<Frame, (number | null | undefined)[]>();

/** A value of a frame; `null` where nothing was measured. */
export function valueAt(frame: Frame, { node, slice }: Place, column: SliceColumn): number | null {
  const place = placeOf(slice, column);
  if (node !== null) return frame.nodes[node]?.[place] ?? null;
  let known = joints.get(frame);
  if (known === undefined) joints.set(frame, (known = []));
  return (known[place] ??= jointValue(frame, slice, column));
}

function jointValue(frame: Frame, slice: number, column: SliceColumn): number | null {
  const place = placeOf(slice, column);
  const delivered = placeOf(slice, 'deliveredKbit');
  const how = JOINT[column];
  let sum = 0;
  let weights = 0;
  let max = -Infinity;
  for (const row of frame.nodes) {
    const value = row[place];
    if (value === null || value === undefined) continue;
    const weight = how === 'weighted' ? (row[delivered] ?? 0) : 1;
    sum += value * weight;
    weights += weight;
    max = Math.max(max, value);
  }
  if (weights === 0) return null;
  if (how === 'max') return max;
  return how === 'sum' ? sum : sum / weights;
}

export function nodeValue(row: Row | undefined, column: NodeColumn): number {
  return row?.[NODE_COLUMNS.indexOf(column)] ?? 0;
}

/** PRBs that there are at a node, or at all. */
function prbsAt(frame: Frame, node: number | null): number {
  if (node !== null) return nodeValue(frame.nodes[node], 'prbAvailable');
  return frame.nodes.reduce((sum, row) => sum + nodeValue(row, 'prbAvailable'), 0);
}

/** Share of the PRBs that a slice uses, in percent. */
export function usedPercent(frame: Frame, place: Place): number | null {
  const used = valueAt(frame, place, 'prbUsed');
  const available = prbsAt(frame, place.node);
  return used === null || available === 0 ? null : (100 * used) / available;
}

/** Mbit/s of a column of kbit a period. */
export function mbps(frame: Frame, place: Place, column: 'offeredKbit' | 'deliveredKbit'): number | null {
  const kbit = valueAt(frame, place, column);
  return kbit === null ? null : kbit / PERIOD_S / KILO;
}
