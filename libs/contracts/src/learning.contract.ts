import { z } from 'zod';
import { a1PolicyStatusSchema } from './a1.contract.js';
import { event, request } from './contract.js';
import { xAppNameSchema } from './xapp.contract.js';

/** The two levels of the hierarchy: slice quotas (high) and scheduling inside a slice (low). */
export const LEARNING_LEVELS = ['high', 'low'] as const;
export const learningLevelSchema = z.enum(LEARNING_LEVELS);
export type LearningLevel = z.infer<typeof learningLevelSchema>;

/** How the meta update weighs the DUs; the first is the default. */
export const TASK_WEIGHTINGS = ['softmin', 'uniform', 'static-var', 'softmin-raw', 'softmax-var'] as const;
export const taskWeightingSchema = z.enum(TASK_WEIGHTINGS);
export type TaskWeighting = z.infer<typeof taskWeightingSchema>;

/** Vectors up to here travel inside the message, larger ones through the object store. */
export const MAX_INLINE_VECTOR_BYTES = 512 * 1024;

/** A flat float32 vector, little endian: in base64, or the name of an object in the store. */
export const vectorSchema = z.union([
  z.strictObject({ inline: z.string() }),
  z.strictObject({ object: z.string().min(1).max(200) }),
]);
export type Vector = z.infer<typeof vectorSchema>;

const versionSchema = z.int().positive();
const nodeIdSchema = z.string().min(1).max(128);

/**
 * Opens the next round of a level: who hosts its agents says which DUs will contribute and which model version they
 * act with. Refused when that is not the version in force. A round that was open before is closed as it stands.
 */
export const roundOpen = request('rapp.meta-hrl.round.open', {
  request: z.strictObject({
    level: learningLevelSchema,
    modelVersion: versionSchema,
    participants: z.array(nodeIdSchema).min(1),
    /** What computes for the agents: a run repeats to the bit for one engine. */
    engine: z.string().min(1).max(64),
    /** Simulation time, ms. */
    timeMs: z.number().nonnegative(),
  }),
  reply: z.strictObject({ round: z.int().positive() }),
});

/**
 * What came of fitting the meta model to one DU: better parameters of its own are in force (`accepted`), it goes on as
 * before (`kept`), or back to the meta model (`reverted`).
 */
export const ADAPTATION_VERDICTS = ['accepted', 'kept', 'reverted'] as const;
export const adaptationVerdictSchema = z.enum(ADAPTATION_VERDICTS);
export type AdaptationVerdict = z.infer<typeof adaptationVerdictSchema>;

/** One DU's part of a round. Parameters travel, trajectories do not. */
export const contributionSchema = z.strictObject({
  level: learningLevelSchema,
  round: z.int().positive(),
  nodeId: nodeIdSchema,
  modelVersion: versionSchema,
  /** Query gradient at the adapted point, in the order of the model's parameters (actor, critic). */
  gradient: vectorSchema,
  /** Variance of the TD error on the query batch. */
  tdVariance: z.number().nonnegative(),
  supportSamples: z.int().positive(),
  querySamples: z.int().positive(),
  /** Mean of the rewards that came in since the last round, 0..1, if there were any. */
  meanReward: z.number().optional(),
  decisions: z.int().nonnegative(),
  /** Of the DU's adaptation after the round before, if there was one. */
  adaptation: adaptationVerdictSchema.optional(),
});
export type Contribution = z.infer<typeof contributionSchema>;

/** Refused, with the reason: late or no such round, twice, unknown DU, stale version, wrong shape, not finite. */
export const contribute = request('rapp.meta-hrl.contribution', {
  request: contributionSchema,
  reply: z.strictObject({ accepted: z.literal(true) }),
});

export const refusalSchema = z.enum(['late', 'duplicate', 'stale', 'unknown-du', 'shape', 'not-finite']);
export type Refusal = z.infer<typeof refusalSchema>;

const weighedContributionSchema = z.strictObject({
  nodeId: nodeIdSchema,
  tdVariance: z.number(),
  /** Moving average over rounds, which the weight is made of. */
  smoothedTdVariance: z.number(),
  weight: z.number(),
  supportSamples: z.int(),
  querySamples: z.int(),
  meanReward: z.number().optional(),
  adaptation: adaptationVerdictSchema.optional(),
});
export type WeighedContribution = z.infer<typeof weighedContributionSchema>;

