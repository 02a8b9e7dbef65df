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

/**
 * Lets something happen in the simulated network now: an event as the scenario file spells it, without `at`. Refused in
 * words when it is none, or when the run is in lockstep.
 */
export const simulationInject = request('sim.inject', {
  request: z.strictObject({ event: z.record(z.string(), z.unknown()) }),
  reply: z.strictObject({
    /** The event in words. */
    text: z.string(),
    /** When it was played, simulation time. */
    timeMs: z.number(),
  }),
});

/** Somebody looks at where UEs are: positions are told for a few seconds from now. */
export const positionsWanted = event('sim.positions.wanted', z.strictObject({}));

const integers = z.custom<readonly number[]>(
  // By hand, as there may be thousands.
  (values) => Array.isArray(values) && values.every(Number.isInteger),
  { error: 'expected whole numbers' },
);

/** Where cells and connected UEs are, in metres: an entry a cell, or a UE. Told while it is wanted. */
export const simulationPositions = event(
  'sim.positions',
  z.strictObject({
    runId: z.string(),
    timeMs: z.number(),
    layout: z.enum(['hexagonal', 'grid']),
    interSiteDistanceM: z.number(),
    nodeIds: z.array(z.string()),
    siteXM: integers,
    siteYM: integers,
    /** Of each UE, the same for its life. */
    ueIds: integers,
    xM: integers,
    yM: integers,
    /** Index of the serving cell, in `nodeIds`. */
    cell: integers,
    /** SST of the slice. */
    sst: integers,
  }),
);
export type SimulationPositions = z.infer<typeof simulationPositions.schema>;
