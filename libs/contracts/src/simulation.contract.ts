import { z } from 'zod';
import { event, request } from './contract.js';
import { sNssaiSchema } from './ran.schema.js';

/**
 * Asked by the simulator before the first slot of a lockstep run, and when nodes came or went: has everybody come who
 * will decide, and is it known who has gone?
 */
export const lockstepReady = request('ric.lockstep.ready', {
  request: z.strictObject({
    /** Nodes that connect, or are connected. */
    nodes: z.array(z.string()),
    /** Nodes that are disconnected on purpose. */
    gone: z.array(z.string()),
  }),
  reply: z.strictObject({ waitingFor: z.array(z.string()) }),
});

/**
 * Asked by the simulator after the indications of one instant, answered when all of them have come, every handler has
 * settled and every control has been answered. `missing` names who had not settled when the RIC's patience ended.
 */
export const lockstepPeriod = request('ric.lockstep.period', {
  request: z.strictObject({
    timeMs: z.number(),
    timeoutMs: z.number(),
    /** Indications that each connected node has sent since its set-up: only over NATS do they come before this. */
    indications: z.record(z.string(), z.int().nonnegative()),
  }),
  reply: z.strictObject({ missing: z.array(z.string()) }),
});

const latencySchema = z.strictObject({
  count: z.int(),
  p50Ms: z.number(),
  p90Ms: z.number(),
  p99Ms: z.number(),
  maxMs: z.number(),
});
export type LatencySummary = z.infer<typeof latencySchema>;

const runSchema = z.strictObject({
  runId: z.string(),
  scenario: z.string(),
  seed: z.int(),
  mode: z.enum(['real-time', 'lockstep']),
  speed: z.number(),
  configHash: z.string(),
  controller: z.string(),
  startedAtMs: z.number(),
});
export type RunDescription = z.infer<typeof runSchema>;

const kpi = z.number().nullable();

const sliceSampleSchema = z.strictObject({
  snssai: sNssaiSchema,
  ues: z.number(),
  offeredKbit: z.number(),
  deliveredKbit: z.number(),
  /** Delivered of what was there to deliver: the backlog at the start of the period and the arrivals. */
  servedShare: z.number(),
  prbUsed: z.number(),
  ueThpKbps: kpi,
  delayMeanMs: kpi,
  delayP99Ms: kpi,
  delayMaxMs: kpi,
  dropRate: z.number(),
  bufferBytes: z.number(),
  qos: z.number(),
  minRatio: z.number(),
  maxRatio: z.number(),
  slaMet: z.boolean(),
});
export type SliceSample = z.infer<typeof sliceSampleSchema>;

const nodeSampleSchema = z.strictObject({
  nodeId: z.string(),
  active: z.boolean(),
  prbUsed: z.number(),
  prbAvailable: z.number(),
  slices: z.array(sliceSampleSchema),
});
export type NodeSample = z.infer<typeof nodeSampleSchema>;

const countsSchema = z.strictObject({
  indications: z.int(),
  controlsApplied: z.int(),
  controlsFailed: z.int(),
});
export type SimulationCounts = z.infer<typeof countsSchema>;

/** What the network did in one KPI period of 100 ms; `index` counts the periods of the run from 0. */
export const simulationSample = event(
  'sim.sample',
  z.strictObject({
    run: runSchema,
    index: z.int(),
    timeMs: z.number(),
    /** Simulated over wall time, of late. */
    realTimeFactor: z.number(),
    connectedNodes: z.int(),
    nodes: z.array(nodeSampleSchema),
    events: z.array(z.string()),
    counts: countsSchema,
    /** From an indication sent to the control that answers it applied. */
    loopLatency: latencySchema,
  }),
);
export type SimulationSample = z.infer<typeof simulationSample.schema>;

/** The end of a run. */
export const simulationFinished = event(
  'sim.finished',
  z.strictObject({
    run: runSchema,
    timeMs: z.number(),
    samples: z.int(),
    wallMs: z.number(),
    /** Of it, after the warm-up. */
    measuredWallMs: z.number(),
    /** SHA-256 over every KPI value of every cell, slice and UE, in order; in lockstep alone. */
    kpiHash: z.string().nullable(),
    /** Served and offered bits of every UE since the warm-up, by node. */
    ues: z.array(
      z.strictObject({
        nodeId: z.string(),
        snssai: sNssaiSchema,
        servedBits: z.number(),
        offeredBits: z.number(),
      }),
    ),
    counts: countsSchema,
    loopLatency: latencySchema,
    /** Why the run ended before its time; absent when it did not. */
    fault: z.string().optional(),
  }),
);
export type SimulationFinished = z.infer<typeof simulationFinished.schema>;