/** A round is over, with a new version or without one. */
export const roundClosed = event(
  'rapp.meta-hrl.round.closed',
  z.strictObject({
    level: learningLevelSchema,
    round: z.int(),
    timeMs: z.number(),
    closedBy: z.enum(['all', 'deadline', 'next-round']),
    /** The version that was contributed to. */
    baseVersion: versionSchema,
    /** The version in force from now on. */
    modelVersion: versionSchema,
    weighting: taskWeightingSchema,
    /** Of the agents, as the round was opened. */
    engine: z.string(),
    contributions: z.array(weighedContributionSchema),
    missing: z.array(z.string()),
    /** Whether that is sure: a save that failed may come true later. */
    settled: z.boolean(),
    /** Why the version did not change, or went back. */
    note: z.string().optional(),
    rolledBack: z.boolean(),
    /** From the last contribution to the published model, ms; absent when none was published. */
    updateMs: z.number().optional(),
    /** Refused since the aggregator began. */
    refused: z.record(refusalSchema, z.int()),
  }),
);
export type RoundClosed = z.infer<typeof roundClosed.schema>;

export const modelOriginSchema = z.strictObject({
  kind: z.enum(['initial', 'meta-update', 'import']),
  round: z.int().optional(),
  weighting: taskWeightingSchema.optional(),
  /** Of a first model that was not drawn: where it comes from. */
  source: z.string().min(1).max(500).optional(),
  contributions: z.array(weighedContributionSchema).default([]),
});
export type ModelOrigin = z.infer<typeof modelOriginSchema>;

/**
 * Stores a new model version with its lineage and puts it in force: its policy goes to the Near-RT RIC at once.
 * Refused when a meta update's parent is not the version in force any more.
 */
export const modelSave = request('nonrt.model.save', {
  request: z.strictObject({
    /** Saying the same again gives the same version. */
    key: z.string().min(1).max(64),
    level: learningLevelSchema,
    /** The networks that the parameters fill, as text; a model is adopted only where this is the same. */
    architecture: z.string().min(1).max(500),
    parent: versionSchema.nullable(),
    origin: modelOriginSchema,
    parameters: vectorSchema,
  }),
  reply: z.strictObject({ version: versionSchema }),
});

/** A stored model; `version` absent: the one in force. Refused when its parameters are not kept any more. */
export const modelGet = request('nonrt.model.get', {
  request: z.strictObject({ level: learningLevelSchema, version: versionSchema.optional() }),
  reply: z.strictObject({
    model: z
      .strictObject({
        level: learningLevelSchema,
        version: versionSchema,
        architecture: z.string(),
        parent: versionSchema.nullable(),
        parameters: vectorSchema,
      })
      .nullable(),
  }),
});

/** Puts a stored version in force again: a rollback. */
export const modelActivate = request('nonrt.model.activate', {
  request: z.strictObject({ level: learningLevelSchema, version: versionSchema, reason: z.string() }),
  reply: z.strictObject({}),
});

/** Gives out the number of a level's next round, higher than any before it, restarts included. */
export const roundNumber = request('nonrt.round.number', {
  request: z.strictObject({ level: learningLevelSchema }),
  reply: z.strictObject({ round: z.int().positive() }),
});

/** An rApp announces itself, every second: its sign of life. */
export const rAppRegister = request('nonrt.rapp.register', {
  request: z.strictObject({
    rapp: xAppNameSchema,
    version: z.string(),
    /** Tells one life of the process from the next. */
    instance: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
  }),
  reply: z.strictObject({ accepted: z.literal(true) }),
});

const rAppStatusSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  state: z.enum(['starting', 'running', 'lost', 'parked']),
  /** Why it is parked. */
  cause: z.string().optional(),
  restarts: z.int(),
});

const modelStatusSchema = z.strictObject({
  level: learningLevelSchema,
  /** In force. */
  version: versionSchema,
  architecture: z.string(),
  /** Since the Non-RT RIC began. */
  rollbacks: z.int(),
  /** Verdicts on the DUs' adaptation since then. */
  adaptations: z.record(adaptationVerdictSchema, z.int()),
});

/** The Non-RT RIC's own view, a few times a second. */
export const nonRtStatus = event(
  'nonrt.status',
  z.strictObject({
    instance: z.string(),
    rapps: z.array(rAppStatusSchema),
    /** One a level that has a model. */
    models: z.array(modelStatusSchema),
    /** The policies that we want enforced, and what the Near-RT RIC last said of each. */
    policies: z.array(a1PolicyStatusSchema),
    /** The latest lines worth an operator's eye. */
    log: z.array(z.string()),
  }),
);
export type NonRtStatus = z.infer<typeof nonRtStatus.schema>;
