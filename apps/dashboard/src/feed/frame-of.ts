import { type SimulationSample, type SliceSample } from '@ricochet/contracts';
import { SLICE_COLUMNS, type Frame, type RunInfo, type SliceColumn } from './frame.js';

const DIGITS = 4;

/** A sample of the simulator, as the page is told it. */
export function frameOf(sample: SimulationSample): Frame {
  const { index, timeMs, realTimeFactor, connectedNodes, loopLatency, counts, nodes } = sample;
  const { count, p50Ms, p90Ms, p99Ms, maxMs } = loopLatency;
  return {
    index,
    timeMs,
    realTimeFactor: rounded(realTimeFactor),
    connected: connectedNodes,
    latency: [count, ...[p50Ms, p90Ms, p99Ms, maxMs].map(rounded)],
    counts: [counts.indications, counts.controlsApplied, counts.controlsFailed],
    nodes: nodes.map(({ active, prbUsed, prbAvailable, slices }) => [
      Number(active),
      rounded(prbUsed),
      prbAvailable,
      ...slices.flatMap((slice) => SLICE_COLUMNS.map((column) => valueOf(slice, column))),
    ]),
  };
}

/** What of a sample stays the same in a run. */
export function runInfoOf({ run, nodes }: SimulationSample): RunInfo {
  const { runId, scenario, seed, mode, speed, controller } = run;
  return {
    ...{ runId, scenario, seed, mode, speed, controller },
    nodeIds: nodes.map(({ nodeId }) => nodeId),
    slices: nodes[0]?.slices.map(({ snssai }) => snssai.sst) ?? [],
  };
}

function valueOf(slice: SliceSample, column: SliceColumn): number | null {
  const value = slice[column];
  return value === null ? null : rounded(Number(value));
}

/** More digits than a screen shows are only bytes. */
function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(DIGITS));
}
