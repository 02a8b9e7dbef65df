import { isUeWeight, type UeWeight } from '@ricochet/ran-types';
import { z } from 'zod';
import { event, request, type EventContract, type RequestContract } from './contract.js';
import { kpiLevelSchema, measurementReportSchema, rrmPolicyRatioSchema, sNssaiSchema } from './ran.schema.js';

/** One token of a NATS subject. */
export const xAppNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'expected lower-case letters, digits and dashes');

/** The RIC itself, where names of xApps stand: among subscribers, and on the other side of a conflict. */
export const RIC_NAME = 'ric';

/** What an xApp may be called. */
export const xAppOwnNameSchema = xAppNameSchema.refine(
  (name) => name !== RIC_NAME,
  `${RIC_NAME} is the name of the RIC itself`,
);

/**
 * Each xApp has subjects of its own, `ric.xapp.<name>.…`, so that NATS can keep it to them: whose a message is, its
 * subject tells, never its payload. The RIC listens with `*` for the name.
 */
export const xAppSubject = (xapp: string, what: string): string => `ric.xapp.${xapp}.${what}`;

export class XAppNameError extends Error {
  readonly code = 'XAPP_NAME_INVALID';
}

/** Name of the xApp that a message on one of its subjects came from. @throws XAppNameError */
export function xAppOf(subject: string): string {
  const { success, data, error } = xAppOwnNameSchema.safeParse(subject.split('.')[2]);
  if (!success) throw new XAppNameError(`${subject}: name of the xApp: ${error.issues[0]?.message}`);
  return data;
}

/** Ids of E2 nodes; absent: every node. */
export const nodeSelectionSchema = z.array(z.string().min(1)).min(1).optional();

/** What an xApp wants reported, from every node that offers it. */
export const subscriptionSpecSchema = z.strictObject({
  /** The xApp's own name for it. */
  name: z.string().min(1).max(64),
  level: kpiLevelSchema,
  periodMs: z.int().positive(),
  measurements: z.array(z.string().min(1).max(150)).min(1),
  /** Of the UEs of this slice alone, at UE level; some nodes report UEs in no other way. */
  snssai: sNssaiSchema.optional(),
  nodes: nodeSelectionSchema,
});
export type SubscriptionSpec = z.infer<typeof subscriptionSpecSchema>;

/** Tells one life of an xApp's process from the next; one token of a NATS subject. */
export const xAppInstanceSchema = z.string().regex(/^[A-Za-z0-9-]{1,64}$/);

/** Of an xApp that names none. */
export const DEFAULT_XAPP_PRIORITY = 50;
export const xAppPrioritySchema = z.int().min(0).max(100);

export const controlKindSchema = z.enum(['slice-quota', 'ue-weights']);
export type ControlKind = z.infer<typeof controlKindSchema>;

/** KPIs that an xApp's controls of a kind are known to move. */
export const influencesSchema = z.partialRecord(controlKindSchema, z.array(z.string().min(1).max(150)));
export type Influences = z.infer<typeof influencesSchema>;

/** A bound on a KPI that must hold for a while after a control. */
export const kpiGuardSchema = z.strictObject({
  kpi: z.string().min(1).max(150),
  level: z.enum(['cell', 'slice']),
  /** One slice alone; absent: every one. */
  snssai: sNssaiSchema.optional(),
  /** In the KPI's unit. */
  min: z.number().optional(),
  max: z.number().optional(),
  /** Simulation time. */
  windowMs: z.int().positive(),
  /** Whether what was in force before the control comes back when the bound is broken. */
  rollBack: z.boolean(),
});
export type KpiGuard = z.infer<typeof kpiGuardSchema>;

const registrationSchema = z.strictObject({
  version: z.string(),
  instance: xAppInstanceSchema,
  subscriptions: z.array(subscriptionSpecSchema),
  /** A1 policy types that it handles; in lockstep it is ready when it enforces one of each. */
  policyTypes: z.array(z.int().positive()),
  /** The greater one wins a conflict; {@link DEFAULT_XAPP_PRIORITY} when absent. */
  priority: xAppPrioritySchema.optional(),
  /** Whether it wants to hear what its controls did; that comes as often as controls go. */
  effects: z.boolean().optional(),
  influences: influencesSchema.optional(),
  guard: kpiGuardSchema.optional(),
  /** Why it could not do its work now; absent: it is ready. */
  notReady: z.string().max(500).optional(),
});
const registerSchemas = {
  request: registrationSchema,
  reply: z.strictObject({ accepted: z.literal(true) }),
};
export type XAppRegistration = z.infer<typeof registrationSchema>;

/** An xApp announces itself; doing it again with the same name replaces what was said before. */
export const xAppRegister = (xapp: string) => request(xAppSubject(xapp, 'register'), registerSchemas);

/** RIC call process id: octets of the node's own making, in hexadecimal. */
const callProcessIdSchema = z.string().regex(/^(?:[0-9a-f]{2})*$/);

