import { z } from 'zod';
import { event, request } from './contract.js';
import { xAppInstanceSchema, xAppSubject } from './xapp.contract.js';

/** `PolicyTypeId` and `PolicyId` of the A1 policy procedures (O-RAN A1AP clause 5.2), over NATS instead of HTTP. */
export const policyTypeIdSchema = z.int().positive();
export const policyIdSchema = z.string().regex(/^[A-Za-z0-9._-]{1,128}$/, 'expected letters, digits, . _ -');

/** `EnforceStatusType` and `EnforceReasonType` (A1TD clause 6.2.3). */
export const enforceStatusSchema = z.enum(['ENFORCED', 'NOT_ENFORCED']);
export type EnforceStatus = z.infer<typeof enforceStatusSchema>;

export const a1PolicySchema = z.strictObject({
  policyTypeId: policyTypeIdSchema,
  policyId: policyIdSchema,
  /** The policy object; its type's schema is the Near-RT RIC's to check. */
  policy: z.record(z.string(), z.unknown()),
});
export type A1Policy = z.infer<typeof a1PolicySchema>;

export const a1PolicyStatusSchema = z.strictObject({
  policyTypeId: policyTypeIdSchema,
  policyId: policyIdSchema,
  policy: z.record(z.string(), z.unknown()),
  enforceStatus: enforceStatusSchema,
  /** Why it is not enforced. */
  enforceReason: z.string().optional(),
});
export type A1PolicyStatus = z.infer<typeof a1PolicyStatusSchema>;

const nothing = z.strictObject({});

/** The policy types that the Near-RT RIC has. */
export const a1PolicyTypes = request('a1.policytypes', {
  request: nothing,
  reply: z.strictObject({
    policyTypes: z.array(z.strictObject({ policyTypeId: z.int(), name: z.string() })),
  }),
});

/** Creates or replaces a policy. Refused when its type is unknown or its object does not fit the type. */
export const a1PutPolicy = request('a1.policy.put', { request: a1PolicySchema, reply: nothing });

export const a1DeletePolicy = request('a1.policy.delete', {
  request: z.strictObject({ policyTypeId: policyTypeIdSchema, policyId: policyIdSchema }),
  reply: nothing,
});

export const a1Policies = request('a1.policies', {
  request: nothing,
  reply: z.strictObject({ policies: z.array(a1PolicyStatusSchema) }),
});

/** Feedback: what became of a policy, whenever that changes. */
export const a1PolicyFeedback = event('a1.policy.status', a1PolicyStatusSchema);

/** From the Near-RT RIC to one life of an xApp that handles the policy's type; `null`: the policy is deleted. */
export const xAppPolicySchema = z.strictObject({
  policyTypeId: policyTypeIdSchema,
  policyId: policyIdSchema,
  policy: z.record(z.string(), z.unknown()).nullable(),
});
export type XAppPolicy = z.infer<typeof xAppPolicySchema>;
export const xAppPolicy = (xapp: string, instance: string) =>
  event(xAppSubject(xapp, `policy.${instance}`), xAppPolicySchema);

const policyStatusSchema = z.strictObject({
  instance: xAppInstanceSchema,
  policyTypeId: policyTypeIdSchema,
  policyId: policyIdSchema,
  /** Of the policy object that this is about: a later one may be on its way. */
  policy: z.record(z.string(), z.unknown()).nullable(),
  enforceStatus: enforceStatusSchema,
  enforceReason: z.string().optional(),
});
export type XAppPolicyStatus = z.infer<typeof policyStatusSchema>;

/** What an xApp did with a policy. */
export const xAppPolicyStatus = (xapp: string) =>
  event(xAppSubject(xapp, 'policy-status'), policyStatusSchema);

/** Policy types of ours, by level of the hierarchy. */
export const MODEL_POLICY_TYPES = {
  high: { policyTypeId: 20_501, policyId: 'slice-quota-model', name: 'ricochet_SliceQuotaModel_1.0.0' },
  low: {
    policyTypeId: 20_502,
    policyId: 'slice-scheduler-model',
    name: 'ricochet_SliceSchedulerModel_1.0.0',
  },
} as const;

/** Policy type whose object is a KPI guard ({@link kpiGuardSchema}); the Near-RT RIC enforces it itself. */
export const GUARD_POLICY_TYPE = { policyTypeId: 20_503, name: 'ricochet_KpiGuard_1.0.0' } as const;

/** Object of a model policy: which version to act with, and what the slices were promised. */
export const modelPolicySchema = z.strictObject({
  modelVersion: z.int().positive(),
  /** By service type, limits as the scenario file spells them; who enforces the policy judges them. */
  sla: z.record(z.string(), z.record(z.string(), z.number())).default({}),
});
export type ModelPolicy = z.infer<typeof modelPolicySchema>;
