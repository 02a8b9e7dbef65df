import { z } from 'zod';
import { a1PolicyStatusSchema } from './a1.contract.js';
import { event, request, type RequestOf } from './contract.js';
import { controlShareSchema } from './control.contract.js';
import { controlKindSchema, controlOutcomeSchema } from './xapp.contract.js';

/** Of a slice at a node, over the period of its latest report; `null` where the node does not tell. */
const sliceUseSchema = z.strictObject({
  /** S-NSSAI, such as `1` or `1-0003e8`. */
  of: z.string(),
  /** Of the carrier's PRBs, 0 to 1. */
  used: z.number().nullable(),
  deliveredKbps: z.number().nullable(),
  /** The quota in force, percent. */
  minRatio: z.number().nullable(),
  maxRatio: z.number().nullable(),
});
export type SliceUse = z.infer<typeof sliceUseSchema>;

const nodeStatusSchema = z.strictObject({
  nodeId: z.string(),
  state: z.enum(['connected', 'disconnected']),
  ranFunctions: z.array(z.string()),
  /** The gNB that it is a unit of, CU-CP, CU-UP or DU; absent for a whole gNB. */
  gnb: z.string().optional(),
  /** How it is, or was last, connected. */
  transport: z.enum(['nats', 'sctp']),
  /** Name of the profile by which it is spoken to. */
  profile: z.string(),
  /** What its make does not do of slice quotas, in words; absent where that is nothing. */
  limit: z.string().optional(),
  /** Absent before the first report of the slices. */
  slices: z.array(sliceUseSchema).optional(),
  /** Its address and port; over NATS the name of its association. */
  peer: z.string(),
  /** PDUs of it that could not be read. */
  refusedPdus: z.int().nonnegative(),
});
export type NodeStatus = z.infer<typeof nodeStatusSchema>;

const xAppStatusSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  state: z.enum(['starting', 'running', 'lost', 'parked']),
  /** Why it is parked. */
  cause: z.string().optional(),
  restarts: z.int(),
  subscriptionsActive: z.int(),
  subscriptionsFailed: z.int(),
  controls: z.int(),
  /** Indications that it was spared because it was behind. */
  skipped: z.int(),
});

const decisionSchema = z.strictObject({
  xapp: z.string(),
  nodeId: z.string(),
  kind: controlKindSchema,
  outcome: controlOutcomeSchema,
  cause: z.string().optional(),
  /** Present once measured. */
  effective: z.boolean().optional(),
  reason: z.string().optional(),
  shares: z.array(controlShareSchema),
});
export type DecisionStatus = z.infer<typeof decisionSchema>;

const ricCountsSchema = z.strictObject({
  indications: z.int(),
  /** Indications that had not come when a later one did, by their sequence numbers. */
  missed: z.int(),
  /** Dropped, as they had come before. */
  duplicates: z.int(),
  /** Of those missed: came in the end, and were dropped. */
  late: z.int(),
  controlsAcknowledged: z.int(),
  controlsRefused: z.int(),
  controlsFailed: z.int(),
  controlsTimedOut: z.int(),
  effectsEffective: z.int(),
  effectsIneffective: z.int(),
  /** Superseded, or their node lost, before a report could show what they did. */
  effectsNotMeasured: z.int(),
  /** Messages that could not be read, from nodes and from xApps. */
  invalidMessages: z.int(),
  /** Rows that the store had to drop, because it fell behind or could not be written. */
  storeRowsDropped: z.int(),
});
export type RicCounts = z.infer<typeof ricCountsSchema>;

/** The Near-RT RIC's own view, a few times a second. */
export const ricStatus = event(
  'ric.status',
  z.strictObject({
    instance: z.string(),
    nodes: z.array(nodeStatusSchema),
    /** Where nodes are taken over SCTP, or why they are not; absent when that was not asked for. */
    sctp: z.string().optional(),
    xapps: z.array(xAppStatusSchema),
    /** The latest slice quota a node, and the latest weights of one node an xApp. */
    decisions: z.array(decisionSchema),
    /** A1 policies and what became of them. */
    policies: z.array(a1PolicyStatusSchema),
    counts: ricCountsSchema,
    /** The latest lines worth an operator's eye. */
    log: z.array(z.string()),
  }),
);
export type RicStatus = z.infer<typeof ricStatus.schema>;

/** Everything that the store is told has been written; asked at the end of a run. */
export const ricFlush = request('ric.flush', {
  request: z.strictObject({}),
  reply: z.strictObject({ counts: ricCountsSchema }),
});

/** Has the RIC begin a procedure with a node: Reset, RIC Service Query or E2 Removal. */
export const ricProcedure = request('ric.procedure', {
  request: z.strictObject({ nodeId: z.string(), procedure: z.enum(['reset', 'query', 'remove']) }),
  reply: z.strictObject({
    /** `refused` is the RIC's word, and nothing was sent; `failed`: the node refused, or did not answer. */
    outcome: z.enum(['done', 'refused', 'failed']),
    /** One line: what came of it, or why it did not. */
    text: z.string(),
  }),
});
export type RicProcedure = RequestOf<typeof ricProcedure>['procedure'];
