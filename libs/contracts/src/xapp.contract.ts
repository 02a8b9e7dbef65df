import { isUeWeight, type UeWeight } from '@ricochet/ran-types';
import { z } from 'zod';
import { event, request, type EventContract } from './contract.js';
import { kpiLevelSchema, measurementReportSchema, rrmPolicyRatioSchema, sNssaiSchema } from './ran.schema.js';

/** One token of a NATS subject. */
export const xAppNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'expected lower-case letters, digits and dashes');

/** What an xApp wants reported, from every node that offers it. */
export const subscriptionSpecSchema = z.strictObject({
  /** The xApp's own name for it. */
  name: z.string().min(1).max(64),
  level: kpiLevelSchema,
  periodMs: z.int().positive(),
  measurements: z.array(z.string().min(1).max(150)).min(1),
  /** Of the UEs of this slice alone, at UE level; some nodes report UEs in no other way. */
  snssai: sNssaiSchema.optional(),
});
export type SubscriptionSpec = z.infer<typeof subscriptionSpecSchema>;

/** An xApp announces itself; doing it again with the same name replaces what was said before. */
export const xAppRegister = request('ric.xapp.register', {
  request: z.strictObject({
    xapp: xAppNameSchema,
    version: z.string(),
    /** Tells one life of the process from the next. */
    instance: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
    subscriptions: z.array(subscriptionSpecSchema),
    /** A1 policy types that it handles; in lockstep it is ready when it enforces one of each. */
    policyTypes: z.array(z.int().positive()),
  }),
  reply: z.strictObject({ accepted: z.literal(true) }),
});

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
  report: measurementReportSchema,
});
export type XAppIndication = z.infer<typeof indicationSchema>;

/** To one life of an xApp: what was sent to a former one is not counted as seen by the next. */
export const xAppIndication = (xapp: string, instance: string): EventContract<XAppIndication> =>
  event(`ric.xapp.${xapp}.indication.${instance}`, indicationSchema);

/**
 * The handlers of so many indications have settled, since the xApp's instance began. In lockstep simulation time
 * waits for it; in real time it tells the RIC who is behind.
 */
export const indicationsSettled = event(
  'ric.xapp.settled',
  z.strictObject({ xapp: xAppNameSchema, instance: z.string(), count: z.int().nonnegative() }),
);

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

/** Asks the RIC to control a node. `refused` is the RIC's word, `failed` the node's. */
export const controlRequest = request('ric.xapp.control', {
  request: z.strictObject({
    xapp: xAppNameSchema,
    instance: z.string(),
    /** Counts the xApp's controls from 1; orders them within one instant. */
    sequence: z.int().positive(),
    nodeId: z.string(),
    callProcessId: callProcessIdSchema.optional(),
    control: ranControlSchema,
  }),
  reply: z.strictObject({
    controlId: z.string(),
    outcome: controlOutcomeSchema,
    cause: z.string().optional(),
  }),
});

const effectSchema = z.strictObject({
  controlId: z.string(),
  nodeId: z.string(),
  kind: z.enum(['slice-quota', 'ue-weights']),
  effective: z.boolean(),
  /** Why the node does not do what was asked, or why that can not be told. */
  reason: z.string().optional(),
  /** End of the report that showed it, simulation time. */
  measuredAtMs: z.number(),
  /** Share of the carrier's PRBs (slice-quota) or of the slice's PRBs (ue-weights), asked and achieved. */
  shares: z.array(z.strictObject({ of: z.string(), asked: z.number(), achieved: z.number() })),
});
export type ControlEffect = z.infer<typeof effectSchema>;

/** What a control did, measured in the first report after it. */
export const controlEffect = (xapp: string): EventContract<ControlEffect> =>
  event(`ric.xapp.${xapp}.effect`, effectSchema);

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
  event(`ric.xapp.${xapp}.subscription`, noticeSchema);
