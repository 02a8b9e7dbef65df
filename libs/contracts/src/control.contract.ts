import { z } from 'zod';
import { event, request, type EventContract, type ReplyOf } from './contract.js';
import { controlKindSchema, controlOutcomeSchema, xAppNameSchema, xAppSubject } from './xapp.contract.js';

/** Why a control did not have its effect, had less of one, or why that can not be told. */
export const EFFECT_CAUSES = [
  /** Less was used than given: there was nothing to send. */
  'no-demand',
  /** Less was used than given: others had the carrier. */
  'capped',
  /** More was used than the maximum allows. */
  'over-maximum',
  'ue-gone',
  /** What was in force before still is. */
  'ignored',
  /** Something else is in force, neither what was before nor what was asked. */
  'other-in-force',
  /** Nodes of this make put only a part of it in force, or nothing. */
  'limited',
  'not-reported',
  /** A later control of the kind came before a report. */
  'superseded',
  'node-lost',
] as const;
export type EffectCause = (typeof EFFECT_CAUSES)[number];

export const controlShareSchema = z.strictObject({
  of: z.string(),
  asked: z.number(),
  achieved: z.number(),
  /** What kept a slice that had more to send at its share: its own maximum, the carrier, or other slices by name. */
  limit: z.string().optional(),
});

const effectSchema = z.strictObject({
  controlId: z.string(),
  nodeId: z.string(),
  kind: controlKindSchema,
  effective: z.boolean(),
  /** The reason in a word. */
  cause: z.enum(EFFECT_CAUSES).optional(),
  /** Why the node does not do what was asked, or why that can not be told. */
  reason: z.string().optional(),
  /** End of the report that showed it, simulation time. */
  measuredAtMs: z.number(),
  /** From the request to the end of the report that first showed it in force, simulation time. */
  delayMs: z.number().optional(),
  /** Share of the carrier's PRBs (slice-quota) or of the slice's UEs (ue-weights), asked and achieved. */
  shares: z.array(controlShareSchema),
});
export type ControlEffect = z.infer<typeof effectSchema>;

/** What a control of the xApp did, measured in the reports after it; of every xApp, for who watches, with `*`. */
export const controlEffect = (xapp: string): EventContract<ControlEffect> =>
  event(xAppSubject(xapp, 'effect'), effectSchema);

/** How the will of one xApp meets that of another: the same parameter, the same KPIs, or in what comes of it alone. */
export const conflictKindSchema = z.enum(['direct', 'indirect', 'implicit']);

export const conflictDecisionSchema = z.enum([
  /** The control of `xapp` was refused in favour of `other`. */
  'refused',
  /** The control of `xapp` ended the hold of `other`. */
  'overrode',
  /** Both act, and move the same KPIs. */
  'noted',
  /** A KPI guard, of `other` if that is an xApp, broke after controls of `xapp`. */
  'guard-broken',
  /** The same, and what was in force before has been put back. */
  'rolled-back',
  /** A KPI drifted when `xapp` began to act. */
  'drift',
]);
export type ConflictDecision = z.infer<typeof conflictDecisionSchema>;

const conflictSchema = z.strictObject({
  kind: conflictKindSchema,
  decision: conflictDecisionSchema,
  nodeId: z.string(),
  control: controlKindSchema,
  slices: z.array(z.string()),
  /** Simulation time. */
  atMs: z.number(),
  xapp: z.string(),
  priority: z.number(),
  other: z.string().optional(),
  otherPriority: z.number().optional(),
  /** Until when it stands, simulation time. */
  untilMs: z.number().optional(),
  controlId: z.string().optional(),
  /** One line for an operator. */
  text: z.string(),
});
export type Conflict = z.infer<typeof conflictSchema>;

/** Every conflict, as it is told to its sides, for who watches. */
export const ricConflict = event('ric.conflict', conflictSchema);

const conflictOfControlSchema = conflictSchema.omit({ controlId: true });

/** What became of the latest controls, from the store: newest first. */
export const ricControls = request('ric.controls', {
  request: z.strictObject({
    xapp: xAppNameSchema.optional(),
    nodeId: z.string().optional(),
    last: z.int().min(1).max(500),
  }),
  reply: z.strictObject({
    controls: z.array(
      z.strictObject({
        controlId: z.string(),
        xapp: z.string(),
        nodeId: z.string(),
        kind: controlKindSchema,
        asked: z.unknown(),
        /** End of the node's latest report when it was answered, simulation time. */
        answeredAtMs: z.number(),
        outcome: controlOutcomeSchema,
        cause: z.string().optional(),
        /** Wall clock. */
        ackLatencyMs: z.number().optional(),
        /** Decisions between its xApp and others. */
        conflicts: z.array(conflictOfControlSchema),
        /** Absent while it is not measured. */
        effect: effectSchema.omit({ controlId: true, nodeId: true, kind: true }).optional(),
      }),
    ),
    /** The latest that are about none of these controls. */
    conflicts: z.array(conflictOfControlSchema),
  }),
});
export type RicControls = ReplyOf<typeof ricControls>;
