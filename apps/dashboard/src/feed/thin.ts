import { NODE_COLUMNS, SLICE_COLUMNS, type Frame, type Row } from './frame.js';

/** What the largest value stands for, not the mean. */
const LARGEST: ReadonlySet<string> = new Set(['delayP99Ms']);

/** One frame for several that follow each other: means of what was measured, of the 99th percentiles the largest. */
export function thin(frames: readonly [Frame, ...Frame[]]): Frame {
  const last = frames[frames.length - 1] as Frame;
  return { ...last, nodes: last.nodes.map((row, node) => thinRow(row, frames, node)) };
}

function thinRow(row: Row, frames: readonly Frame[], node: number): Row {
  return row.map((_, column) => {
    const values = frames.map(({ nodes }) => nodes[node]?.[column] ?? null).filter((value) => value !== null);
    if (values.length === 0) return null;
    if (LARGEST.has(nameOf(column))) return Math.max(...values);
    return Number((values.reduce((sum, value) => sum + value, 0) / values.length).toPrecision(4));
  });
}

function nameOf(column: number): string {
  const ofSlices = column - NODE_COLUMNS.length;
  return ofSlices < 0 ? (NODE_COLUMNS[column] ?? '') : (SLICE_COLUMNS[ofSlices % SLICE_COLUMNS.length] ?? '');
}