const indicationSchema = z.strictObject({
  /** Name of the {@link SubscriptionSpec} that this answers. */
  subscription: z.string(),
  sequenceNumber: z.int(),
  /** Indications of this subscription and node that never came, or were spared the xApp, directly before this one. */
  missed: z.int(),
  /** To be echoed by a control that answers this indication, so that the loop's latency can be measured. */
  callProcessId: callProcessIdSchema.optional(),
  /** Simulation time waits for {@link indicationsSettled}: it is to be told at once. */
  lockstep: z.boolean(),
  /** A1 is out: no policy comes, and so no model, until it is back. Absent: it is not. */
  a1Out: z.literal(true).optional(),
  report: measurementReportSchema,
});
export type XAppIndication = z.infer<typeof indicationSchema>;

/** To one life of an xApp: what was sent to a former one is not counted as seen by the next. */
export const xAppIndication = (xapp: string, instance: string): EventContract<XAppIndication> =>
  event(xAppSubject(xapp, `indication.${instance}`), indicationSchema);

const settledSchema = z.strictObject({ instance: xAppInstanceSchema, count: z.int().nonnegative() });
export type IndicationsSettled = z.infer<typeof settledSchema>;

/**
 * The handlers of so many indications have settled, since the xApp's instance began. In lockstep simulation time
 * waits for it; in real time it tells the RIC who is behind.
 */
export const indicationsSettled = (xapp: string): EventContract<IndicationsSettled> =>
  event(xAppSubject(xapp, 'settled'), settledSchema);

export const sliceQuotaSchema = z.strictObject({
  kind: z.literal('slice-quota'),
  ratios: z.array(rrmPolicyRatioSchema).min(1),
});

export const ueWeightsSchema = z.strictObject({
  kind: z.literal('ue-weights'),
  slices: z
    .array(
      z.strictObject({
        snssai: sNssaiSchema,
        // By hand, as it comes for every UE every 10 ms.
        weights: z.custom<readonly UeWeight[]>(
          (weights) => Array.isArray(weights) && weights.every(isUeWeight),
          {
            error: 'expected weights of {ueId, weight}, the weight not negative',
          },
        ),
      }),
    )
    .min(1),
});

/** What an xApp asks of a node. */
export const ranControlSchema = z.discriminatedUnion('kind', [sliceQuotaSchema, ueWeightsSchema]);
export type RanControl = z.infer<typeof ranControlSchema>;
export type SliceQuotaControl = z.infer<typeof sliceQuotaSchema>;
export type UeWeightsControl = z.infer<typeof ueWeightsSchema>;

export const controlOutcomeSchema = z.enum(['acknowledged', 'refused', 'failed', 'timed-out']);
export type ControlOutcome = z.infer<typeof controlOutcomeSchema>;

const controlRequestSchema = z.strictObject({
  instance: xAppInstanceSchema,
  /** Counts the xApp's controls from 1; orders them within one instant. */
  sequence: z.int().positive(),
  nodeId: z.string(),
  callProcessId: callProcessIdSchema.optional(),
  control: ranControlSchema,
});
export type ControlRequest = z.infer<typeof controlRequestSchema>;

const controlReplySchema = z.strictObject({
  controlId: z.string(),
  outcome: controlOutcomeSchema,
  cause: z.string().optional(),
});
export type ControlReply = z.infer<typeof controlReplySchema>;
const controlSchemas = { request: controlRequestSchema, reply: controlReplySchema };

/** Asks the RIC to control a node. `refused` is the RIC's word, `failed` the node's. */
export const controlRequest = (xapp: string): RequestContract<ControlRequest, ControlReply> =>
  request(xAppSubject(xapp, 'control'), controlSchemas);

const noticeSchema = z.strictObject({
  nodeId: z.string(),
  subscription: z.string(),
  /** `failed`: the node refuses; `lost`: the node is gone; `active`: reports will come. */
  state: z.enum(['active', 'failed', 'lost']),
  cause: z.string().optional(),
});
export type SubscriptionNotice = z.infer<typeof noticeSchema>;

/** What became of a subscription at one node. */
export const subscriptionNotice = (xapp: string): EventContract<SubscriptionNotice> =>
  event(xAppSubject(xapp, 'subscription'), noticeSchema);

const conflictSchema = z.strictObject({
  /**
   * `direct`: both set the same; `indirect`: what one sets moves what the other is judged by; `implicit`: only what came
   * of it shows.
   */
  kind: z.enum(['direct', 'indirect', 'implicit']),
  /** The other xApp, or `ric` where there is none. */
  with: xAppNameSchema,
  nodeId: z.string(),
  control: controlKindSchema,
  /** What both want: S-NSSAIs, or KPIs. */
  scopes: z.array(z.string()),
  /** What it means for who is told: its own stays in force, gave way, was not let through, or nothing was done. */
  outcome: z.enum(['held', 'displaced', 'refused', 'reported']),
  /** One line. */
  reason: z.string(),
  /** Simulation time. */
  timeMs: z.number(),
  /** Until when it stands, if neither does anything until then, simulation time. */
  untilMs: z.number().optional(),
});
export type ControlConflict = z.infer<typeof conflictSchema>;

/** Another xApp and this one are in each other's way. What comes again and again is told once a hold time. */
export const controlConflict = (xapp: string): EventContract<ControlConflict> =>
  event(xAppSubject(xapp, 'conflict'), conflictSchema);
